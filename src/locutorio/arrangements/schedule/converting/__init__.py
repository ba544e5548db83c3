"""Other systems' schedules, laid out anew in the project's own format and read as any file of it."""
