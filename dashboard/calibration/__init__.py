"""Calibrations: making a round, its blind part, the debrief; and the machine's agreement with people."""
