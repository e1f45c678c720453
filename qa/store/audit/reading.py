"""The log as people read it: filtered, the newest first, a page at a time by position."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from qa.store.audit.acts import Act
from qa.store.database import Transaction
from qa.store.tables import audit_log, users


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is wanted of the log. ``user_id`` 0 stands for commands and the desk itself; ``call`` is a key;
    ``before`` is the position that the page begins under.
    """

    user_id: int | None = None
    act: Act | None = None
    call: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. ``name`` is the display name where the user is still here, else the name of then."""

    position: int
    at: datetime
    act: str
    user_id: int | None
    name: str | None
    role: str | None
    subject: str
    detail: Mapping[str, Any]
    hash: str


def list_entries(tx: Transaction, wanted: AuditFilter, limit: int) -> tuple[Line, ...]:
    """A page of the log, the newest first."""
    c = audit_log.c
    name = func.coalesce(users.c.display_name, c.user_name)
    # A number that a removed user of the demo had may belong to somebody else now.
    same = (users.c.id == c.user_id) & (users.c.name == c.user_name)
    query = (
        select(c.position, c.at, c.act, c.user_id, name, c.user_role, c.subject, c.detail, c.hash)
        .select_from(audit_log.outerjoin(users, same))
        .where(*_clauses(wanted))
        .order_by(c.position.desc())
        .limit(limit)
    )
    return tuple(Line(*row[:7], _read(row[7]), row[8]) for row in tx.execute(query))


def _clauses(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    c, rules = audit_log.c, []
    if wanted.user_id is not None:
        rules.append(c.user_id == wanted.user_id if wanted.user_id else c.user_id.is_(None))
    if wanted.act is not None:
        rules.append(c.act == str(wanted.act))
    if wanted.call:
        rules.append(c.subject == f"call:{wanted.call}")
    if wanted.since is not None:
        rules.append(c.at >= wanted.since)
    if wanted.until is not None:
        rules.append(c.at < wanted.until)
    if wanted.before is not None:
        rules.append(c.position < wanted.before)
    return rules


def _read(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}  # somebody changed it; the page tells, instead of failing
    return found if isinstance(found, dict) else {}
