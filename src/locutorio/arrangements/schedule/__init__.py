"""When an establishment's rooms are open, to whom, for how many, how far ahead: as data, reckoned."""
