"""The words of a calibration: where it is, what it is about, how strict somebody is."""

from dashboard.data import scorecards
from dashboard.data.calibration import Round, RoundState
from dashboard.i18n import N_, _, interval, ngettext, number, rtl
from qa.analytics.calibration import Leaning
from qa.analytics.intervals import Estimate

STATES = {
    RoundState.OPEN: N_("people judge"),
    RoundState.DEBRIEF: N_("debrief"),
    RoundState.CLOSED: N_("closed"),
}


def state(one: Round) -> str:
    """Where it is."""
    return _(STATES[one.state])


def card_name(scorecard: str, version: int) -> str:
    """A version of a scorecard by its title."""
    card = scorecards.card(scorecard, version)
    title = scorecard if card is None else card.title.fa if rtl() else card.title.en
    return _("{name}, version {version}", name=title, version=number(version))


def done(one: Round) -> str:
    """How many reviews are done."""
    figure = number(one.finished) if one.finished else _("0")
    return _("{done} of {assigned} reviews", done=figure, assigned=number(one.assigned))


def leaning(found: Leaning) -> str:
    """How strict somebody is, in words; what an interval cannot tell apart from nothing is not told."""
    mean = found.mean
    calls = ngettext("{count} call", "{count} calls", mean.n)
    if mean.value is None:
        return _("cannot be told: no score to compare with")
    if mean.low is None or mean.high is None:
        return _("cannot be told from {calls}", calls=calls)
    if not found.told:
        span = interval(mean.low, mean.high)
        return _("cannot be told: {points} points, interval {span}, {calls}",
                 points=number(mean.value, 1, signed=True), span=span, calls=calls)  # fmt: skip
    ends = sorted((abs(mean.low), abs(mean.high)))
    text = (
        _("stricter by {points} points, interval {span}, {calls}")
        if mean.value < 0
        else _("more lenient by {points} points, interval {span}, {calls}")
    )
    return text.format(points=number(abs(mean.value), 1), span=interval(*ends), calls=calls)


def alpha_text(found: Estimate) -> str:
    """An alpha with its interval; said in words where there is none."""
    if found.n == 0:
        return _("no call judged by two")
    if found.value is None:
        return _("everybody always said the same")
    if found.low is None or found.high is None:
        calls = ngettext("{count} call", "{count} calls", found.n)
        return _("cannot be told from {calls}", calls=calls)
    return _("{value} ({span})", value=number(found.value, 2), span=interval(found.low, found.high, 2))
