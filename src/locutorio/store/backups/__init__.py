"""Copies of what the store holds, sealed, with their keys apart; and what is made of them again."""
