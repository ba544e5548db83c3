"""What was reported of one person's contact over the years, and what it says of any day."""
