"""Whole populations: the same text as one decision, over columns."""
