"""What the overview says of its figures."""

from collections.abc import Callable

from dashboard.i18n import _, ngettext, number
from dashboard.overview.reading import Week
from dashboard.overview.tiles import Saying
from dashboard.words import left_out_reason


def quality() -> Saying:
    """Mean score."""
    return Saying(
        _("Quality score"),
        _(
            "Mean automatic score of the calls that count, of 100, with its 95 % interval. Automatic and human scores are never averaged."
        ),
    )


def no_failure() -> Saying:
    """Share without a critical failure."""
    return Saying(
        _("No critical failure"),
        _(
            "Share of calls in which no criterion critical for customer, business or compliance failed, with its Wilson interval."
        ),
        unit="%",
        scale=100,
    )


def talk() -> Saying:
    """Talk share of the agent."""
    return Saying(
        _("Agent's talk share"),
        _(
            "Speech of the agent divided by the conversation's duration, mean over calls with separate voices. 35 to 65 % is usual."
        ),
        unit="%",
        scale=100,
        good=0,
    )


def dead_air() -> Saying:
    """Dead air a call."""
    return Saying(
        _("Dead air a call"),
        _(
            "Seconds of silences over 10 s that the agent did not announce, mean over all calls in which it can be measured."
        ),
        unit=_("s"),
        good=-1,
    )


TILES: tuple[tuple[Callable[[], Saying] | None, dict[str, str]], ...] = (
    (quality, {}),
    (no_failure, {"critical": "yes"}),
    (None, {}),
    (talk, {}),
    (dead_air, {}),
)
"""The tiles in order; the parameters narrow the list of calls that a tile opens."""


def counted_line(week: Week) -> str:
    """What is counted and what was left out, and why."""
    heard = week.heard
    first = ngettext(
        "{count} call scored of {all}.",
        "{count} calls scored of {all}.",
        heard.counted,
        all=number(heard.received),
    )
    out = sum(count for _reason, count in week.left_out)
    if not out:
        return first
    reasons = _(", ").join(
        _("{count} {reason}", count=number(n), reason=left_out_reason(why)) for why, n in week.left_out
    )
    return " ".join(
        (
            first,
            ngettext("{count} left out: {reasons}.", "{count} left out: {reasons}.", out, reasons=reasons),
        )
    )
