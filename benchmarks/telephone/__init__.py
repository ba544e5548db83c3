"""Calls a second through the engine: alone, asking one that always says yes, and asking the point."""
