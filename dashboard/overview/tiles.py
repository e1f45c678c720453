"""The five tiles of the week."""

from dataclasses import dataclass

from dashboard.i18n import N_, _, interval, ngettext, number, percent
from dashboard.parts import Change, Spark, Tile, sparkline
from dashboard.theme import colours
from qa.analytics.control import Signal
from qa.analytics.headline import Figure, Heard

ABOVE = (Signal.ABOVE, Signal.RUN_ABOVE)
BELOW = (Signal.BELOW, Signal.RUN_BELOW)
POINTS = 12


@dataclass(frozen=True, slots=True)
class Saying:
    """How a figure is written. ``scale`` turns it into what is shown; ``good`` is the better direction:
    1 up, -1 down, 0 neither. ``target`` is in the figure's own unit, before ``scale``.
    """

    label: str
    help: str
    unit: str = ""
    scale: float = 1.0
    places: int = 1
    good: int = 1
    target: float | None = None


def figure_tile(figure: Figure, saying: Saying) -> Tile:
    """A weekly figure as a tile: value, interval, n, course and the change in words."""
    now = figure.now
    if now.value is None:
        return Tile(saying.label, "", "", Change(_("No calls in this week.")), count=0, help=saying.help)
    sure = []
    if now.low is not None and now.high is not None:
        sure.append(interval(now.low * saying.scale, now.high * saying.scale, saying.places))
    sure.append(ngettext("n {count}", "n {count}", now.n))
    if saying.target is not None:
        sure.append(target_words(saying.target * saying.scale, at_most=saying.good < 0))
    return Tile(
        label=saying.label,
        value=number(now.value * saying.scale, saying.places),
        unit=saying.unit,
        interval=" · ".join(sure),
        change=change(figure, saying),
        count=now.n,
        drawing=sparkline(spark(figure, saying), colours(), _("{label}, last 12 weeks", label=saying.label)),
        help=saying.help,
    )


def target_words(value: float, *, at_most: bool) -> str:
    """A target as it is told; only as many decimals as it has."""
    text = number(value, 0 if round(value, 1) == round(value) else 1)
    return _("target at most {value}", value=text) if at_most else _("target {value}", value=text)


def change(figure: Figure, saying: Saying) -> Change:
    """What the change against last week means: a signal by its rule, else normal variation."""
    size = change_size(figure, saying)
    last = figure.chart.last
    if last in ABOVE or last in BELOW:
        better = (last in ABOVE) == (saying.good > 0)
        return Change(size, _(SIGNALS[last]), "gain" if better and saying.good else "signal")
    if not figure.chart.ready:
        return Change(size, _("Too few weeks for limits."))
    return Change(size, _("Within normal variation."))


def change_size(figure: Figure, saying: Saying) -> str:
    """The bold part: how much, and in which direction."""
    value = figure.change.value
    if value is None:
        return _("No calls last week.")
    moved = value * saying.scale
    if round(abs(moved), saying.places) == 0:
        return _("No change.")
    size = number(abs(moved), saying.places)
    return _("Up {size} on last week.", size=size) if moved > 0 else _("Down {size} on last week.", size=size)


def spark(figure: Figure, saying: Saying) -> Spark:
    """The last 12 weeks with the normal band."""
    chart = figure.chart
    values = [None if value != value else float(value) * saying.scale for value in chart.values[-POINTS:]]  # noqa: PLR0124 -- NaN differs from itself
    known = [
        (float(low) * saying.scale, float(high) * saying.scale)
        for low, high in zip(chart.lower, chart.upper, strict=True)
        if low == low  # noqa: PLR0124 -- a week without trials has no limits
    ]
    band = known[-1] if known else None
    now = figure.now
    whisker = None
    if now.low is not None and now.high is not None and values[-1] is not None:
        whisker = (now.low * saying.scale, now.high * saying.scale)
    return Spark(values, band, whisker, higher_is_better=saying.good >= 0)


def heard_tile(heard: Heard, *, running: bool) -> Tile:
    """How many calls were heard, of how many; a count needs no interval. A running week is not compared."""
    of_all = ""
    if heard.received:
        share = percent(heard.counted / heard.received)
        of_all = _("{share} of {count} received", share=share, count=number(heard.received))
    open_calls = heard.received - heard.done
    waiting = ngettext("{count} not heard yet.", "{count} not heard yet.", open_calls) if open_calls else ""
    counts = [None if value != value else float(value) for value in heard.chart.values[-POINTS:]]  # noqa: PLR0124 -- NaN differs from itself
    return Tile(
        label=_("Calls heard"),
        value=number(heard.counted),
        interval=of_all,
        change=Change(_("The week is not over.") if running else _heard_change(heard), waiting),
        drawing=sparkline(Spark(counts), colours(), _("{label}, last 12 weeks", label=_("Calls heard"))),
        help=_("Calls of the week that were scored and count in every figure, of all that came in."),
    )


def _heard_change(heard: Heard) -> str:
    moved = heard.counted - heard.counted_before
    if moved == 0:
        return _("As many as last week.")
    if moved > 0:
        return _("{count} more than last week.", count=number(moved))
    return _("{count} fewer than last week.", count=number(-moved))


SIGNALS = {
    Signal.ABOVE: N_("Past the upper limit."),
    Signal.BELOW: N_("Past the lower limit."),
    Signal.RUN_ABOVE: N_("8 in a row above the mean."),
    Signal.RUN_BELOW: N_("8 in a row below the mean."),
    Signal.RISING: N_("Rising over the weeks."),
    Signal.FALLING: N_("Falling over the weeks."),
}
