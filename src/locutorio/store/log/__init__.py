"""The log of an establishment: how its entries come to stand, who signs it, who has seen it."""
