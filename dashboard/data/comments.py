"""The comments desk: what is listed, the ledger, reply templates. Agents see none of it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.data.acting import Act, audited
from dashboard.data.frames import KEPT
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.data.targets import read_targets
from dashboard.rights import allowed, ask, lead
from qa.analytics.comments import CommentFigures, comment_figures
from qa.gather import said, waiting
from qa.store.account.users import list_users
from qa.store.keyset import Cut, Sheet
from qa.store.kinds import CommentStep, ReplyKind
from qa.store.voice import comment_desk, comment_ledger, replies
from qa.store.voice.comment_desk import CommentOrder, CommentRow, LinkedCall
from qa.store.voice.comment_filter import CommentFilter, Shown
from qa.store.voice.comment_ledger import CommentEvent, NewEvent
from qa.store.voice.replies import PLACES, Template

__all__ = [
    "EDITORS",
    "PLACES",
    "CommentEvent",
    "CommentFigures",
    "CommentFilter",
    "CommentOrder",
    "CommentRow",
    "CommentStep",
    "LinkedCall",
    "NewEvent",
    "ReplyKind",
    "Shown",
    "Template",
]

EDITORS = allowed("action", "comments.save_template")
"""Who may change reply templates and the aspect dictionary."""


def page(
    scope: Scope, wanted: CommentFilter, order: CommentOrder, limit: int, after: str | None = None
) -> Sheet[CommentRow]:
    """A page of comments, from a place on.

    Raises:
        InvalidSetting: the place was not given by this list in this order.
    """
    return _page(scope, wanted, order, (limit, after))


@st.cache_resource(
    ttl=KEPT, max_entries=64, show_spinner=False, hash_funcs={Scope: repr, CommentFilter: repr}
)
def _page(
    scope: Scope, wanted: CommentFilter, order: CommentOrder, cut: tuple[int, str | None]
) -> Sheet[CommentRow]:
    if order is CommentOrder.URGENT:
        return waiting.comments(database(), scope, wanted, Cut(*cut), settings().zone)
    with database().read() as tx:
        return comment_desk.list_comments(tx, scope, wanted, order, Cut(*cut))


def one(scope: Scope, comment_id: int) -> CommentRow | None:
    """One comment, ``None`` when it is not there for this viewer."""
    with database().read() as tx:
        return comment_desk.one_comment(tx, scope, comment_id)


def figures(scope: Scope, wanted: CommentFilter) -> CommentFigures:
    """The figures of everything the filter leaves."""
    return _figures(scope, wanted, target())


@st.cache_resource(
    ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs={Scope: repr, CommentFilter: repr}
)
def _figures(scope: Scope, wanted: CommentFilter, within: timedelta) -> CommentFigures:
    """Kept and not what they are made of: three years of comments are hundreds of megabytes."""
    found = said.comments(database(), scope, wanted, settings().zone)
    rows = comment_desk.figures_frame(database(), scope, wanted) if found is None else found
    return comment_figures(rows.lazy(), datetime.now(UTC), within)


def target() -> timedelta:
    """The time in which a comment is to get its first reply."""
    return timedelta(minutes=read_targets().value("first_reply", None) or 0)


def aspects_of(comment_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The aspects of the comments of a page."""
    with database().read() as tx:
        return comment_desk.aspects_of(tx, comment_ids)


def linked_counts(scope: Scope, customers: Iterable[str]) -> dict[str, int]:
    """How many calls each customer of a page has."""
    with database().read() as tx:
        return comment_desk.linked_counts(tx, scope, customers)


def linked_calls(scope: Scope, customer: str, limit: int) -> tuple[LinkedCall, ...]:
    """The newest calls of a customer."""
    with database().read() as tx:
        return comment_desk.linked_calls(tx, scope, customer, limit)


@st.cache_resource(ttl=KEPT, show_spinner=False)
def known_values() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Channels and services that comments have."""
    with database().read() as tx:
        return comment_desk.known_values(tx)


def ledger(scope: Scope, comment_id: int) -> tuple[CommentEvent, ...]:
    """Every step of a comment that the viewer may see."""
    with database().read() as tx:
        if comment_desk.one_comment(tx, scope, comment_id) is None:
            return ()
        return comment_ledger.events_of(tx, comment_id)


def add(scope: Scope, comment_id: int, *events: NewEvent) -> None:
    """Write steps into the ledger, all or none.

    Raises:
        NotFound: there is no such comment that this viewer may see.
        InvalidSetting: a step lacks its words, its person or its sentiment.
    """
    lead("comments.add", scope)
    with database().write() as tx:
        found = comment_desk.one_comment(tx, scope, comment_id)
        for event in events:
            comment_ledger.add_event(tx, comment_id if found else -1, event)
        audited(
            tx, Act.COMMENT_CHANGED, f"comment:{comment_id}", step=", ".join(str(one.step) for one in events)
        )
    _figures.clear()
    _page.clear()


def templates(language: str) -> tuple[Template, ...]:
    """The reply templates of a language."""
    with database().read() as tx:
        return replies.templates(tx, language)


def save_template(role: Role, template: Template, user_id: int) -> None:
    """Write a template anew, or take it out with an empty text.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the template cannot be used; the sentence says why.
    """
    ask("comments.save_template", role)
    with database().write() as tx:
        replies.save_template(tx, template, user_id)
        audited(tx, Act.SETTING_CHANGED, f"template:{template.key}")


def colleagues() -> dict[int, str]:
    """Those who may take a comment over: active users who lead."""
    with database().read() as tx:
        return {
            user.id: user.display_name
            for user in list_users(tx)
            if not user.disabled and user.role is not Role.AGENT
        }
