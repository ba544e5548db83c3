"""Recordings of calls: kept, played, sealed, destroyed."""
