"""The parts of an agent's own page."""
