"""How long the scripts of the pages take on the data that are there: ``python -m dashboard.timing``."""
