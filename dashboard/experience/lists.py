"""The rows behind a figure of the experience page: comments of a topic or day, calls, customers."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from dashboard import paging
from dashboard.address import day_of, number_of
from dashboard.choosing import put
from dashboard.data import experience, voice
from dashboard.data.comments import CommentFilter
from dashboard.data.site import settings
from dashboard.experience.customers import STAGES
from dashboard.experience.pulse import day_words
from dashboard.experience.reading import Read, filters_of, last_day, staged
from dashboard.i18n import _, moment, ngettext
from dashboard.parts import Row, code, go, panel, row, show
from dashboard.parts.marks import Markup
from dashboard.registry import PAGES
from dashboard.voice.lines import open_line
from dashboard.words import word
from qa.analytics.topics import topics

SIZE = 12
DESK, PAGE = "comments", "experience"
Line = Callable[[dict[str, Any], bool], None]


def rows_panel(read: Read, names: dict[str, str]) -> None:
    """What the address asks to see; nothing where it asks for nothing."""
    kind, _colon, value = st.query_params.get("rows", "").partition(":")
    wanted = read.wanted
    if kind == "topic" and value in names:
        count = next((one.count for one in topics(read.comments.lazy()) if one.key == value), 0)
        told, following = _comments(read, voice.span(wanted.first, last_day(wanted)), value)
        _list(names[value], (told, count), _comment_line)
        paging.buttons(PAGE, following)
    elif kind == "day" and (day := day_of(value)) is not None:
        count = int(read.comments.filter(pl.col("local_day") == day)["n"].sum())
        told, following = _comments(read, voice.span(day, day))
        _list(day_words(day), (told, count), _comment_line)
        paging.buttons(PAGE, following)
    elif kind == "again":
        theirs = filters_of(wanted, wanted.first, last_day(wanted))
        calls, following = paging.opened(
            lambda after: experience.called_again(read.scope, theirs, SIZE, after)
        )
        _list(_("Called again within 7 days"), (calls.to_dicts(), read.again), _call_line)
        paging.buttons(PAGE, following)
    elif kind == "step" and value in STAGES:
        theirs = staged(wanted).filter(pl.col("stage") == value)
        skip = number_of(st.query_params.get("skip", "")) or 0
        rows = theirs.sort("orders", "customer_hash", descending=True).slice(skip, SIZE).to_dicts()
        _list(_(STAGES[value]), (rows, theirs.height), _customer_line)
        _steps(skip, theirs.height)


def _comments(read: Read, span: voice.Span, aspect: str = "") -> tuple[list[dict[str, Any]], str | None]:
    """A page of comments of the filters, the newest first, and the place of the next."""
    wanted = read.wanted
    narrowed = CommentFilter(
        since=span.since,
        until=span.until,
        services=frozenset({wanted.service}) if wanted.service else frozenset(),
        languages=frozenset({wanted.language}) if wanted.language else frozenset(),
        queues=frozenset() if wanted.queue_id is None else frozenset({wanted.queue_id}),
        aspect=aspect,
    )
    found = paging.opened(lambda after: experience.page(read.scope, narrowed, SIZE, after))
    return [asdict(one) for one in found.rows], found.next


def _list(title: str, found: tuple[list[dict[str, Any]], int], line: Line) -> None:
    shown, total = found
    note = ngettext("{count} row", "{count} rows", total)
    with panel("experience_rows", title, note, dense=True):
        if not shown:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing in these days.")))
        for place, one in enumerate(shown):
            line(one, place == len(shown) - 1)


def _steps(skip: int, total: int) -> None:
    """Back and More of a list that was worked out whole."""
    first, _rest, end = st.columns([1, 6, 1])
    if skip and first.button(_("Back"), key="experience_back", width="stretch"):
        put("skip", str(max(0, skip - SIZE)))
        st.rerun()
    if skip + SIZE < total and end.button(_("More"), key="experience_more", width="stretch"):
        put("skip", str(skip + SIZE))
        st.rerun()


def _when(at: datetime) -> str:
    return moment(at, settings().zone, datetime.now(UTC))


def _comment_line(one: dict[str, Any], last: bool) -> None:
    felt = word(one["label"]) if one["label"] else _("not read yet")
    detail = [one["channel"], felt, one["product"]]
    body = row(
        Row(one["text"], " · ".join(part for part in detail if part), _when(one["posted_at"]), last=last)
    )
    if any(page.file == DESK for page in PAGES):
        params = {"comment": str(one["id"]), "shown": "all"}
        go(f"said_{one['id']}", body, DESK, label=_("Open the comment"), params=params)
    else:
        open_line(f"said_{one['id']}", body, one | {"customer_hash": one["customer"]})


def _call_line(one: dict[str, Any], last: bool) -> None:
    body = row(Row(one["queue"], one["agent"] or _("no agent"), _when(one["started_at"]), last=last))
    go(f"again_{one['call_key']}", body, "call", label=_("Open the call"), params={"call": one["call_key"]})


def _customer_line(one: dict[str, Any], last: bool) -> None:
    count = ngettext("{count} order", "{count} orders", one["orders"])
    title = Markup("{} {}").format(_("Customer"), code(one["customer_hash"][:6]))
    body = row(Row(title, "", count, last=last))
    open_line(f"buyer_{one['customer_hash'][:12]}", body, one)
