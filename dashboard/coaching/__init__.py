"""Coaching: whom and on what, sessions and their course, what an agent sees of it."""
