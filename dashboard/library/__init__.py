"""Exemplary moments on the pages: shown, proposed by those who lead, answered by their agents."""
