"""The pages of staff: the day, people and what is entered for those who call or write."""
