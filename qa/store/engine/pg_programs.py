"""PostgreSQL's own programs for copies: ``pg_dump`` and ``pg_restore``, found on the PATH.

The password goes by the environment: arguments of a process can be read by everybody on the machine.
"""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from qa.errors import InvalidSetting, WriteFailed
from qa.store.database import parse_url

ENGINE_SCHEMA = "dbos"
"""The job engine's notes, which are made again."""


def dump(url: str, target: Path, snapshot: str) -> None:
    """Write a database as PostgreSQL's own compressed archive, in the picture of another transaction.

    Raises:
        InvalidSetting: ``pg_dump`` is not here.
        WriteFailed: it failed; nothing is left of the file.
    """
    command = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ENGINE_SCHEMA}"]
    try:
        _run("pg_dump", url, *command, f"--snapshot={snapshot}", f"--file={target}")
    except WriteFailed:
        target.unlink(missing_ok=True)
        raise


def load(url: str, source: Path) -> None:
    """Read such an archive into an empty database, whole or not at all.

    Raises:
        InvalidSetting: ``pg_restore`` is not here.
        WriteFailed: it failed; the database is as empty as before.
    """
    _run("pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", str(source))


def _run(program: str, url: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise InvalidSetting(
            f"{program} is not on the PATH; install PostgreSQL's client programs of the server's version."
        )
    parsed = parse_url(url)
    command = [found, "--no-password", *arguments, "--dbname", str(parsed.database)]
    ran = subprocess.run(  # noqa: S603 (a program of the system, no shell)
        command, env=os.environ | _connection(parsed), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        said = (ran.stderr.strip().splitlines() or [f"code {ran.returncode}"])[0]
        raise WriteFailed(
            f"{program} failed ({said.rstrip('.')}); mend that and start again.", permanent=False
        )


def _connection(url: URL) -> dict[str, str]:
    parts = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": url.port and str(url.port),
        "PGUSER": url.username,
        "PGPASSWORD": url.password and str(url.password),
    }
    return {name: value for name, value in parts.items() if value}
