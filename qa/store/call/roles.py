"""Roles that people set: who said it, when, and the call under its new names."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from qa.records import Flag, Share, Spans, Speaker, Transcript
from qa.store.call.content import pack
from qa.store.coaching.moments import retell
from qa.store.database import Transaction
from qa.store.lists.search import index_text, spoken
from qa.store.tables import calls, role_changes, transcripts, users


@dataclass(frozen=True, slots=True)
class RolesSet:
    """A change of roles as the page tells it. ``by`` is ``None`` for the command line."""

    change: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class NewRoles:
    """A call under new names, and who says so. ``confidence`` 0-1 of the roles; ``abusive`` when the customer
    insults.
    """

    transcript: Transcript
    speech: dict[Speaker, Spans] | None
    confidence: Share
    change: str
    user_id: int | None
    abusive: bool = False


def save_roles(tx: Transaction, call_id: int, new: NewRoles) -> None:
    """Write words and speech under their new names, also for searching and in the library, and who did it."""
    content = pack(new.transcript, new.speech)
    tx.execute(update(transcripts).where(transcripts.c.call_id == call_id).values(content=content))
    retell(tx, call_id, new.transcript)
    index_text(tx, call_id, spoken(new.transcript))
    flags = tx.scalar(select(calls.c.flags).where(calls.c.id == call_id)) or []
    kept = [flag for flag in flags if flag != Flag.BY_VOICE or flag in new.transcript.flags]
    values = {"roles_confidence": new.confidence, "flags": kept, "abusive": new.abusive}
    tx.execute(update(calls).where(calls.c.id == call_id).values(**values))
    tx.execute(insert(role_changes).values(call_id=call_id, user_id=new.user_id, change=new.change))


def roles_set(tx: Transaction, call_id: int) -> RolesSet | None:
    """The last change of roles since the call was heard; ``None`` when the roles are the machine's."""
    query = (
        select(role_changes.c.change, users.c.name, role_changes.c.created_at)
        .select_from(role_changes.outerjoin(users, users.c.id == role_changes.c.user_id))
        .join(transcripts, transcripts.c.call_id == role_changes.c.call_id)
        .where(role_changes.c.call_id == call_id, role_changes.c.created_at >= transcripts.c.created_at)
        .order_by(role_changes.c.id.desc())
        .limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else RolesSet(row.change, row.name, row.created_at)
