"""The page of themes: what complaints and suggestions are about, what rises, the dictionary of aspects."""
