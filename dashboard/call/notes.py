"""The comments on moments of a call: who may write, what the player shows, what it sends back."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from dashboard.data import calls
from dashboard.data.calls import Comment, Note
from dashboard.data.site import settings
from dashboard.i18n import clock, moment
from dashboard.identity import Viewer
from dashboard.roles import LEADS
from qa.errors import InvalidSetting

LONGEST = 2000
"""Letters of one comment."""


def may_write(viewer: Viewer) -> bool:
    """Agents read what is written about their calls; those who lead write."""
    return viewer.role in LEADS


def shown(notes: Iterable[Note], viewer: Viewer) -> list[dict[str, Any]]:
    """The comments in order, an answer after what it answers."""
    now, zone = datetime.now(UTC), settings().zone
    return [
        {
            "id": note.id,
            "answer": note.parent_id is not None,
            "at": note.at,
            "time": "" if note.at is None else clock(note.at),
            "author": note.author,
            "when": moment(note.created_at, zone, now),
            "text": note.text,
            "removed": note.removed,
            "own": note.user_id == viewer.user_id and may_write(viewer),
        }
        for note in notes
    ]


def take(sent: object, key: str, viewer: Viewer) -> bool:
    """Store what the player sent: ``{"text", "at", "answers"}`` or ``{"remove"}``; True when it removed.

    Raises:
        InvalidSetting: it is no comment, or this viewer may not write.
        NotFound: the call or the comment is not there for this viewer.
    """
    if not may_write(viewer) or not isinstance(sent, dict):
        raise InvalidSetting("This comment cannot be stored; only those who lead a team write comments.")
    if isinstance(sent.get("remove"), int):
        calls.remove_comment(key, viewer.scope, viewer.user_id, sent["remove"])
        return True
    calls.add_comment(key, viewer.scope, viewer.user_id, comment_of(sent))
    return False


def comment_of(sent: dict[str, Any]) -> Comment:
    """A checked comment from what a browser sent.

    Raises:
        InvalidSetting: a part is not what it should be.
    """
    text, at, answers = sent.get("text"), sent.get("at"), sent.get("answers")
    good = (
        isinstance(text, str)
        and len(text) <= LONGEST
        and (at is None or (isinstance(at, int | float) and 0 <= at < 10**6))
        and (answers is None or isinstance(answers, int))
    )
    if not good or not isinstance(text, str):
        raise InvalidSetting(f"This comment cannot be stored; write at most {LONGEST} letters.")
    return Comment(text, None if at is None else float(at), answers)
