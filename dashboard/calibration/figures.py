"""The figures of a debrief: agreement of people and machine, and how strict everybody is."""

from dashboard.calibration.words import alpha_text, leaning
from dashboard.data.debrief import Debrief, Figures
from dashboard.i18n import _, interval, ngettext, number, percent
from dashboard.parts import Cell, Column, Figure, Markup, dot, strip, table
from qa.analytics.agreement import PEOPLE_DECIDE
from qa.analytics.calibration import Sides
from qa.analytics.intervals import Estimate


def head_line(found: Debrief, told: Figures) -> Markup:
    """Alpha over the scores, close pairs, how many criteria people differ on."""
    places = [(call.id, key) for call in found.calls for key in found.keys]
    apart = sum(found.disputed(*place) == 2 for place in places)
    close = told.close.people
    return strip((
        Figure(_("Alpha of the people, scores"), _alpha(told.scores.people), "", _span(told.scores.people)),
        Figure(_("With the machine"), _alpha(told.scores.with_machine), "", _span(told.scores.with_machine)),
        Figure(_("Scores within 10 points"), "–" if close.value is None else percent(close.value), "",
               _pairs(close)),
        Figure(_("People differ"), number(apart) if apart else _("0"), "",
               _("of {count} verdicts", count=number(len(places)))),
    ))  # fmt: skip


def reviewers(found: Debrief, told: Figures) -> Markup:
    """Mean score and leaning of each reviewer, the machine last once there is a reference."""
    columns = (Column(_("Reviewer")), Column(_("Mean score"), numeric=True), Column(_("Strict or lenient")))
    rows: list[list[str | Markup | Cell]] = []
    for one in told.leanings:
        own = [score for (rater, _call), score in found.scores.items() if rater == one.rater]
        rows.append([found.people[one.rater], _mean(own), _said(leaning(one), told=one.told)])
    if told.machine is not None:
        own = list(found.machine_scores.values())
        rows.append([_("the machine"), _mean(own), _said(leaning(told.machine), told=told.machine.told)])
    return table(columns, rows, _("How strict the reviewers are"))


def criteria(found: Debrief, told: Figures, titles: dict[str, str]) -> Markup:
    """Alpha of each criterion, the least agreed first."""
    columns = (
        Column(_("Criterion")),
        Column(_("Calls"), numeric=True),
        Column(_("Alpha of the people")),
        Column(_("With the machine")),
    )
    ordered = sorted(found.keys, key=lambda key: _rank(told.criteria[key]))
    rows = [
        [
            titles.get(key, key),
            number(told.criteria[key].people.n) if told.criteria[key].people.n else _("0"),
            alpha_mark(told.criteria[key].people),
            alpha_mark(told.criteria[key].with_machine),
        ]
        for key in ordered
    ]
    return table(columns, rows, _("Agreement by criterion"))


def alpha_mark(found: Estimate) -> Markup | Cell:
    """An alpha as a dot with its interval, and in words beside it."""
    text = alpha_text(found)
    if found.value is None or found.low is None or found.high is None:
        return Cell(text, pale=True)
    drawn = dot(found.value, (found.low, found.high), PEOPLE_DECIDE, text)
    return Markup('<span class="dot-l">{} {}</span>').format(drawn, text)


def _rank(found: Sides) -> tuple[bool, float]:
    value = found.people.value
    return value is None, 0.0 if value is None else value


def _alpha(found: Estimate) -> str:
    return "–" if found.value is None or found.low is None else number(found.value, 2)


def _span(found: Estimate) -> str:
    calls = ngettext("{count} call", "{count} calls", found.n)
    if found.low is None or found.high is None:
        return calls
    return f"{interval(found.low, found.high, 2)} · {calls}"


def _pairs(found: Estimate) -> str:
    pairs = ngettext("{count} pair", "{count} pairs", found.n)
    if found.low is None or found.high is None:
        return pairs
    return f"{interval(100 * found.low, 100 * found.high, 0)} · {pairs}"


def _mean(scores: list[float]) -> str:
    return number(sum(scores) / len(scores), 1) if scores else "–"


def _said(text: str, *, told: bool) -> Cell:
    return Cell(text, pale=not told, strong=told)
