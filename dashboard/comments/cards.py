"""A comment as a card of the list: channel, stars, sentiment, the clock against the target, its themes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.comments.words import channel, feeling
from dashboard.data.comments import CommentRow
from dashboard.i18n import _, duration, ngettext, number
from dashboard.parts import Markup, chip, stack

EDGES = {"negative": "neg", "positive": "pos"}
STARS = 5
LETTERS = 320  # of a text on a card; the side shows it whole


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands on a card beside the comment: names of its aspects, calls of its customer."""

    aspects: tuple[str, ...]
    calls: int


def card(row: CommentRow, beside: Beside, clock: Markup, *, chosen: bool) -> Markup:
    """The card as markup, to be shown through ``go``."""
    classes = " ".join(part for part in (EDGES.get(row.label or "", ""), "sel" if chosen else "") if part)
    # Without the spaces Persian letters of neighbours would join into one word.
    return Markup(
        '<div class="card {}"><div class="card-h"><span><b>{}</b> {} <span class="sub">{}</span></span>{}'
        '</div><p class="card-b" dir="auto">{}</p><div class="card-c">{}</div></div>'
    ).format(
        classes,
        channel(row.channel),
        stars(row.stars),
        feeling(row.label, row.score, corrected=row.corrected),
        clock,
        shortened(row.text),
        stack(tags(row, beside)),
    )


def stars(count: float | None) -> Markup:
    """Stars as shapes, with their number for who sees no shapes."""
    if count is None:
        return Markup("")
    full = max(0, min(STARS, round(count)))
    label = ngettext("{count} star", "{count} stars", full)
    return Markup('<span class="stars" role="img" aria-label="{}">{}<i>{}</i></span>').format(
        label, "★" * full, "★" * (STARS - full)
    )


def tags(row: CommentRow, beside: Beside) -> list[Markup]:
    """Chips: suggestion, aspects, linked calls."""
    found = [chip(_("Suggestion"), "line")] if row.suggestion else []
    found += [chip(name, "line") for name in beside.aspects]
    if beside.calls:
        found.append(chip(ngettext("{count} linked call", "{count} linked calls", beside.calls), "line"))
    if row.hidden:
        found.append(chip(_("hidden"), "line"))
    return found


def clock(row: CommentRow, target: timedelta, now: datetime) -> Markup:
    """The time against the target while it waits, else how long the first reply took."""
    if row.replied or row.posted_at is None:
        if row.first_reply is None or row.posted_at is None:
            return chip(_("replied")) if row.replied else Markup("")
        took = (row.first_reply - row.posted_at).total_seconds()
        return chip(_("replied after {time}", time=length(took)))
    if row.closed or row.hidden:
        return Markup("")
    if row.last_word:
        return chip(_("answers our reply"))
    left = (row.posted_at + target - now).total_seconds()
    if left < 0:
        return chip(_("{time} past target", time=length(-left)), "now")
    return chip(_("{time} left", time=length(left)))


def length(seconds: float) -> str:
    """A length of at least a minute: hours and minutes within a day, days after that."""
    if seconds >= 2 * 86_400:
        return ngettext("{count} day", "{count} days", int(seconds // 86_400))
    if seconds >= 86_400:
        return _("{count} h", count=number(seconds // 3600))
    return duration(max(60.0, seconds // 60 * 60))


def shortened(text: str) -> str:
    """The text, cut at a word."""
    return text if len(text) <= LETTERS else text[:LETTERS].rsplit(" ", 1)[0] + "…"
