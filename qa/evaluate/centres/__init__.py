"""Generated centres with known truths: how often a signal is false, and how often a change is found."""
