"""Plan and check: who owes what by when, and whether the figure moved."""
