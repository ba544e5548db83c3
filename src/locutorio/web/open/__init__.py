"""The open page: worked cases and the law, for anyone, without an account."""
