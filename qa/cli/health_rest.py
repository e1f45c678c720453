"""What ``doctor`` says of the database at rest: the desk seals files, not rows."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli import setup

if TYPE_CHECKING:
    from qa.settings import Settings

BLOCKS = Path("/sys/dev/block")
HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})


def at_rest(settings: "Settings") -> str:
    """What protects rows on the disk and on their way. Never bad: the desk cannot see everything."""
    from qa.store.work.vitals import connection_is_encrypted

    database = setup.whatever_zone(settings)
    if database.dialect == "sqlite":
        found = "its disk is encrypted (dm-crypt)" if encrypted(settings.data_dir) else _UNSEEN
        return f"the database is a file that the desk does not seal; {found}"
    host = database.engine.url.host or ""
    if host in HERE:
        found = "the connection stays on this machine"
    else:
        with database.read() as tx:
            tls = connection_is_encrypted(tx)
        found = "the connection is encrypted" if tls else "the connection is NOT: add ?sslmode=require"
    return f"PostgreSQL keeps the rows and the desk does not seal them: encrypt the disk there; {found}"


_UNSEEN = "no encrypted disk is seen under it: encrypt the disk, its words are readable to who takes it"


def encrypted(folder: Path, blocks: Path = BLOCKS) -> bool:
    """True when the file system of a folder lies on dm-crypt (LUKS), directly or under LVM and the like."""
    device = folder.stat().st_dev
    return _on_crypt(blocks / f"{os.major(device)}:{os.minor(device)}")


def _on_crypt(device: Path) -> bool:
    try:
        if (device / "dm" / "uuid").read_text(encoding="ascii").startswith("CRYPT-"):
            return True
    except OSError:
        pass  # no device of the device mapper
    try:
        below = sorted((device / "slaves").iterdir())
    except OSError:
        return False
    return bool(below) and all(_on_crypt(one) for one in below)
