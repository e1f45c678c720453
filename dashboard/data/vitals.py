"""How the site is, for monitors: what the database and the disk say."""

import os
import shutil
from collections.abc import Mapping

from dashboard.data.accounts import lifetime
from dashboard.data.site import database, settings
from qa.errors import QAError
from qa.store.engine.migrate import current_revision, head_revision
from qa.store.work.stages import BUCKETS
from qa.store.work.vitals import Vitals, read_vitals

__all__ = ["BUCKETS", "Vitals", "checks", "free_bytes", "vitals"]

LEAST_FREE = 256 << 20
"""Bytes; with less the desk cannot promise to keep what it is given."""


def vitals() -> Vitals:
    """Jobs, sessions, workers and the rest, of one moment.

    Raises:
        StoreUnavailable: the database does not answer.
    """
    with database().read() as tx:
        return read_vitals(tx, lifetime())


def free_bytes() -> int:
    """What is free where recordings are kept."""
    return shutil.disk_usage(settings().data_dir).free


def checks() -> Mapping[str, bool]:
    """Whether the desk can serve people now, by what it needs."""
    return {"database": _database(), "folder": _folder(), "disk": _disk()}


def _database() -> bool:
    try:
        with database().read() as tx:
            return current_revision(tx) == head_revision()
    except QAError:
        return False


def _folder() -> bool:
    return os.access(settings().data_dir, os.W_OK | os.X_OK)


def _disk() -> bool:
    try:
        return free_bytes() >= LEAST_FREE
    except OSError:
        return False
