"""The audit log for those who may read it, and who opened an agent's calls for everybody whose they are.

Administrators and managers read it: those who can do most are not to be the only ones who see what was done.
"""

import csv
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from dashboard.data import watching
from dashboard.data.acting import Act, audited_alone
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import ask
from qa.errors import QAError
from qa.store.account.users import list_users
from qa.store.audit.acts import LABEL_OF_CALL
from qa.store.audit.checking import Kept, check, last_check
from qa.store.audit.opened import Opened, Opening, opened, openings
from qa.store.audit.reading import AuditFilter, Line, list_entries
from qa.store.audit.sealing import seal
from qa.store.audit.verifying import Break
from qa.text.cells import safe_cell

__all__ = ["Act", "AuditFilter", "Break", "Kept", "Line", "Opened", "Opening", "Standing"]

log = logging.getLogger(__name__)

MOST, CHUNK = 100_000, 5_000
"""Entries of one file, and of one read for it."""
DAYS = 30
"""Days that an agent is told of."""
HEADINGS = ("position", "at", "act", "user_id", "user", "role", "subject", "detail", "hash")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the log stands: entries in it, and the last look at all of it, if there was one."""

    entries: int
    last: Kept | None


def page(role: Role, wanted: AuditFilter, limit: int) -> tuple[Line, ...]:
    """A page of the log, the newest first; that it is read is an entry too.

    Raises:
        PermissionError: this role may not.
        StoreUnavailable: the database cannot be reached.
    """
    ask("audit.page", role)
    watching.seen(Act.AUDIT_READ, "audit")
    with database().read() as tx:
        return list_entries(tx, wanted, limit)


def standing(role: Role) -> Standing:
    """How the log stands.

    Raises:
        PermissionError: this role may not.
    """
    ask("audit.standing", role)
    with database().read() as tx:
        newest = list_entries(tx, AuditFilter(), 1)
        return Standing(newest[0].position if newest else 0, last_check(tx))


def look(role: Role) -> None:
    """Look at every entry now; what was found stands in ``standing``.

    Raises:
        PermissionError: this role may not.
        StoreUnavailable, InvalidSetting, WriteFailed: it cannot be looked at.
    """
    ask("audit.look", role)
    check(database(), settings().keys_dir, settings().data_dir, settings().audit_heads)


def seal_end() -> None:
    """Seal what was added; where that cannot be done the worker, or the next one who signs in, does it."""
    try:
        seal(database(), settings().keys_dir, settings().data_dir, settings().audit_heads)
    except QAError as error:
        log.warning("the audit log was not sealed: %s", error.message)


def people(role: Role) -> dict[int, str]:
    """Whose entries can be asked for, by name.

    Raises:
        PermissionError: this role may not.
    """
    ask("audit.people", role)
    with database().read() as tx:
        return {user.id: user.display_name for user in list_users(tx) if not user.generated}


def file(role: Role, wanted: AuditFilter) -> bytes:
    """Entries as CSV, the newest first, at most ``MOST``.

    Raises:
        PermissionError: this role may not.
        StoreUnavailable: that they leave cannot be written down.
    """
    ask("audit.file", role)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    rows = [_cells(line) for line in _every(wanted)]
    audited_alone(Act.EXPORTED, "export:audit", rows=len(rows))
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def opened_by(scope: Scope, call_id: int, viewer: int) -> tuple[Opening, ...]:
    """Who else opened a call, the last one first. Agents are told role and time, not the name: that is for
    those who lead, and for the page of the log.
    """
    with database().read() as tx:
        found = openings(tx, scope, call_id, viewer)
    return tuple(replace(one, name=None) for one in found) if scope.agent is not None else found


def opened_of(scope: Scope, agent_id: int, viewer: int) -> Opened:
    """What others opened of an agent's calls in the last ``DAYS`` days."""
    with database().read() as tx:
        return opened(tx, scope, agent_id, viewer, datetime.now(UTC) - timedelta(days=DAYS))


def call_of(line: Line) -> str:
    """The key of the call that an entry is about; empty when it is about something else."""
    return line.subject.removeprefix(LABEL_OF_CALL) if line.subject.startswith(LABEL_OF_CALL) else ""


def _every(wanted: AuditFilter) -> Iterator[Line]:
    left, before = MOST, wanted.before
    while left > 0:
        with database().read() as tx:
            found = list_entries(tx, replace(wanted, before=before), min(CHUNK, left))
        if not found:
            return
        yield from found
        left, before = left - len(found), found[-1].position


def _cells(line: Line) -> list[object]:
    detail = json.dumps(dict(line.detail), ensure_ascii=False, sort_keys=True)
    at = line.at.isoformat(timespec="seconds")
    values = (
        line.position,
        at,
        line.act,
        line.user_id,
        line.name,
        line.role,
        line.subject,
        detail,
        line.hash,
    )
    return [safe_cell(value) for value in values]
