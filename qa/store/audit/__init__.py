"""The audit log: append-only, every entry chained to the one before it by its hash."""

from qa.store.audit.acts import Act, Entry
from qa.store.audit.writing import by_command, note, note_once

__all__ = ["Act", "Entry", "by_command", "note", "note_once"]
