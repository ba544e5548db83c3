"""Files that people send: what kind each is, and what can be read of it without trusting it."""
