"""The ledger of a comment: what was done about it, by whom and when. It is only ever added to.

The database itself refuses to change or delete an event, and to delete a comment or change what it says;
``erase_comments`` is the one way out, for demo data and for a customer who must be forgotten.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, insert, select

from qa.errors import InvalidSetting, NotFound
from qa.store.database import Transaction
from qa.store.kinds import CommentStep, Feeling
from qa.store.tables import comment_events, comments, erasure_permits, users
from qa.store.types import utc_now
from qa.store.voice.sentiments import correct

WORDED = frozenset({CommentStep.REPLIED, CommentStep.OFFERED, CommentStep.HIDDEN, CommentStep.NOTED})
"""Steps that say something; without words they would say nothing."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A step to add. ``text``: what was written to the customer, why it is hidden, the sentiment of
    ``CORRECTED``. ``template`` is the key of the template that a reply began from. ``user_id`` is ``None``
    on the command line.
    """

    step: CommentStep
    user_id: int | None
    text: str = ""
    to_user_id: int | None = None
    template: str | None = None


@dataclass(frozen=True, slots=True)
class CommentEvent:
    """One step as it stands in the ledger. ``at`` is ``None`` where an imported reply had no time."""

    id: int
    step: CommentStep
    at: datetime | None
    text: str
    by: str | None
    to: str | None
    template: str | None


def add_event(tx: Transaction, comment_id: int, event: NewEvent) -> None:
    """Write a step into the ledger.

    Raises:
        NotFound: there is no such comment.
        InvalidSetting: the step needs words, a person or a sentiment that is not there.
    """
    text = event.text.strip()
    if event.step in WORDED and not text:
        raise InvalidSetting(f"The step {event.step.value!r} has no words; write what was said or why.")
    if event.step is CommentStep.HANDED and event.to_user_id is None:
        raise InvalidSetting("The step 'handed over' names nobody; choose a person.")
    key = tx.execute(select(comments.c.text_key).where(comments.c.id == comment_id)).one_or_none()
    if key is None:
        raise NotFound(f"There is no comment {comment_id}; reload the page.")
    if event.step is CommentStep.CORRECTED:
        if text not in set(Feeling):
            raise InvalidSetting(f"The sentiment {text!r} is not known; use {', '.join(Feeling)}.")
        correct(tx, key[0] or "", Feeling(text), event.user_id)
    values = {
        "comment_id": comment_id,
        "step": event.step,
        "at": utc_now(),
        "text": text,
        "user_id": event.user_id,
        "to_user_id": event.to_user_id,
        "template": event.template,
    }
    tx.execute(insert(comment_events).values(**values))


def events_of(tx: Transaction, comment_id: int) -> tuple[CommentEvent, ...]:
    """Every step of a comment, the first first; steps without a time keep their place of arrival."""
    to = users.alias("to_whom")
    e = comment_events.c
    query = (
        select(
            *(e[name] for name in ("id", "step", "at", "text", "template")),
            users.c.display_name.label("by"),
            to.c.display_name.label("to"),
        )
        .select_from(
            comment_events.outerjoin(users, users.c.id == e.user_id).outerjoin(to, to.c.id == e.to_user_id)
        )
        .where(e.comment_id == comment_id)
        .order_by(e.at.asc().nulls_first(), e.id)
    )
    return tuple(CommentEvent(**row) for row in tx.execute(query).mappings())


def erase_comments(tx: Transaction, which: ColumnElement[bool]) -> int:
    """Take comments out with everything about them; gives how many. The caller answers for the reason: data
    of the demo, or a customer who must be forgotten.
    """
    chosen = select(comments.c.id).where(which)
    tx.execute(insert(erasure_permits).from_select(["comment_id"], chosen))
    permitted = exists().where(erasure_permits.c.comment_id == comments.c.id)
    gone = tx.execute(delete(comments).where(permitted)).rowcount
    tx.execute(delete(erasure_permits))
    return int(gone)
