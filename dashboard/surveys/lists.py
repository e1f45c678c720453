"""The answers behind the figures: lowest first, and those that the score of their call contradicts."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from dashboard.address import number_of
from dashboard.i18n import _, ngettext, number
from dashboard.parts import panel, show
from dashboard.parts.marks import Markup
from dashboard.surveys.drawing import BY, GROUP_MARK
from dashboard.surveys.reading import Read
from dashboard.voice.filters import put
from dashboard.voice.lines import answer_line, answer_of
from qa.analytics.answers import disagreements, worst

SIZE, FEW = 15, 6


def narrowed(frame: pl.DataFrame, params: Mapping[str, str]) -> tuple[pl.DataFrame, str]:
    """The answers that a bar or a row opened, and what they are in words."""
    said = []
    score, _slash, scale = params.get("answer", "").partition("/")
    if number_of(score) is not None and number_of(scale) is not None:
        frame = frame.filter((pl.col("score") == int(score)) & (pl.col("scale") == int(scale)))
        said.append(answer_of(int(score), int(scale)))
    by, who = params.get("by", ""), params.get(GROUP_MARK, "")
    if by in BY and who:
        frame = frame.filter(pl.col(by) == who)
        said.append(who)
    return frame, " · ".join(said)


def answer_list(read: Read, kind: str) -> None:
    """The answers of a kind, lowest first, fifteen at a time."""
    frame, said = narrowed(worst(read.surveys.lazy(), kind).collect(), st.query_params)
    skip = number_of(st.query_params.get("skip", "")) or 0
    count = ngettext("{count} answer", "{count} answers", frame.height)
    note = _("lowest first; a row opens its call")
    with panel("survey_rows", _("Answers"), f"{count} · {note}", dense=True):
        if said:
            _chosen(said)
        rows = frame.slice(skip, SIZE).to_dicts()
        if not rows:
            show(Markup('<p class="sub">{}</p>').format(_("No such answers.")))
        for place, one in enumerate(rows):
            answer_line(one, last=place == len(rows) - 1)
    first, _rest, end = st.columns([1, 6, 1])
    if skip and first.button(_("Back"), key="survey_back", width="stretch"):
        put("skip", str(max(0, skip - SIZE)))
        st.rerun()
    if skip + SIZE < frame.height and end.button(_("More"), key="survey_more", width="stretch"):
        put("skip", str(skip + SIZE))
        st.rerun()


def _chosen(said: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show(Markup('<p class="sub">{}</p>').format(_("Only {what}", what=said)))
        if st.button(_("Show all answers"), key="survey_all", type="tertiary"):
            put("answer", "")
            put(GROUP_MARK, "")
            st.rerun()


def contradicted(read: Read) -> None:
    """Where answer and score disagree, both ways: the interesting lists."""
    frame = disagreements(read.surveys.lazy()).collect()
    sides = (
        ("answer", _("Satisfied, though the call was flagged")),
        ("score", _("Not satisfied, though the call passed")),
    )
    for column, (higher, title) in zip(st.columns(2, gap="small"), sides, strict=True):
        theirs = frame.filter(pl.col("higher") == higher)
        count = ngettext("{count} call", "{count} calls", theirs.height)
        note = _("widest gap first; a row opens its call")
        with column, panel(f"survey_gap_{higher}", title, f"{count} · {note}", dense=True):
            rows = theirs.head(FEW).to_dicts()
            if not rows:
                show(Markup('<p class="sub">{}</p>').format(_("Answers and scores agree.")))
            for place, one in enumerate(rows):
                said = _("quality score {score}", score=number(one["quality"], 0))
                answer_line(one, last=place == len(rows) - 1, note=said, mark=higher)
