"""Reading what the figures of a week are made of: from the store to ``qa.weekly``."""
