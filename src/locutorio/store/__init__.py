"""The only package that knows a database. It gives and takes plain values; Django stays inside it."""
