"""The parts of the page of one agent, which the agent's own page shares."""
