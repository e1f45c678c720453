"""What ``doctor`` looks at around the site: rights of files, secrets, clocks, back-ups, workers, TLS."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from qa.cli import setup
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.work.vitals import Vitals

OTHERS = stat.S_IRWXG | stat.S_IRWXO
LATE_BACKUP = timedelta(days=2)
GONE = timedelta(minutes=5)
SKEW = 5.0
"""Seconds that clocks may differ; a time of a call that is later than now is refused."""
FEWEST_LETTERS = 8
"""Different letters of a token that somebody made by chance."""


def rights(settings: "Settings") -> str:
    """Keys and the database for their owner alone.

    Raises:
        QAError: others may read one; names it and the command.
    """
    places = [settings.data_dir, settings.keys_dir, *settings.keys_dir.glob("*")]
    open_ones = [
        path for path in places if path.exists() and path.stat().st_mode & _forbidden(path, settings)
    ]
    if open_ones:
        told = ", ".join(str(path) for path in open_ones[:3])
        raise QAError(
            f"Others may open {told}; run `chmod -R go-rwx {settings.keys_dir}`"
            f" and `chmod o-rwx {settings.data_dir}`."
        )
    return "keys are their owner's alone, the data folder is closed to others"


def _forbidden(path: Path, settings: "Settings") -> int:
    return stat.S_IRWXO if path == settings.data_dir else OTHERS


def secrets(settings: "Settings") -> str:
    """A token that cannot be guessed.

    Raises:
        QAError: it can.
    """
    token = settings.metrics_token
    if token is None:
        return "QA_METRICS_TOKEN is not set: there is no /metrics"
    if len(set(token)) < FEWEST_LETTERS:
        raise QAError("QA_METRICS_TOKEN is easy to guess; make one with `openssl rand -hex 24`.")
    return "the token of /metrics is long enough"


def days(settings: "Settings") -> str:
    """The time zone of the settings against that of the stored days.

    Raises:
        QAError: they differ, or the days are just being worked out anew.
    """
    from qa.store.site_zone import agree

    with setup.whatever_zone(settings).read() as tx:
        agree(tx, settings.time_zone)
    return f"calls are stored by the days of {settings.time_zone}"


def clock(settings: "Settings") -> str:
    """The machine's clock against the database's.

    Raises:
        QAError: they differ by more than ``SKEW``.
    """
    from qa.store.work.vitals import clock_offset

    with setup.whatever_zone(settings).read() as tx:
        offset = clock_offset(tx)
    if abs(offset) > SKEW:
        raise QAError(f"This clock is {offset:+.0f} s from the database's; let both follow a time server.")
    return f"{offset:+.1f} s from the database's"


def backups(settings: "Settings") -> str:
    """How old the last back-up is.

    Raises:
        QAError: older than ``LATE_BACKUP``, or there is none though there are calls.
    """
    from qa.store.call.calls import is_empty
    from qa.store.work.vitals import last_backup

    to = settings.backup_dir
    late = LATE_BACKUP if to is None else max(LATE_BACKUP, 2 * timedelta(hours=settings.backup_hours))
    with setup.whatever_zone(settings).read() as tx:
        at, empty = last_backup(tx), is_empty(tx)
    if at is None:
        if empty:
            return "no calls yet, nothing to back up"
        raise QAError(
            "No back-up was made yet; set QA_BACKUP_DIR, or run `python -m qa backup FOLDER` every night."
        )
    age = datetime.now(UTC) - at
    if age > late:
        look = "look at shenava-backup.timer" if to is None else f"look at {to} and at the worker's log"
        raise QAError(f"The last back-up is {age.days} days old; {look}.")
    if age < -timedelta(seconds=SKEW):
        raise QAError(
            f"The last back-up was made at {at:%Y-%m-%d %H:%M} UTC, which is yet to come; set the clock."
        )
    _there(to)
    plan = "by hand or timer" if to is None else f"every {settings.backup_hours:g} hours into {to}"
    return f"the last one is {age.total_seconds() / 3600:.0f} hours old; {plan}"


def _there(to: Path | None) -> None:
    """The folder of the schedule still holds a back-up."""
    from qa.backup.folder import Folder

    if to is not None and not Folder(to).lists():
        raise QAError(f"{to} of QA_BACKUP_DIR holds no back-up any more; mount it, or look who emptied it.")


def workers(settings: "Settings") -> str:
    """Somebody works while something waits.

    Raises:
        QAError: jobs wait and no worker gives a sign of life, or messages are dead.
    """
    from qa.store.account.sessions import Lifetime
    from qa.store.alert.alert_kinds import MessageState
    from qa.store.kinds import JobState
    from qa.store.work.vitals import read_vitals

    with setup.whatever_zone(settings).read() as tx:
        found = read_vitals(tx, Lifetime())
    alive, gone = _workers(found)
    if found.jobs[JobState.QUEUED] and not alive:
        raise QAError(
            f"{found.jobs[JobState.QUEUED]} jobs wait and no worker lives; run `python -m qa work`."
        )
    if found.outbox[MessageState.DEAD]:
        raise QAError(f"{found.outbox[MessageState.DEAD]} messages were not delivered; see the page Alerts.")
    missed = f"; not heard of: {', '.join(gone)}" if gone else ""
    return f"{len(alive)} alive{missed}; a silent one loses its call after {settings.worker_silence:.0f} s"


def _workers(found: "Vitals") -> tuple[list[str], list[str]]:
    at_work = [worker for worker in found.workers if worker.stopped_at is None]
    now = datetime.now(UTC)
    alive = [worker.executor for worker in at_work if now - worker.last_sign < GONE]
    return alive, [worker.executor for worker in at_work if worker.executor not in alive]


def tls(settings: "Settings") -> str:
    """How browsers reach the desk: the session's cookie is for TLS alone only where the desk knows of it.

    Raises:
        QAError: people reach it without TLS, or the desk does not believe the proxy in front.
    """
    url = settings.public_url
    if url is None:
        return (
            "QA_PUBLIC_URL is not set; put a proxy with TLS in front where others than this machine reach it"
        )
    if url.startswith("http://") and "//localhost" not in url:
        raise QAError(
            "QA_PUBLIC_URL is http: passwords cross the network in the clear; put a proxy with TLS in front."
        )
    if url.startswith("https://") and os.environ.get("QA_TRUST_PROXY", "").lower() not in (
        "1",
        "true",
        "yes",
        "on",
    ):
        raise QAError(
            "QA_PUBLIC_URL is https and QA_TRUST_PROXY is not set: all visitors have the proxy's address, so"
            " who tries passwords slows everybody down; set QA_TRUST_PROXY=true."
        )
    several = "" if os.environ.get("STREAMLIT_SERVER_COOKIE_SECRET") else "; one web process alone"
    return f"by TLS{several}"
