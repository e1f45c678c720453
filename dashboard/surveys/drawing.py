"""The panels of the surveys page."""

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard.charts import draw, picked
from dashboard.charts.control import Course, control_chart
from dashboard.charts.shares import Bar, bar_chart
from dashboard.choosing import follow, put
from dashboard.i18n import N_, _, number, percent
from dashboard.overview.tiles import change, spark
from dashboard.parts import Cell, Change, Column, Figure, Tile, go, panel, show, sparkline, strip, table, tile
from dashboard.parts.marks import Markup
from dashboard.surveys.reading import Kind, Read
from dashboard.theme import colours
from dashboard.voice.lines import answer_of, group_line
from dashboard.voice.words import answered as answered_of
from dashboard.voice.words import saying, sure, sure_of, value_of
from dashboard.words import word
from qa.analytics.answers import Bias, bias, by_band, by_group

if TYPE_CHECKING:
    from collections.abc import Mapping

BY = {
    "queue": N_("By queue"),
    "agent": N_("By agent"),
    "team": N_("By team"),
    "service": N_("By service"),
}
MOST = 30
GROUP_MARK = "who"


def tiles(read: Read, params: "Mapping[str, str]") -> None:
    """One tile a kind; it opens the answers of its kind below."""
    for column, kind in zip(st.columns(len(read.kinds), gap="small"), read.kinds, strict=True):
        with column:
            here = dict(params) | {"kind": kind.kind}
            go(f"kind_{kind.kind}", tile(_tile(kind)), "surveys", label=_("Show these answers"), params=here)


def _tile(kind: Kind) -> Tile:
    say, one = saying(kind.kind), kind.figures.figure
    before = kind.course.before.value
    return Tile(
        label=say.label,
        value="" if one.value is None else number(one.value * say.scale, say.places),
        unit=say.unit,
        interval=sure_of(kind.kind, one),
        change=Change(_("No answers in the week before.")) if before is None else change(kind.course, say),
        count=one.n,
        drawing=sparkline(spark(kind.course, say), colours(), _("{label}, last 12 weeks", label=say.label)),
        help=say.help,
    )


def counts(kind: Kind) -> None:
    """Response rate, mean answer, orphans of the chosen kind."""
    found = kind.figures
    rate = found.response
    mean = "–" if found.mean is None or found.mean.value is None else number(found.mean.value, 2)
    show(
        strip(
            [
                Figure(
                    _("Response rate"),
                    "–" if rate.value is None else percent(rate.value),
                    "",
                    sure(rate, 100),
                ),
                Figure(_("Answers"), number(found.figure.n), "", _("of {count} sent", count=number(rate.n))),
                Figure(
                    _("Mean answer"), mean, "", "" if found.mean is None else answered_of(found.mean, 1, 2)
                ),
                Figure(_("Belong to no call"), number(found.orphans), "", _("counted in no agent's figure")),
            ]
        )
    )


def course(kind: Kind, params: "Mapping[str, str]") -> None:
    """The kind by week; a point opens its answers."""
    say = saying(kind.kind)
    note = _("by week with its 95 % interval; a point opens its answers")
    with panel("survey_course", say.label, note):
        figure = control_chart(Course(kind.course, lambda value: number(value, say.places), scale=say.scale))
        alt = _("Control chart of {label} by week", label=say.label)
        at = picked(draw(figure, key="survey_course", alt=alt, clickable=True))
    if isinstance(at, int):
        for name, value in (dict(params) | {"from": str(at), "to": str(at + 6)}).items():
            put(name, value)
        st.rerun()


def distribution(kind: Kind, chosen: str) -> None:
    """How often each answer was given; a bar opens its answers."""
    note = _("answers of each value; a bar opens them")
    with panel("survey_answers", _("Distribution"), note):
        scales = {scale for scale, _score, _n in kind.figures.distribution}
        rows = [
            Bar(
                f"{score}/{scale}",
                number(score) if len(scales) == 1 else answer_of(score, scale),
                count,
                number(count),
            )
            for scale, score, count in reversed(kind.figures.distribution)
        ]
        alt = _("Number of answers of each value")
        key = picked(draw(bar_chart(rows, chosen), key="survey_answers", alt=alt, clickable=True))
    if isinstance(key, str) and key != chosen:
        put("answer", key)
        st.rerun()


def groups(read: Read, kind: str, by: str, params: "Mapping[str, str]") -> None:
    """The kind of each queue, agent, team or service; a row opens its answers."""
    note = _("lowest first; those without a call are in none of them")
    with panel("survey_groups", _(BY[by]), note):
        st.selectbox(
            _("Grouped by"),
            list(BY),
            format_func=lambda name: _(BY[name]),
            key=follow("survey_by", by),
            label_visibility="collapsed",
            on_change=lambda: _regroup(st.session_state.survey_by),
        )
        found = by_group(read.surveys.lazy(), kind, by)[:MOST]
        if not found:
            show(Markup('<p class="sub">{}</p>').format(_("No answers belong to one.")))
        with st.container(gap=None):
            for place, group in enumerate(found):
                rate = "–" if group.response.value is None else percent(group.response.value)
                rate = _("response rate {share}", share=rate)
                detail = f"{sure_of(kind, group.figure)} · {rate}"
                end, last = value_of(kind, group.figure), place == len(found) - 1
                here = dict(params) | {"by": by, GROUP_MARK: group.name, "kind": kind}
                line = group_line(group.name, detail, end, last=last)
                go(f"group_{place}", line, "surveys", label=_("Show these answers"), params=here)


def _regroup(by: str) -> None:
    put(GROUP_MARK, "")
    put("by", by)


def who_answers(read: Read, kind: str) -> None:
    """Whether calls whose survey was answered are like the others."""
    found = bias(read.surveys.lazy(), kind)
    note = _("quality score of calls whose survey was answered, against the others")
    with panel("survey_bias", _("Who answers"), note):
        columns = (
            Column(""),
            Column(_("Quality score"), numeric=True),
            Column(_("95 % interval"), numeric=True),
        )
        rows = [
            (name, "–" if one.value is None else number(one.value, 1), Cell(sure(one), pale=True))
            for name, one in (
                (_("Answered"), found.answered), (_("Not answered"), found.unanswered), (_("Gap"), found.gap)
            )
        ]  # fmt: skip
        show(table(columns, rows, _("Quality score by answer")))
        show(Markup('<p class="sub">{}</p>').format(_bias_words(found)))


def _bias_words(found: Bias) -> str:
    if found.gap.value is None:
        return _("Too few scored calls to compare.")
    if not found.found:
        return _("No difference beyond chance: those who answer look like the others.")
    if found.gap.value > 0:
        return _("Customers of better calls answer more often; the figures above are likely too good.")
    return _("Customers of worse calls answer more often; the figures above are likely too low.")


def bands(read: Read) -> None:
    """Satisfaction beside the score of the call."""
    note = _("satisfaction of the customers whose call passed, is to be coached or was flagged")
    with panel("survey_bands", _("Satisfaction and quality score"), note):
        columns = (
            Column(_("Call")),
            Column(_("CSAT"), numeric=True),
            Column(_("95 % interval"), numeric=True),
        )
        rows = [
            (word(name), value_of("csat", one), Cell(sure_of("csat", one), pale=True))
            for name, one in by_band(read.surveys.lazy())
        ]
        show(table(columns, rows, _("Satisfaction by band")))


def answered(frame: pl.DataFrame) -> int:
    """How many answers a table holds."""
    return int(frame.drop_nulls("score")["n"].sum())
