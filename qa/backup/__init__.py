"""Copies of the whole site while it runs, and the way back (docs/operations.md, docs/formats.md)."""

from qa.backup.archive import pack
from qa.backup.making import Made, Wanted, back_up
from qa.backup.restoring import Restored, check_backup, restore

__all__ = ["Made", "Restored", "Wanted", "back_up", "check_backup", "pack", "restore"]
