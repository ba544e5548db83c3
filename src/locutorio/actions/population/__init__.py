"""A synthetic population: published shares, plain fits where nothing is published, and no real person."""
