"""A synthetic population: published shares, plain fits where nothing is published, and no real person.

It stands here and not in the core because nothing that decides may rest on what was drawn.
"""
