"""Coaching sessions and action items: what is prepared, agreed, acknowledged and owed."""
