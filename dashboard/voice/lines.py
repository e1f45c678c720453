"""Rows of lists: a group, an answer, a comment, each opening what is behind it."""

from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from dashboard.data.site import settings
from dashboard.i18n import _, moment, number
from dashboard.parts import Row, go, row, show
from dashboard.registry import PAGES

CUSTOMER = "customer"


def group_line(name: str, detail: str, end: str, *, last: bool = False) -> Markup:
    """A group with its figure at the end."""
    return row(Row(name, detail, Markup("<b>{}</b>").format(end), last=last))


def answer_of(score: int, scale: int) -> str:
    """An answer and the highest there is."""
    return _("{score} of {scale}", score=number(score), scale=number(scale))


def answer_line(one: dict[str, Any], *, last: bool, note: str = "", mark: str = "row") -> None:
    """An answer; it opens its call, else its customer, else it stands alone. ``mark`` names its list."""
    score = answer_of(one["score"], one["scale"])
    when = moment(one["answered_at"], settings().zone, datetime.now(UTC))
    about = [part for part in (one["agent"], one["queue"], note) if part]
    if not about:
        about = [_("belongs to no call")]
    title = Markup("{} {}").format(score, Markup("<q>{}</q>").format(one["text"]) if one["text"] else "")
    open_line(f"answer_{mark}_{one['id']}", row(Row(title, " · ".join(about), when, last=last)), one)


def open_line(key: str, body: Markup, one: dict[str, Any]) -> None:
    """A line that opens its call, else its customer where there is such a page, else nothing."""
    if one.get("call"):
        go(key, body, "call", label=_("Open the call"), params={"call": one["call"]})
    elif one.get("customer_hash") and any(page.file == CUSTOMER for page in PAGES):
        params = {"customer": str(one["customer_hash"])}
        go(key, body, CUSTOMER, label=_("Open the customer"), params=params)
    else:
        show(body)
