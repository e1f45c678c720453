"""The demo centre: a made-up contact centre to look around in, marked as generated everywhere."""

from qa.demo.history import History, write_history

__all__ = ["History", "write_history"]
