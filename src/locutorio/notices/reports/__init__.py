"""What a survey or a change of law makes of a whole population, in words, tables and charts."""
