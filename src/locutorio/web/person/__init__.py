"""The pages of a person in custody: their own visits and notices."""
