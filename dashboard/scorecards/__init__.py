"""Scorecards on their page: read, compared, changed, tried on past calls, assigned, used again."""
