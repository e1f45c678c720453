"""The panels of an agent's own page: kind words, own calls, nobody else's name."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard.agent import words
from dashboard.agent.drawing import Drawn
from dashboard.data import person
from dashboard.data.site import settings
from dashboard.i18n import _, clock, moment, number
from dashboard.identity import Viewer
from dashboard.library.showing import sound
from dashboard.mine.reading import Evidence, Focus
from dashboard.parts import Markup, Row, chip, go, panel, row, show
from dashboard.registry import streamlit_page
from dashboard.words import word
from qa.analytics.person import FEWEST, Change
from qa.errors import NotFound

BETTER = 4


def improved_panel(drawn: Drawn, found: Sequence[Change]) -> None:
    """What got better in the last four weeks against the eight before."""
    note = _("last four weeks against the eight before, own calls only")
    with panel("mine_improved", _("What improved"), note, stretch=False, dense=True):
        if not drawn.read.changes:
            _say(_("Not enough calls yet: ten verdicts in both times are needed."))
        elif not found:
            _say(_("Nothing moved by more than chance. Steady work is a result too."))
        for place, one in enumerate(found[:BETTER]):
            gain = number(100 * (one.gap.value or 0.0), signed=True)
            end = Markup("<b>{}</b>").format(gain)
            last = place == len(found[:BETTER]) - 1
            body = row(Row(drawn.title(one.key), words.change_words(one), end, last=last))
            go(f"mine_better_{one.key}", body, "calls", label=_("Open these calls"), params=drawn.params())


def focus_panel(drawn: Drawn, found: Focus | None, viewer: Viewer) -> None:
    """One thing to work on, with what there is to hear."""
    with panel("mine_focus", _("One thing to work on"), stretch=False, dense=True):
        if found is None:
            few = drawn.read.score.n < FEWEST
            _say(_("Not enough calls yet.") if few else _("Nothing stands out. Keep it up."))
            return
        lost = found.cost.lost
        text = _(
            "Worth {points} points a call on average ({interval}, {n}).",
            points=number(lost.value or 0.0, 1),
            interval=words.sure(lost, 1, 1),
            n=words.counted(lost.n),
        )
        show(
            Markup('<h3 class="mine-f">{}</h3><p class="sub">{}</p>').format(
                drawn.title(found.cost.key), text
            )
        )
        _evidence(_("Hear where it was missing"), found.lost, viewer, acts=True)
        _evidence(_("Hear where you did it well"), found.done, viewer, acts=False)
        if found.examples:
            show(Markup('<p class="mine-h">{}</p>').format(_("How it can sound, from the library")))
            for one in found.examples:
                show(Markup('<p class="sub">{}</p>').format(one.title))
                sound(one)


def _evidence(title: str, found: Sequence[Evidence], viewer: Viewer, *, acts: bool) -> None:
    if found:
        show(Markup('<p class="mine-h">{}</p>').format(title))
    for one in found:
        _line(one, last=acts or one is found[-1])
        if acts:
            _acts(one, viewer)


def _line(one: Evidence, *, last: bool) -> None:
    proof = one.proof
    when = moment(one.started_at, settings().zone, datetime.now(UTC))
    title = Markup("<q>{}</q>").format(proof.quote) if proof.quote else Markup.escape(when)
    said = [one.queue, word(proof.verdict), when if proof.quote else ""]
    said.append(_("from {time}", time=clock(proof.span.start)) if proof.span else _("the whole call"))
    body = row(Row(title, " · ".join(part for part in said if part), last=last))
    params = {"call": proof.call_key} | ({} if proof.span is None else {"t": f"{proof.span.start:.1f}"})
    key = f"mine_{proof.verdict.value.replace(' ', '_')}_{proof.call_key}"
    go(key, body, "call", label=_("Hear it on the page of the call"), params=params)


def _acts(one: Evidence, viewer: Viewer) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if one.seen is not None:
            when = moment(one.seen, settings().zone, datetime.now(UTC))
            show(chip(_("seen {time}", time=when), "line"))
        elif st.button(_("I have seen it"), key=f"mine_seen_{one.proof.call_key}"):
            _acknowledge(one, viewer)
        st.page_link(
            streamlit_page("call"),
            label=_("I see it differently"),
            query_params={"call": one.proof.call_key, "contest": one.proof.criterion},
        )


def _acknowledge(one: Evidence, viewer: Viewer) -> None:
    try:
        person.acknowledge(one.proof.call_key, one.proof.criterion, (viewer.user_id, viewer.agent_id))
    except NotFound:
        st.toast(_("Nothing was changed. Reload the page and try again."))
    else:
        st.toast(_("Noted: you have seen it"))
    st.rerun()


def _say(text: str) -> None:
    show(Markup('<p class="sub">{}</p>').format(text))
