"""The figures over the comments, each with its interval and n."""

from datetime import timedelta

from dashboard.comments.cards import length
from dashboard.data.comments import CommentFigures
from dashboard.i18n import _, interval, language, ngettext, number
from dashboard.parts import Figure, Markup, strip
from qa.analytics.intervals import Estimate

HOUR, DAY = 60.0, 24 * 60.0


def waiting_line(figures: CommentFigures, target: timedelta) -> str:
    """How many wait, and how many of them too long."""
    waits = ngettext("{count} waits for a first reply", "{count} wait for a first reply", figures.waiting)
    late = ngettext(
        "{count} of them past the {target} target.",
        "{count} of them past the {target} target.",
        figures.late,
        target=length(target.total_seconds()),
    )
    return _("{waits}, {late}", waits=waits, late=late)


def desk_strip(figures: CommentFigures, target: timedelta) -> Markup:
    """First reply, replied in time, won back, mean sentiment."""
    shown = [
        _minutes(_("First reply, median"), figures.first_reply),
        _share(_("Replied within {time}", time=length(target.total_seconds())), figures.in_time),
        _share(_("Won back"), figures.recovered, _("negative")),
        _mean(_("Mean sentiment"), figures.sentiment),
    ]
    return strip(shown)


def _minutes(label: str, found: Estimate) -> Figure:
    """Minutes, hours from two hours on, days from two days on."""
    if found.value is None:
        return _none(label)
    scale, unit = (1.0, _("min"))
    if found.value >= 2 * HOUR:
        scale, unit = (HOUR, _("h")) if found.value < 2 * DAY else (DAY, _("days"))
    places = 0 if scale == 1.0 else 1
    ends = [None if end is None else end / scale for end in (found.low, found.high)]
    return Figure(label, number(found.value / scale, places), unit, _behind(ends, found.n, places))


def _share(label: str, found: Estimate, of: str = "") -> Figure:
    if found.value is None:
        return _none(label)
    ends = [None if end is None else 100 * end for end in (found.low, found.high)]
    behind = _behind(ends, found.n, 1)
    return Figure(
        label,
        number(100 * found.value, 1),
        "%" if language() == "en" else _("percent"),
        f"{behind} {of}".strip(),
    )


def _mean(label: str, found: Estimate) -> Figure:
    if found.value is None:
        return _none(label)
    behind = _("{interval} · scale −1 to 1", interval=_behind([found.low, found.high], found.n, 2))
    return Figure(label, number(found.value, 2, signed=True), "", behind)


def _behind(ends: list[float | None], n: int, places: int) -> str:
    low, high = ends
    count = _("n {n}", n=number(n))
    if low is None or high is None:
        return count
    return _("{interval} · {n}", interval=interval(low, high, places), n=count)


def _none(label: str) -> Figure:
    return Figure(label, "–", "", _("nothing yet"))
