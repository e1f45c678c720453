"""What the overview says of its figures."""

from collections.abc import Callable, Mapping

from dashboard.i18n import _, duration, ngettext, number
from dashboard.overview.reading import Week
from dashboard.overview.tiles import Saying
from dashboard.words import left_out_reason

Goals = Mapping[str, float | None]
"""Targets of the viewer by KPI, in the unit of the figure."""


def quality(_week: Week, goals: Goals) -> Saying:
    """Mean score."""
    return Saying(
        _("Quality score"),
        _("Mean automatic score of the calls that count, of 100. Never mixed with scores by people."),
        target=goals["quality"],
    )


def no_failure(_week: Week, goals: Goals) -> Saying:
    """Share without a critical failure."""
    return Saying(
        _("No critical failure"),
        _("Share of calls in which nothing critical for customer, business or compliance failed."),
        unit=_("%"),
        scale=100,
        target=goals["no_failure"],
    )


def talk(_week: Week, _goals: Goals) -> Saying:
    """Talk share of the agent."""
    return Saying(
        _("Agent's talk share"),
        _(
            "Speech of the agent by the length of the conversation, mean over calls with two channels. "
            "35 to 65 % is usual."
        ),
        unit=_("%"),
        scale=100,
        good=0,
    )


def dead_air(week: Week, goals: Goals) -> Saying:
    """Dead air a call, and over the calls that had any."""
    text = _(
        "Silences over 10 s that the agent did not announce, mean over all calls in which it can be measured."
    )
    any_ = week.silent.now
    if any_.value is not None:
        length = duration(any_.value)
        text += " " + _("Over the {count} calls that had any: {length}.", count=number(any_.n), length=length)
    return Saying(_("Dead air a call"), text, unit=_("s"), good=-1, target=goals["dead_air"])


TILES: tuple[tuple[Callable[[Week, Goals], Saying] | None, dict[str, str]], ...] = (
    (quality, {}),
    (no_failure, {"critical": "yes"}),
    (None, {}),
    (talk, {}),
    (dead_air, {"lost": "dead_air"}),
)
"""The tiles in order; the parameters narrow the list of calls that a tile opens."""


def counted_line(week: Week) -> str:
    """What is counted and what was left out, and why."""
    heard = week.heard
    so_far = _("So far:") + " " if week.running else ""
    first = so_far + ngettext(
        "{count} call scored of {all}.",
        "{count} calls scored of {all}.",
        heard.counted,
        all=number(heard.received),
    )
    out = sum(count for _reason, count in heard.left_out)
    if not out:
        return first
    reasons = _(", ").join(
        _("{count} {reason}", count=number(n), reason=left_out_reason(why)) for why, n in heard.left_out
    )
    return " ".join(
        (
            first,
            ngettext("{count} left out: {reasons}.", "{count} left out: {reasons}.", out, reasons=reasons),
        )
    )
