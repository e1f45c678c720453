"""The answers behind the figures: lowest first, and those that the score of their call contradicts."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import streamlit as st

from dashboard import paging
from dashboard.address import number_of
from dashboard.choosing import put
from dashboard.data import voice
from dashboard.data.voice import AnswerFilter, Listed
from dashboard.i18n import _, ngettext, number
from dashboard.parts import panel, show
from dashboard.parts.marks import Markup
from dashboard.surveys.drawing import BY, GROUP_MARK, answered
from dashboard.surveys.reading import Read
from dashboard.voice.lines import answer_line, answer_of
from qa.analytics.answers import contradictions

SIZE, FEW = 15, 6


def narrowed(
    wanted: AnswerFilter, frame: pl.DataFrame, params: Mapping[str, str]
) -> tuple[AnswerFilter, pl.DataFrame, str]:
    """The answers that a bar or a row opened, their cells, and what they are in words."""
    said = []
    score, _slash, scale = params.get("answer", "").partition("/")
    if number_of(score) is not None and number_of(scale) is not None:
        wanted = replace(wanted, answer=(int(score), int(scale)))
        frame = frame.filter((pl.col("score") == int(score)) & (pl.col("scale") == int(scale)))
        said.append(answer_of(int(score), int(scale)))
    by, who = params.get("by", ""), params.get(GROUP_MARK, "")
    if by in BY and who:
        wanted = replace(wanted, **{by: who})
        frame = frame.filter(pl.col(by) == who)
        said.append(who)
    return wanted, frame, " · ".join(said)


def asked(read: Read, kind: str) -> AnswerFilter:
    """The answers of a kind in the days and filters of the page."""
    wanted = read.wanted
    days = voice.span(wanted.first, wanted.last)
    return AnswerFilter(kind, days, wanted.queue, wanted.service, wanted.language)


def answer_list(read: Read, kind: str) -> None:
    """The answers of a kind, lowest first, fifteen at a time."""
    given = read.surveys.filter((pl.col("kind") == kind) & pl.col("score").is_not_null())
    wanted, frame, said = narrowed(asked(read, kind), given, st.query_params)
    count = ngettext("{count} answer", "{count} answers", answered(frame))
    note = _("lowest first; a row opens its call")
    with panel("survey_rows", _("Answers"), f"{count} · {note}", dense=True):
        if said:
            _chosen(said)
        found, following = paging.opened(lambda after: voice.listed(read.scope, wanted, SIZE, after))
        rows = found.to_dicts()
        if not rows:
            show(Markup('<p class="sub">{}</p>').format(_("No such answers.")))
        for place, one in enumerate(rows):
            answer_line(one, last=place == len(rows) - 1)
    paging.buttons("survey", following)


def _chosen(said: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show(Markup('<p class="sub">{}</p>').format(_("Only {what}", what=said)))
        if st.button(_("Show all answers"), key="survey_all", type="tertiary"):
            put("answer", "")
            put(GROUP_MARK, "")
            st.rerun()


def contradicted(read: Read) -> None:
    """Where answer and score disagree, both ways: the interesting lists."""
    counts = contradictions(read.surveys.lazy())
    sides = (
        (Listed.ANSWER_HIGHER, _("Satisfied, though the call was flagged")),
        (Listed.SCORE_HIGHER, _("Not satisfied, though the call passed")),
    )
    for column, (side, title) in zip(st.columns(2, gap="small"), sides, strict=True):
        count = ngettext("{count} call", "{count} calls", counts[side.value])
        note = _("widest gap first; a row opens its call")
        with column, panel(f"survey_gap_{side.value}", title, f"{count} · {note}", dense=True):
            wanted = replace(asked(read, "csat"), listed=side)
            rows = voice.listed(read.scope, wanted, FEW)[0].to_dicts() if counts[side.value] else []
            if not rows:
                show(Markup('<p class="sub">{}</p>').format(_("Answers and scores agree.")))
            for place, one in enumerate(rows):
                said = _("quality score {score}", score=number(one["quality"], 0))
                answer_line(one, last=place == len(rows) - 1, note=said, mark=side.value)
