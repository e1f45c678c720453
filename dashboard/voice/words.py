"""How figures of surveys are written."""

from dashboard.i18n import N_, _, interval, ngettext, number, percent
from dashboard.overview.tiles import Saying
from qa.analytics.intervals import Estimate

KINDS = {
    "csat": N_("Satisfaction (CSAT)"),
    "nps": N_("Recommendation (NPS)"),
    "ces": N_("Ease (CES)"),
}


def saying(kind: str) -> Saying:
    """Name, unit and meaning of a kind of survey."""
    if kind == "csat":
        text = _(
            "Share of answers in the top boxes: 1 of 3, 2 of 4 to 7, 3 of 10. Only answered surveys count."
        )
        return Saying(_(KINDS[kind]), text, unit=_("%"), scale=100)
    if kind == "nps":
        text = _("Share of 9 and 10 less share of 0 to 6, in points from -100 to 100. Only answers count.")
        return Saying(_(KINDS[kind]), text, places=0)
    return Saying(_(KINDS[kind]), _("Mean answer from 1 to 7; higher is easier."), places=2)


def value_of(kind: str, one: Estimate) -> str:
    """The value with its unit."""
    if one.value is None:
        return _("no answers")
    if kind == "csat":
        return percent(one.value)
    return number(one.value, 0 if kind == "nps" else 2)


def sure_of(kind: str, one: Estimate) -> str:
    """Interval and n."""
    say = saying(kind)
    return answered(one, say.scale, say.places)


def sure(one: Estimate, scale: float = 1.0, places: int = 1, count: str = "") -> str:
    """Interval and n: of calls where ``count`` does not say of what."""
    return _sure(one, count or ngettext("n {count}", "n {count}", one.n), scale, places)


def answered(one: Estimate, scale: float = 1.0, places: int = 1) -> str:
    """Interval and number of answers."""
    return _sure(one, ngettext("{count} answer", "{count} answers", one.n), scale, places)


def _sure(one: Estimate, count: str, scale: float, places: int) -> str:
    if one.low is None or one.high is None:
        return count
    return f"{interval(one.low * scale, one.high * scale, places)} · {count}"
