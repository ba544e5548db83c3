"""Promises of petitions: each told from its dated events."""
