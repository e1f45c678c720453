"""The panels that show one agent; the agent's own page draws some of them too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from dashboard.agent import words
from dashboard.agent.heard import Heard
from dashboard.agent.reading import Read
from dashboard.agents.drawing import opened
from dashboard.charts import draw, picked
from dashboard.charts.control import Course, control_chart
from dashboard.charts.forest import Effect, forest_chart
from dashboard.data.site import settings
from dashboard.i18n import _, clock, moment, ngettext, number, percent
from dashboard.overview.tiles import ABOVE, BELOW
from dashboard.parts import Change, Markup, Row, Tile, go, panel, row, show, tile
from dashboard.plain import in_chart
from dashboard.registry import streamlit_page
from dashboard.voice.lines import answer_line
from dashboard.words import word
from qa.analytics.headline import Figure
from qa.analytics.intervals import Estimate

TEXTS = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """What every panel needs: the figures, titles of criteria, what was kept of promises, open disputes.

    ``own``: the viewer is the agent.
    """

    read: Read
    titles: Mapping[str, str]
    kept: Estimate
    disputes: int
    waiting: int
    own: bool = False

    def params(self, **more: str) -> dict[str, str]:
        """The agent's calls of these days as parts of an address."""
        days = self.read.days
        agent = str(self.read.agent.id)
        return {"from": str(days.first), "to": str(days.last), "agent": agent} | more

    def title(self, key: str) -> str:
        """Title of a criterion."""
        return self.titles.get(key, key)


def tiles(drawn: Drawn) -> None:
    """Score, satisfaction, recommendation, promises, disputes; each opens what is behind it."""
    read, agent = drawn.read, str(drawn.read.agent.id)
    calls = ("calls", drawn.params())
    percents, asked = (100.0, 0, _("%")), _("Surveys of these calls.")
    who = {"from": str(read.days.first), "to": str(read.days.last), "by": "agent", "who": read.agent.name}
    answers = calls if drawn.own else ("surveys", who)
    waits = _("None waits for an answer")
    if drawn.waiting:
        waits = ngettext("{count} waits for an answer", "{count} wait for an answer", drawn.waiting)
    answered = [_("n {n}", n=number(one.n)) for one in (read.csat, read.nps)]
    ended = _("{count} kept or broken", count=number(drawn.kept.n))
    every = (
        (_tile(_("Quality score"), read.score, (1.0, 1, ""), words.counted(read.score.n)), *calls),
        (_tile(_("Satisfied customers"), read.csat, percents, answered[0]), *answers),
        (_tile(_("Net promoter score"), read.nps, (1.0, 0, ""), answered[1]), *answers),
        (
            _tile(_("Promises kept"), drawn.kept, percents, ended),
            "promises",
            {"agent": agent, "shown": "all"},
        ),
        (
            Tile(_("Disputes"), number(drawn.disputes) if drawn.disputes else _("0"), "", Change("", waits)),
            "disputes",
            {},
        ),
    )
    within = Change("", asked)
    meant = (_signal(read.course), within, within, Change("", _("In these calls.")))
    for place, (column, (content, page, params)) in enumerate(
        zip(st.columns(5, gap="small"), every, strict=True)
    ):
        with column:
            shown = replace(content, change=meant[place]) if place < len(meant) else content
            go(f"agent_tile_{place}", tile(shown), page, label=content.label, params=params)


def _tile(label: str, one: Estimate, form: tuple[float, int, str], counted: str) -> Tile:
    scale, places, unit = form
    if one.value is None:
        return Tile(label, "", "", Change(""), count=0)
    said = " · ".join(part for part in (words.sure(one, scale, places), counted) if part)
    return Tile(label, number(one.value * scale, places), said, Change(""), unit, one.n)


def _signal(course: Figure) -> Change:
    """Bold and coloured when the newest week is a signal, else plain."""
    said = words.signal_words(course)
    if course.chart.last in ABOVE:
        return Change(said, tone="gain")
    return Change(said, tone="signal") if course.chart.last in BELOW else Change("", said)


def course_panel(drawn: Drawn) -> None:
    """The agent's own control chart; a point opens its week's calls."""
    figure = drawn.read.course
    with panel("agent_course", _("Score by week"), words.course_words(figure), stretch=False):
        if not len(figure.weeks) or figure.chart.values.size == 0 or drawn.read.score.n == 0:
            _nothing(_("Not enough calls yet."))
            return
        alt = _("Control chart of the weekly score of {name}", name=drawn.read.agent.name)
        chart = control_chart(Course(figure, lambda value: number(value, 1), marks=drawn.read.marks))
        at = picked(draw(chart, key="agent_course", alt=alt, clickable=True))
    if isinstance(at, int):
        week = drawn.params() | {"from": str(at), "to": str(at + 6)}
        st.switch_page(streamlit_page("calls"), query_params=week)


def stands_panel(drawn: Drawn) -> None:
    """Strengths and weaknesses against the agents the viewer sees; a point opens calls that lost there."""
    note = _("points from the mean of the agents you see, 95 % interval; filled: can be told apart from it")
    stands = [one for one in drawn.read.stands if one.gap.value is not None]
    with panel("agent_stands", _("Strengths and weaknesses"), note, stretch=False):
        if not stands:
            text = _("Not enough calls yet: ten verdicts of a criterion, and three agents to compare.")
            _nothing(text)
            return
        rows = [
            Effect(
                one.key,
                drawn.title(one.key),
                one.gap.value or 0.0,
                one.gap.low or 0.0,
                one.gap.high or 0.0,
                words.stand_words(one, in_chart(drawn.title(one.key))),
                one.side != 0,
            )
            for one in stands
        ]
        alt = _("Distance from the mean by criterion")
        key = picked(draw(forest_chart(rows), key="agent_stands", alt=alt, clickable=True))
        few = [drawn.title(one.key) for one in drawn.read.stands if one.gap.value is None]
        if few:
            _nothing(_("Under ten verdicts: {criteria}.", criteria=_(", ").join(few)))
    if isinstance(key, str):
        opened(["calls", drawn.params(lost=key)])


def measures_panel(drawn: Drawn) -> None:
    """Measures of the calls against their limits."""
    note = _("mean a call, 95 % interval; a row opens its calls")
    with panel("agent_measures", _("Measures"), note, stretch=False, dense=True):
        shown = [one for one in drawn.read.measures if one.mean.value is not None]
        if not shown:
            _nothing(_("Not enough calls yet."))
        for place, one in enumerate(shown):
            lost = words.CRITERIA.get(one.name)
            params = drawn.params(**({"lost": lost} if lost else {}))
            end = Markup("<b>{}</b>").format(words.measure_value(one))
            body = row(Row(word(one.name), words.measure_words(one), end, last=place == len(shown) - 1))
            go(f"agent_measure_{one.name}", body, "calls", label=word(one.name), params=params)


def heard_rows(drawn: Drawn, calls: Sequence[Heard], key: str) -> None:
    """Calls, each opened at the second that proves it."""
    now, zone = datetime.now(UTC), settings().zone
    for place, one in enumerate(calls):
        end = moment(one.started_at, zone, now)
        body = row(Row(*_heard(drawn, one), end, last=place == len(calls) - 1))
        params = {"call": one.call_key} | ({} if one.at is None else {"t": f"{one.at:.1f}"})
        go(f"agent_{key}_{one.call_key}", body, "call", label=_("Open the call"), params=params)


def heard_panels(drawn: Drawn, places: "Sequence[st.delta_generator.DeltaGenerator]") -> None:
    """The best calls, and where there is a second place the most instructive ones."""
    lists = (
        ("best", _("Best calls"), drawn.read.best, _("No call stands out yet.")),
        ("learn", _("Most instructive calls"), drawn.read.instructive, _("No call fell short.")),
    )
    note = _("opens at the second that proves it")
    for column, (key, title, calls, none) in zip(places, lists, strict=False):
        with column, panel(f"agent_{key}", title, note, stretch=False, dense=True):
            if not calls:
                _nothing(none)
            heard_rows(drawn, calls, key)


def _heard(drawn: Drawn, one: Heard) -> tuple[Markup, str]:
    proof = one.proof
    over = _("{points} against the usual of the queue", points=number(one.over, 1, signed=True))
    score = number(one.score, 1) if one.score else _("0")
    if proof is None:
        title = Markup.escape(_("Score {score}", score=score))
        said = [over, one.queue]
    else:
        title = Markup("{} · {}").format(drawn.title(proof.criterion), word(proof.verdict))
        title += Markup(" <q>{}</q>").format(proof.quote) if proof.quote else ""
        said = [_("score {score}", score=score), over, one.queue]
    said.append(_("from {time}", time=clock(one.at)) if one.at is not None else "")
    said.append("" if one.sounds else _("without a recording"))
    said.append(_("seen by the agent") if one.seen and not drawn.own else "")
    return title, " · ".join(part for part in said if part)


def surveys_panel(drawn: Drawn) -> None:
    """The newest words of customers in surveys of these calls."""
    read = drawn.read
    satisfied = _figure(read.csat, percent(read.csat.value or 0.0), 100)
    promoters = _figure(read.nps, number(read.nps.value or 0.0))
    note = _("CSAT {csat}, NPS {nps}", csat=satisfied, nps=promoters)
    with panel("agent_surveys", _("What customers wrote"), note, stretch=False, dense=True):
        texts = drawn.read.surveys.drop_nulls(["text", "score"]).sort("answered_at", descending=True)
        rows = texts.head(TEXTS).to_dicts()
        if not rows:
            _nothing(_("Nothing written yet."))
        for place, one in enumerate(rows):
            kind = {"csat": _("CSAT"), "nps": _("NPS"), "ces": _("CES")}[one["kind"]]
            answer_line(one, last=place == len(rows) - 1, note=kind, mark="agent")


def _figure(one: Estimate, shown: str, scale: float = 1.0) -> str:
    if one.value is None:
        return "–"
    known = _(", ").join(part for part in (words.sure(one, scale), _("n {n}", n=number(one.n))) if part)
    return f"{shown} ({known})"


def _nothing(text: str) -> None:
    show(Markup('<p class="sub">{}</p>').format(text))
