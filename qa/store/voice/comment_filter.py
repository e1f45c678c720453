"""What narrows the list of comments, and what their ledgers add up to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, or_, select

from qa.store.kinds import CommentStep
from qa.store.scope import Scope
from qa.store.tables import calls, comment_aspects, comment_events, comment_readings, comments


class Shown(StrEnum):
    """Which comments by their state. ``WAITING``: nobody has replied, it is neither closed nor hidden, and it
    does not end a conversation.
    """

    WAITING = "waiting"
    REPLIED = "replied"
    OFFERED = "offered"
    CLOSED = "closed"
    UNRESOLVED = "unresolved"
    HIDDEN = "hidden"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """An empty part does not narrow. ``since`` and ``until`` bound the time of posting, the end not included;
    ``queues`` are those that the comment's customer has called; ``moments`` leaves comments of these very
    times and those without any.
    """

    shown: Shown = Shown.ALL
    since: datetime | None = None
    until: datetime | None = None
    channels: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    queues: frozenset[int] = frozenset()
    languages: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    aspect: str = ""
    ids: frozenset[int] = frozenset()
    suggestion: bool = False
    customer: str = ""
    moments: frozenset[datetime] | None = None


LAST = {
    "replied": (CommentStep.REPLIED,),
    "offered": (CommentStep.OFFERED,),
    "closed": (CommentStep.RESOLVED, CommentStep.THANKED),
    "unresolved": (CommentStep.UNRESOLVED,),
    "hid": (CommentStep.HIDDEN,),
    "bared": (CommentStep.SHOWN,),
}
"""The steps whose last event is asked for, by the name of its column."""

OWN, FIRST = comment_events.alias("own_event"), comments.alias("asked_first")
"""Events of one comment, and the comment that one answers: named once, for naming costs time."""


def ledgers(inside: ColumnElement[bool] | None = None) -> Subquery:
    """One row a comment that has events: first reply, and the last event of each kind. ``inside``: of the
    comments that fit alone.
    """
    e = comment_events.c
    query = select(
        e.comment_id,
        func.min(case((e.step == CommentStep.REPLIED, e.at)), type_=e.at.type).label("first_reply"),
        *(func.max(case((e.step.in_(steps), e.id))).label(name) for name, steps in LAST.items()),
    ).group_by(e.comment_id)
    if inside is not None:
        query = query.join_from(comments, comment_events, e.comment_id == comments.c.id).where(inside)
    return query.subquery("ledgers")


@dataclass(frozen=True, slots=True)
class Told:
    """What ledger and model say of a comment, as columns over the joined tables. Without a ``ledger`` each
    comment's own events are looked up: quicker for few comments, or in an order that an index has.
    """

    ledger: Subquery | None
    label: ColumnElement[str | None]
    score: ColumnElement[float]
    language: ColumnElement[str | None]

    def last(self, name: str) -> ColumnElement[int]:
        """The number of the last event of a kind, 0 without one."""
        if self.ledger is not None:
            return func.coalesce(self.ledger.c[name], 0)
        e = OWN.c
        own = select(func.max(e.id)).where(e.comment_id == comments.c.id, e.step.in_(LAST[name]))
        return func.coalesce(own.correlate(comments).scalar_subquery(), 0)

    @property
    def first_reply(self) -> ColumnElement[datetime | None]:
        """When somebody replied first, where that is known."""
        if self.ledger is not None:
            return self.ledger.c.first_reply
        e = OWN.c
        own = select(func.min(e.at, type_=e.at.type))
        own = own.where(e.comment_id == comments.c.id, e.step == CommentStep.REPLIED)
        return own.correlate(comments).scalar_subquery()

    @property
    def hidden(self) -> ColumnElement[bool]:
        """Marked as hidden, and not shown again since."""
        return self.last("hid") > self.last("bared")

    @property
    def closed(self) -> ColumnElement[bool]:
        """Resolved or thanked, and not called unresolved since."""
        return self.last("closed") > self.last("unresolved")

    @property
    def last_word(self) -> ColumnElement[bool]:
        """The author's answer to our reply that asks for none: it is not negative, or the comment it answers
        was resolved or thanked for.
        """
        c, first, e = comments.c, FIRST.c, OWN.c
        ended = exists(e.id).where(
            first.source_id == c.source_id,
            first.external_id == c.reply_to,
            e.comment_id == first.id,
            e.step.in_(LAST["closed"]),
        )
        kind = func.coalesce(self.label, "negative") != "negative"
        return and_(c.reply_to.is_not(None), or_(kind, ended))

    @property
    def waiting(self) -> ColumnElement[bool]:
        """Nobody has replied, and nothing says that nobody need."""
        open_still = and_(self.last("replied") == 0, ~self.closed, ~self.hidden)
        if self.ledger is None:  # most have no event at all: one look says it
            open_still = or_(
                ~exists(comment_events.c.id).where(comment_events.c.comment_id == comments.c.id), open_still
            )
        return and_(comments.c.erased_at.is_(None), open_still, ~self.last_word)


def conditions(scope: Scope, wanted: CommentFilter, told: Told) -> list[ColumnElement[bool]]:
    """The conditions of a filter on the comments that a viewer may see (``Scope.public``)."""
    c = comments.c
    found: list[ColumnElement[bool]] = [scope.public(c.customer_hash)]
    found += _states(wanted.shown, told)
    if wanted.since is not None:
        found.append(c.posted_at >= wanted.since)
    if wanted.until is not None:
        found.append(c.posted_at < wanted.until)
    for column, chosen in (
        (c.channel, wanted.channels),
        (c.service, wanted.services),
        (told.language, wanted.languages),
        (told.label, wanted.labels),
    ):
        if chosen:
            found.append(column.in_(sorted(chosen)))
    if wanted.queues:
        called = calls.c.customer_hash == c.customer_hash
        found.append(exists().where(called, calls.c.queue_id.in_(sorted(wanted.queues))))
    if wanted.aspect:
        found.append(_has_aspect(wanted.aspect))
    if wanted.suggestion:
        asks = comment_readings.alias("asks")  # lists read the table itself too
        found.append(exists().where(asks.c.comment_id == c.id, asks.c.suggestion))
    return [*found, *_named(wanted)]


def _named(wanted: CommentFilter) -> list[ColumnElement[bool]]:
    """Comments by number, moment and person."""
    c, found = comments.c, list[ColumnElement[bool]]()
    if wanted.ids:
        found.append(c.id.in_(sorted(wanted.ids)))
    if wanted.moments is not None:
        found.append(or_(c.posted_at.in_(sorted(wanted.moments)), c.posted_at.is_(None)))
    if wanted.customer:
        found.append(or_(c.customer_hash == wanted.customer, c.author_hash == wanted.customer))
    return found


def _has_aspect(aspect: str) -> ColumnElement[bool]:
    """``none`` stands for comments without one."""
    a = comment_aspects.c
    if aspect == "none":
        return ~exists().where(a.comment_id == comments.c.id)
    return exists().where(a.comment_id == comments.c.id, a.aspect == aspect)


def _states(shown: Shown, told: Told) -> list[ColumnElement[bool]]:
    match shown:
        case Shown.ALL:
            return []
        case Shown.WAITING:
            return [told.waiting]
        case Shown.REPLIED | Shown.OFFERED:
            return [told.last(shown.value) > 0, ~told.closed, ~told.hidden]
        case Shown.CLOSED:
            return [told.closed]
        case Shown.UNRESOLVED:
            return [told.last("unresolved") > told.last("closed")]
        case Shown.HIDDEN:
            return [told.hidden]
