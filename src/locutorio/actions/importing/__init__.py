"""Reads the six files an establishment exports: every row is taken, taken with a change that is said, or not
taken with the reason; nothing is guessed and nothing is lost.
"""
