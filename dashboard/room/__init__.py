"""The coaching room: one screen for two people."""
