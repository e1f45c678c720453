"""Comments on a moment of a call, in threads of one level."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from qa.errors import InvalidSetting, NotFound
from qa.records import Seconds
from qa.store.database import Transaction
from qa.store.tables import call_notes, pick, users
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Note:
    """One comment. ``at`` is the moment in the call; an answer has the moment of what it answers.

    A removed comment keeps its place in the thread with ``text`` empty and ``removed`` set.
    """

    id: int
    parent_id: int | None
    user_id: int
    author: str
    at: Seconds | None
    text: str
    created_at: datetime
    removed: bool


@dataclass(frozen=True, slots=True)
class NewNote:
    """A comment to be. ``parent_id`` answers another comment of the same call."""

    call_id: int
    user_id: int
    text: str
    at: Seconds | None = None
    parent_id: int | None = None


def add_note(tx: Transaction, new: NewNote) -> int:
    """Add a comment; gives its id. The caller has checked that the user may see the call.

    Raises:
        InvalidSetting: the text is empty.
        NotFound: the comment that it answers is not on this call.
    """
    if not new.text.strip():
        raise InvalidSetting("The comment is empty; write something first.")
    at, parent = new.at, new.parent_id
    if parent is not None:
        same_call = (call_notes.c.id == parent) & (call_notes.c.call_id == new.call_id)
        row = tx.execute(select(*pick(call_notes, "parent_id", "at")).where(same_call)).one_or_none()
        if row is None:
            raise NotFound(f"Comment {parent} is not on this call; reload the page.")
        at, parent = row.at, row.parent_id or parent
    values = {
        "call_id": new.call_id,
        "user_id": new.user_id,
        "text": new.text.strip(),
        "at": at,
        "parent_id": parent,
    }
    return int(tx.execute(insert(call_notes).values(**values).returning(call_notes.c.id)).scalar_one())


def remove_note(tx: Transaction, note_id: int, user_id: int) -> None:
    """Empty one's own comment.

    Raises:
        NotFound: there is no such comment by this user.
    """
    own = (call_notes.c.id == note_id) & (call_notes.c.user_id == user_id)
    if tx.execute(update(call_notes).where(own).values(text="", removed_at=utc_now())).rowcount == 0:
        raise NotFound(f"Comment {note_id} is not yours or is gone; reload the page.")


def list_notes(tx: Transaction, call_id: int) -> tuple[Note, ...]:
    """The comments of a call by moment (those without one first), each followed by its answers."""
    names = ("id", "parent_id", "user_id")
    query = (
        select(
            *(call_notes.c[name] for name in names),
            users.c.display_name.label("author"),
            *(call_notes.c[name] for name in ("at", "text", "created_at")),
            call_notes.c.removed_at.is_not(None).label("removed"),
        )
        .join_from(call_notes, users)
        .where(call_notes.c.call_id == call_id)
    )
    notes = [Note(**row) for row in tx.execute(query).mappings()]
    notes.sort(
        key=lambda note: (note.at if note.at is not None else -1.0, note.parent_id or note.id, note.id)
    )
    return tuple(notes)
