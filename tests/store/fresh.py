"""An empty database of this version without its migrations: they run once in a process, then it is copied."""

import tempfile
from functools import cache
from pathlib import Path

from qa.store.engine.migrate import upgrade

SQLITE = "sqlite:///"


def fresh(url: str) -> None:
    """What ``upgrade`` leaves of a database that is not there yet, in a hundredth of its time."""
    path = Path(url.removeprefix(SQLITE))
    if not url.startswith(SQLITE) or path.exists():
        upgrade(url)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        upgrade(f"{SQLITE}{path}")
        return path.read_bytes()
