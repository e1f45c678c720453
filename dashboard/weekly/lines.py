"""The KPIs as a calm table: value and interval, target, last week, course, what it says."""

from itertools import groupby

from markupsafe import Markup

from dashboard.data.weekly import Ask, Week
from dashboard.i18n import N_, _, interval, number
from dashboard.overview.tiles import SIGNALS as TILE_SIGNALS
from dashboard.overview.tiles import Saying, spark, target_words
from dashboard.parts import go, panel, show, sparkline, stack
from dashboard.theme import colours
from dashboard.weekly.asking import days, narrowing
from dashboard.weekly.naming import NAMES, counted, saying
from qa.analytics.control import Signal
from qa.analytics.intervals import Estimate
from qa.weekly.kpis import Group, Kind
from qa.weekly.records import Reading, Why

GROUPS = {
    Group.QUALITY: N_("Quality"),
    Group.TALK: N_("In the conversation"),
    Group.CUSTOMERS: N_("Customers"),
    Group.TELEPHONE: N_("Telephone"),
    Group.FOLLOWING: N_("Promises and comments"),
    Group.DESK: N_("Review desk"),
}
WHY = {
    Why.UNKNOWN: N_("Its records name neither team nor language."),
    Why.SCOPE: N_("Only those who see the whole site see it."),
    Why.NARROWED: N_("Comments belong to no team and no queue."),
}
SIGNALS = TILE_SIGNALS | {
    Signal.NONE: N_("Within normal variation."),
    Signal.TOO_FEW: N_("Too few weeks for limits."),
}
HEAD = Markup('<div class="kpi-h kpi-g">{}</div>')
PART = Markup('<h3 class="kpi-p">{}</h3>')
LINE = Markup(
    '<div class="row kpi-g" title="{help}"><span><b>{label}</b></span>'
    '<span><b class="v">{value}<small>{unit}</small></b><span class="s">{sure}</span></span>'
    '<span class="s {met}">{target}</span>'
    '<span class="s">{before}<span class="s">{change}</span></span>'
    '<span>{drawing}</span><span class="s say {tone}">{says}</span></div>'
)
FEW = 30


def draw_kpis(week: Week) -> None:
    """The panel; each line opens the rows behind its figure."""
    with panel("kpis", stretch=False, dense=True):
        names = (
            _("Figure"), _("This week"), _("Target"), _("Last week"), _("12 weeks"), _("What it says"),
        )  # fmt: skip
        show(HEAD.format(stack(Markup("<span>{}</span>").format(name) for name in names)))
        for group, readings in groupby(week.readings, key=lambda one: one.kpi.group):
            show(PART.format(_(GROUPS[group])))
            for one in readings:
                _line(one, week.ask)


def _line(reading: Reading, ask: Ask) -> None:
    page, more = opens(reading, ask)
    title = saying(reading).label
    label = _("Open what is behind it: {name}", name=title)
    go(f"kpi_{reading.kpi.key}", line(reading), page, label=label, params=more)


def opens(reading: Reading, ask: Ask) -> tuple[str, dict[str, str]]:
    """The page behind a figure and what narrows it there."""
    page, more = NAMES[reading.kpi.key].opens
    own = days(ask) | dict(more)
    if page == "promises":
        place = {name: value for name, value in narrowing(ask).items() if name != "language"}
        due = {"due_from": str(ask.week), "due_to": str(ask.last)}
        return page, place | dict(more) | (due if reading.kpi.kind is Kind.SHARE else {})
    return page, own


def line(reading: Reading) -> Markup:
    """One KPI of the week."""
    say, now = saying(reading), reading.figure.now
    known = now.value is not None
    drawing = sparkline(spark(reading.figure, say), colours(), _("{label}, last 12 weeks", label=say.label))
    return LINE.format(
        help=say.help,
        label=say.label,
        value=number((now.value or 0.0) * say.scale, say.places) if known else "–",
        unit=say.unit if known and say.unit else "",
        sure=sure(reading, say),
        met=_met(reading),
        target=target(reading, say),
        before=_value(reading.figure.before, say),
        change=change(reading, say),
        drawing=drawing,
        tone="" if reading.good is None else "gain" if reading.good else "signal",
        says=says(reading),
    )


def _met(reading: Reading) -> str:
    """The colour of the target: only where the whole interval is on one side of it."""
    if reading.met is None or not (reading.sure or reading.kpi.kind is Kind.COUNT):
        return ""
    return "kept" if reading.met else "missed"


def sure(reading: Reading, say: Saying) -> str:
    """Interval and n of this week, and how many rows are not in it."""
    if reading.why is not None:
        return _(WHY[reading.why])
    now, parts = reading.figure.now, []
    if now.value is None:
        parts.append(_("nothing to count yet"))
    elif reading.kpi.kind is not Kind.COUNT:
        if now.low is not None and now.high is not None:
            parts.append(interval(now.low * say.scale, now.high * say.scale, say.places))
        parts.append(counted(reading.kpi.key, now.n))
        if now.n < FEW:
            parts.append(_("few"))
    if reading.figure.missing:
        parts.append(_("{count} without a value", count=number(reading.figure.missing)))
    return " · ".join(parts)


def target(reading: Reading, say: Saying) -> str:
    """The target and whether the week reaches it."""
    if reading.target is None:
        return "–"
    words = target_words(reading.target * say.scale, at_most=reading.kpi.at_most)
    if reading.met is None:
        return words
    if not _met(reading):
        told = _("reached, not for sure") if reading.met else _("missed, not for sure")
    else:
        told = _("reached") if reading.met else _("missed")
    return f"{words} · {told}"


def change(reading: Reading, say: Saying) -> str:
    """The change on last week with its interval."""
    found = reading.figure.change
    if found.value is None or reading.figure.before.value is None:
        return ""
    if reading.open:
        return _("The week is not over.")
    text = number(found.value * say.scale, say.places, signed=True)
    if found.low is None or found.high is None:
        return text
    low, high = (number(end * say.scale, say.places, signed=True) for end in (found.low, found.high))
    return f"{text} ({_('{low} to {high}', low=low, high=high)})"


def says(reading: Reading) -> str:
    """What the control chart says of the week."""
    if reading.why is not None or reading.figure.now.value is None:
        return ""
    if reading.open:
        return _("The week is not over.")
    return _(SIGNALS[reading.signal])


def _value(found: Estimate, say: Saying) -> str:
    return "–" if found.value is None else number(found.value * say.scale, say.places)
