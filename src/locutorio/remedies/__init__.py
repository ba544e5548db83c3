"""What was asked of offices in writing, and what became of it: petitions told from their dated events."""
