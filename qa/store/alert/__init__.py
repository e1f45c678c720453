"""Alerts and the messages that leave because of them."""
