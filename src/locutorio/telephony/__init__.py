"""The door of the telephone: calls decided by the program, enforced by a SIP engine."""
