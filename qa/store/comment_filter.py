"""What narrows the list of comments, and what their ledgers add up to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, or_, select, true, tuple_

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
    ``queues`` are those that the comment's customer has called.
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


def ledgers(only: int | None = None) -> Subquery:
    """One row a comment that has events: first reply, and the last event of each kind. ``only``: of the
    comment with this number.
    """
    e = comment_events.c
    last = {
        "offered": (CommentStep.OFFERED,),
        "closed": (CommentStep.RESOLVED, CommentStep.THANKED),
        "unresolved": (CommentStep.UNRESOLVED,),
        "hid": (CommentStep.HIDDEN,),
        "bared": (CommentStep.SHOWN,),
    }
    replied = e.step == CommentStep.REPLIED
    return (
        select(
            e.comment_id,
            func.min(case((replied, e.at))).label("first_reply"),
            func.coalesce(func.max(case((replied, e.id))), 0).label("replied"),
            *(
                func.coalesce(func.max(case((e.step.in_(steps), e.id))), 0).label(name)
                for name, steps in last.items()
            ),
        )
        .where(true() if only is None else e.comment_id == only)
        .group_by(e.comment_id)
        .subquery("ledgers")
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What ledger and model say of a comment, as columns over the joined tables."""

    ledger: Subquery
    label: ColumnElement[str | None]
    score: ColumnElement[float]
    language: ColumnElement[str | None]

    def last(self, name: str) -> ColumnElement[int]:
        """The number of the last event of a kind, 0 without one."""
        return func.coalesce(self.ledger.c[name], 0)

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
        c, e = comments.c, comment_events.c
        ended = (
            select(c.source_id, c.external_id)
            .join(comment_events, e.comment_id == c.id)
            .where(e.step.in_((CommentStep.RESOLVED, CommentStep.THANKED)), c.external_id.is_not(None))
        )
        kind = func.coalesce(self.label, "negative") != "negative"
        return and_(c.reply_to.is_not(None), or_(kind, tuple_(c.source_id, c.reply_to).in_(ended)))

    @property
    def waiting(self) -> ColumnElement[bool]:
        """Nobody has replied, and nothing says that nobody need."""
        open_still = comments.c.erased_at.is_(None)
        return and_(open_still, self.last("replied") == 0, ~self.closed, ~self.hidden, ~self.last_word)


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
        found.append(exists().where(comment_readings.c.comment_id == c.id, comment_readings.c.suggestion))
    if wanted.ids:
        found.append(c.id.in_(sorted(wanted.ids)))
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
    return {
        Shown.ALL: [],
        Shown.WAITING: [told.waiting],
        Shown.REPLIED: [told.last("replied") > 0, ~told.closed, ~told.hidden],
        Shown.OFFERED: [told.last("offered") > 0, ~told.closed, ~told.hidden],
        Shown.CLOSED: [told.closed],
        Shown.UNRESOLVED: [told.last("unresolved") > told.last("closed")],
        Shown.HIDDEN: [told.hidden],
    }[shown]
