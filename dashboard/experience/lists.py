"""The rows behind a figure of the experience page: comments of a topic or day, calls, customers."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import streamlit as st

from dashboard.address import day_of, number_of
from dashboard.data.site import settings
from dashboard.experience.customers import STAGES
from dashboard.experience.pulse import day_words
from dashboard.experience.reading import Read
from dashboard.i18n import _, moment, ngettext
from dashboard.parts import Row, code, go, panel, row, show
from dashboard.parts.marks import Markup
from dashboard.registry import PAGES
from dashboard.voice.filters import put
from dashboard.voice.lines import open_line
from dashboard.words import word
from qa.analytics.returning import with_repeats

SIZE = 12
DESK = "comments"
Line = Callable[[dict[str, Any], bool], None]


def rows_panel(read: Read, named: pl.DataFrame, names: dict[str, str], staged: pl.DataFrame) -> None:
    """What the address asks to see; nothing where it asks for nothing."""
    kind, _colon, value = st.query_params.get("rows", "").partition(":")
    newest = read.comments.sort("posted_at", "id", descending=True)
    if kind == "topic" and value in names:
        ids = named.filter(pl.col("topic") == value)["id"]
        _list(names[value], newest.filter(pl.col("id").is_in(ids.implode())), _comment_line)
    elif kind == "day" and (day := day_of(value)) is not None:
        _list(day_words(day), newest.filter(pl.col("local_day") == day), _comment_line)
    elif kind == "again":
        calls = with_repeats(read.calls.lazy()).filter("again").sort("started_at", descending=True).collect()
        _list(_("Called again within 7 days"), calls, _call_line)
    elif kind == "step" and value in STAGES:
        theirs = staged.filter(pl.col("stage") == value).sort("orders", "customer_hash", descending=True)
        _list(_(STAGES[value]), theirs, _customer_line)


def _list(title: str, frame: pl.DataFrame, line: Line) -> None:
    skip = number_of(st.query_params.get("skip", "")) or 0
    note = ngettext("{count} row", "{count} rows", frame.height)
    with panel("experience_rows", title, note, dense=True):
        shown = frame.slice(skip, SIZE).to_dicts()
        if not shown:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing in these days.")))
        for place, one in enumerate(shown):
            line(one, place == len(shown) - 1)
    first, _rest, end = st.columns([1, 6, 1])
    if skip and first.button(_("Back"), key="experience_back", width="stretch"):
        put("skip", str(max(0, skip - SIZE)))
        st.rerun()
    if skip + SIZE < frame.height and end.button(_("More"), key="experience_more", width="stretch"):
        put("skip", str(skip + SIZE))
        st.rerun()


def _when(at: datetime) -> str:
    return moment(at, settings().zone, datetime.now(UTC))


def _comment_line(one: dict[str, Any], last: bool) -> None:
    felt = word(one["sentiment"]) if one["sentiment"] else _("not read yet")
    detail = [one["channel"], felt, one["product"]]
    body = row(
        Row(one["text"], " · ".join(part for part in detail if part), _when(one["posted_at"]), last=last)
    )
    if any(page.file == DESK for page in PAGES):
        params = {"comment": str(one["id"]), "shown": "all"}
        go(f"said_{one['id']}", body, DESK, label=_("Open the comment"), params=params)
    else:
        open_line(f"said_{one['id']}", body, one)


def _call_line(one: dict[str, Any], last: bool) -> None:
    body = row(Row(one["queue"], one["agent"] or _("no agent"), _when(one["started_at"]), last=last))
    go(f"again_{one['call_key']}", body, "call", label=_("Open the call"), params={"call": one["call_key"]})


def _customer_line(one: dict[str, Any], last: bool) -> None:
    count = ngettext("{count} order", "{count} orders", one["orders"])
    title = Markup("{} {}").format(_("Customer"), code(one["customer_hash"][:6]))
    body = row(Row(title, "", count, last=last))
    open_line(f"buyer_{one['customer_hash'][:12]}", body, one)
