"""The list of calls: one page at a time, or all of them for a file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import streamlit as st

from dashboard.data import watching
from dashboard.data.acting import Act
from dashboard.data.frames import HASHES, KEPT
from dashboard.data.site import Scope, database, settings
from qa.store.audit.searching import search_subject
from qa.store.lists.excerpts import Excerpt, marked
from qa.store.lists.excerpts import excerpts as stored
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import CallPage, CallRow, Order, PageOf, list_calls, newest_number
from qa.store.lists.search import COMMON, Said

__all__ = [
    "COMMON",
    "CallFilter",
    "CallPage",
    "CallRow",
    "Excerpt",
    "Order",
    "PageOf",
    "Said",
    "every_row",
    "excerpts",
    "marked",
    "page",
    "searched",
]

CHUNK = 2000
MANY = 200_000
"""Calls from which on counting them takes longer than all else of the page."""


def page(scope: Scope, filters: CallFilter, wanted: PageOf) -> CallPage:
    """One page of the calls that this viewer may see; that words were looked for stands in the audit log.
    Of very many calls the number in all may be as old as the other figures of the desk.

    Raises:
        StoreUnavailable: that cannot be written down.
        InvalidSetting: the cursor in the address is none of this list.
    """
    with database().read() as tx:
        if wanted.count and not filters.search and newest_number(tx) >= MANY:
            kept = _totals(scope, filters)
            found = list_calls(tx, scope, filters, replace(wanted, count=not kept))
            kept += [found.total] if found.total is not None else []
            return replace(found, total=kept[0])
        found = list_calls(tx, scope, filters, wanted)
    if filters.search and wanted.count:
        watching.seen(Act.CALLS_SEARCHED, searched(filters), hits=found.total)
    return found


@st.cache_resource(ttl=KEPT, max_entries=256, show_spinner=False, hash_funcs=HASHES)
def _totals(scope: Scope, filters: CallFilter) -> list[int]:  # noqa: ARG001 (what it is kept by)
    """A place for the number of calls that a filter leaves, empty at first."""
    return []


def searched(filters: CallFilter) -> str:
    """How the audit log names the search of a list; empty without one."""
    return search_subject(settings().keys_dir, filters.search) if filters.search else ""


def excerpts(scope: Scope, rows: tuple[CallRow, ...], filters: CallFilter) -> Mapping[str, Excerpt]:
    """Where the words of the search stand in these calls, by call."""
    if not filters.search:
        return {}
    with database().read() as tx:
        return stored(tx, scope, [row.key for row in rows], filters.search, filters.said)


def every_row(scope: Scope, filters: CallFilter, order: Order) -> Iterator[CallRow]:
    """All calls of a filter, read in pieces so that a large file needs little memory."""
    after: str | None = None
    while True:
        found = page(scope, filters, PageOf(after, CHUNK, order, count=False))
        yield from found.rows
        if (after := found.next) is None:
            return
