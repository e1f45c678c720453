"""What moves satisfaction, and what comments are about."""

from collections.abc import Mapping

import streamlit as st

from dashboard.charts import draw, picked
from dashboard.charts.forest import Effect, forest_chart
from dashboard.charts.shares import Bar, bar_chart
from dashboard.choosing import put
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, interval, language, number, percent
from dashboard.parts import Cell, Column, panel, show, table
from dashboard.parts.marks import Markup
from dashboard.registry import streamlit_page
from qa.analytics.drivers import ANSWERS, MINUTES, SMALLER, Driver, Drivers
from qa.analytics.topics import Topic

MOST = 12


def drivers_panel(found: Drivers, params: Mapping[str, str]) -> None:
    """Effects with intervals; a point opens the calls that lost points there."""
    note = _("points of satisfaction between not met and met, with the 95 % interval")
    with panel("drivers", _("Drivers of satisfaction"), note):
        if not found.enough or not found.rows:
            text = _(
                "Needs {answers} answers with a scored call, {smaller} of them in the smaller class;"
                " there are {n} and {m}.",
                answers=number(ANSWERS),
                smaller=number(SMALLER),
                n=number(found.answers),
                m=number(found.smaller),
            )
            show(Markup('<p class="sub">{}</p>').format(text))
            return
        titles = common_titles(language()) | {MINUTES: _("Call five minutes longer")}
        rows = [_effect(one, titles) for one in found.rows[:MOST]]
        alt = _("Effects on satisfaction with their intervals")
        key = picked(draw(forest_chart(rows), key="drivers", alt=alt, clickable=True))
        text = _(
            "{n} answers. Filled points stand after correction for many comparisons (10 %)."
            " What goes together need not be the cause.",
            n=number(found.answers),
        )
        if found.drawn:
            text += " " + drawn_words(found)
        show(Markup('<p class="sub">{}</p>').format(text))
    if isinstance(key, str) and key != MINUTES:
        st.switch_page(streamlit_page("calls"), query_params=dict(params) | {"lost": key})


def drawn_words(found: Drivers) -> str:
    """That not every answer was looked at."""
    return _("They were drawn by lot from {all} answers.", all=number(found.given))


def _effect(one: Driver, titles: Mapping[str, str]) -> Effect:
    value, low, high = (100 * (x or 0.0) for x in (one.effect.value, one.effect.low, one.effect.high))
    said = f"{titles.get(one.key, one.key)}: {number(value, 1, signed=True)} ({interval(low, high, 1)})"
    return Effect(one.key, titles.get(one.key, one.key), value, low, high, said, one.stands)


def topics_panel(topics: tuple[Topic, ...], names: Mapping[str, str], chosen: str) -> None:
    """Volume, sentiment and impact of each topic; a bar opens its comments."""
    note = _("number of comments; a bar opens them")
    with panel("topics", _("What comments are about"), note):
        if not topics:
            show(Markup('<p class="sub">{}</p>').format(_("No comments in these days.")))
            return
        shown = topics[:MOST]
        rows = [Bar(one.key, names.get(one.key, one.key), one.count, number(one.count)) for one in shown]
        alt = _("Number of comments of each topic")
        key = picked(draw(bar_chart(rows, chosen), key="topics", alt=alt, clickable=True))
        show(_topic_table(shown, names))
        text = _("Impact: distance of the topic's mean sentiment from the mean of all, times its comments.")
        show(Markup('<p class="sub">{}</p>').format(text))
    if isinstance(key, str) and key != chosen:
        put("rows", f"topic:{key}")
        st.rerun()


def _topic_table(topics: tuple[Topic, ...], names: Mapping[str, str]) -> Markup:
    heads = (_("Topic"), _("Sentiment"), _("95 % interval"), _("Negative"), _("Impact"))
    columns = [Column(name, numeric=place > 0) for place, name in enumerate(heads)]
    rows = []
    for one in topics:
        felt, bad = one.sentiment, one.negative
        few = Cell(_("too few"), pale=True)
        rows.append(
            (
                names.get(one.key, one.key),
                "–" if felt.value is None else number(felt.value, 2, signed=True),
                Cell(
                    "–" if felt.low is None or felt.high is None else interval(felt.low, felt.high, 2),
                    pale=True,
                ),
                "–" if bad.value is None else percent(bad.value),
                few if one.impact is None else number(one.impact, 1, signed=True),
            )
        )
    return table(columns, rows, _("Topics by sentiment"))
