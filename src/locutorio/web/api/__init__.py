"""The API: what the pages do, for programs; open questions for anyone, the rest with a token."""
