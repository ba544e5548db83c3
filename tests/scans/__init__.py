"""What `make check` looks for beside style and types: secrets, known weaknesses, and licences."""
