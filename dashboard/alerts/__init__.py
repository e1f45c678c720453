"""The parts of the page of alerts: the list, taking one on, and setting up who is told."""
