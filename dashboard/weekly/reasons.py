"""What changed and why: by queue, by criterion, what drives satisfaction, what coaching did."""

from markupsafe import Markup

from dashboard.data.scorecards import common_titles
from dashboard.data.weekly import Week
from dashboard.experience.reasons import drawn_words
from dashboard.i18n import _, day_month, interval, language, ngettext, number
from dashboard.parts import Cell, Column, Row, go, panel, row, show, table
from dashboard.weekly.asking import days
from dashboard.weekly.naming import counted
from qa.analytics.decompose import Part
from qa.analytics.drivers import MINUTES, Driver
from qa.analytics.effect import NoEffect
from qa.analytics.intervals import Estimate
from qa.weekly.records import Coached, Loss

MOST = 5
NO_EFFECT = {
    NoEffect.NOT_YET: lambda: _("Not enough calls yet."),
    NoEffect.BEFORE: lambda: _("Not enough calls before the coaching."),
    NoEffect.NOBODY: lambda: _("Too few comparable agents."),
}


def draw_changed(week: Week) -> None:
    """The change of the quality score: other calls, or the same calls handled otherwise."""
    with panel(
        "changed", _("What changed, and why"), _("quality score against last week, by queue"), dense=True
    ):
        found = week.explained.parts
        if found is None:
            show(_sub(_("One of the two weeks has no calls to compare.")))
            return
        show(_sub(_told(found.change, found.mix, found.performance)))
        for part in found.parts[: MOST + 1]:
            name = week.explained.queues.get(part.group or -1, _("No queue"))
            params = days(week.ask) | ({} if part.group is None else {"queue": str(part.group)})
            label = _("Open what is behind it: {name}", name=name)
            go(f"changed_{part.group}", row(_part(name, part)), "calls", label=label, params=params)


def _told(change: float, mix: float, performance: Estimate) -> str:
    parts = (
        _("{change} on last week:", change=number(change, 1, signed=True)),
        _("{points} because other calls came in,", points=number(mix, 1, signed=True)),
        _(
            "{points} because calls were handled otherwise",
            points=number(performance.value or 0.0, 1, signed=True),
        ),
    )
    return " ".join(parts) + _ends(performance) + _clear(performance)


def _ends(one: Estimate) -> str:
    if one.low is None or one.high is None:
        return "."
    low, high = (number(end, 1, signed=True) for end in (one.low, one.high))
    return f" ({_('{low} to {high}', low=low, high=high)})."


def _clear(one: Estimate) -> str:
    if one.low is None or one.high is None or one.low <= 0 <= one.high:
        return " " + _("The second may be chance.")
    return ""


def _part(name: str, part: Part) -> Row:
    (n_before, before), (n_after, after) = part.before, part.after
    scores = (
        "–"
        if before is None or after is None
        else _("from {before} to {after}", before=number(before, 1), after=number(after, 1))
    )
    counts = _("{before} calls, then {after}", before=number(n_before), after=number(n_after))
    own = number(part.performance.value or 0.0, 1, signed=True)
    detail = " · ".join((scores, counts, _("mix {points}", points=number(part.mix, 1, signed=True))))
    return Row(name, detail, Markup("<b>{}</b>").format(own))


def draw_lost(week: Week) -> None:
    """Where points were lost; each row opens its calls."""
    note = _("points of 100 lost to each criterion; the change on last week beside it")
    with panel("weekly_lost", _("Where points are lost"), note, dense=True):
        if not week.lost:
            show(_sub(_("No points were lost in this week.")))
        names = common_titles(language())
        for loss in week.lost[:MOST]:
            name = names.get(loss.key, loss.key)
            label = _("Open what is behind it: {name}", name=name)
            params = days(week.ask) | {"lost": loss.key}
            go(f"lost_{loss.key}", row(_loss(name, loss)), "calls", label=label, params=params)


def _loss(name: str, loss: Loss) -> Row:
    end = Markup("<b>{}</b>").format(number(loss.lost, 1))
    if loss.change is not None:
        end += Markup(" {}").format(number(loss.change, 1, signed=True))
    counts = ngettext("{count} call of {all}", "{count} calls of {all}", loss.calls, all=number(loss.n))
    return Row(name, counts, end)


def draw_drivers(week: Week) -> None:
    """What moves satisfaction, from the answers of 13 weeks."""
    note = _("points of satisfaction between “not met” and “met”, from 13 weeks of answers")
    with panel("weekly_drivers", _("What drives satisfaction"), note, dense=True):
        found = week.drivers
        if not found.enough:
            text = _(
                "{count} answers; it takes 100, with 30 in the smaller group.", count=number(found.answers)
            )
            show(_sub(text))
            return
        if found.drawn:
            show(_sub(drawn_words(found)))
        stands = [one for one in found.rows if one.stands][:MOST]
        if not stands:
            show(_sub(_("Nothing stands out of chance.")))
        names = common_titles(language()) | {MINUTES: _("Five minutes longer")}
        span = {"from": str(week.ask.last - 13 * 7 + 1), "to": str(week.ask.last)}
        for one in stands:
            name = names.get(one.key, one.key)
            label = _("Open what is behind it: {name}", name=name)
            go(f"driver_{one.key}", row(_driver(name, one)), "experience", label=label, params=span)


def _driver(name: str, one: Driver) -> Row:
    effect = one.effect
    ends = ""
    if effect.low is not None and effect.high is not None:
        ends = interval(100 * effect.low, 100 * effect.high, 0)
    detail = " · ".join(part for part in (ends, counted("csat", effect.n)) if part)
    return Row(name, detail, Markup("<b>{}</b>").format(number(100 * (effect.value or 0.0), 0, signed=True)))


def draw_coached(week: Week) -> None:
    """Sessions of the last twelve weeks and what came of each."""
    note = _("share met, less the change of comparable agents over the same weeks")
    with panel("weekly_coached", _("Coaching held, and what came of it"), note, stretch=False):
        if not week.coached:
            show(_sub(_("No coaching was held in these twelve weeks.")))
            return
        columns = [
            Column(_("Held")), Column(_("With")), Column(_("Criterion")),
            Column(_("Effect"), numeric=True), Column(_("95 % interval"), numeric=True),
        ]  # fmt: skip
        names = common_titles(language())
        rows = [_coached(one, names) for one in week.coached]
        show(table(columns, rows, _("Coaching held, and what came of it")))


def _coached(one: Coached, names: dict[str, str]) -> list[str | Markup | Cell]:
    session = one.session
    who = _(", ").join(name for _number, name in session.agents)
    head: list[str | Markup | Cell] = [
        day_month(session.day),
        who,
        names.get(session.criterion, session.criterion),
    ]
    if one.effect.reason is not None:
        return [*head, Cell(NO_EFFECT[one.effect.reason](), span=2, pale=True)]
    found = one.effect.difference
    value = number(100 * (found.value or 0.0), 1, signed=True)
    ends = "–"
    if found.low is not None and found.high is not None:
        low, high = (number(100 * end, 1, signed=True) for end in (found.low, found.high))
        ends = _("{low} to {high}", low=low, high=high)
    return [*head, Cell(value, strong=one.effect.helped), ends]


def _sub(text: str) -> Markup:
    return Markup('<p class="sub">{}</p>').format(text)
