"""How an exemplary moment looks: what it shows, its sound, its words, whose it is."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.call.lines import PLACEHOLDER
from dashboard.data import library
from dashboard.data.library import Line, Moment, MomentFilter, MomentState
from dashboard.i18n import N_, _, clock, duration
from dashboard.identity import Viewer
from dashboard.parts import Markup, chip, go, panel, redaction, row, show, stack
from dashboard.parts.rows import Row
from dashboard.registry import streamlit_page
from dashboard.roles import LEADS
from dashboard.words import speaker, word
from qa.errors import NotFound

STATES = {
    MomentState.PROPOSED: N_("waits for the agent's consent"),
    MomentState.CONSENTED: N_("in the library"),
    MomentState.DECLINED: N_("declined by the agent"),
    MomentState.WITHDRAWN: N_("withdrawn"),
}
LIVE = frozenset({MomentState.PROPOSED, MomentState.CONSENTED, MomentState.DECLINED})
CLIP = "/qa/clip/"


def card(one: Moment, titles: Mapping[str, str], viewer: Viewer) -> None:
    """One moment in a panel of its own."""
    note = " · ".join(part for part in (titles.get(one.criterion, one.criterion), _who(one, viewer)) if part)
    with panel(f"moment_{one.id}", one.title, note, stretch=False):
        if one.why:
            show(Markup('<p class="moment-w" dir="auto">{}</p>').format(one.why))
        sound(one)
        show(words(one.lines))
        show(Markup('<p class="sub">{}</p>').format(_about(one)))
        with st.container(horizontal=True, vertical_alignment="center"):
            _acts(one, viewer)


def sound(one: Moment) -> None:
    """The player of the stretch alone; personal data in it is silent."""
    if one.media is None:
        show(Markup('<p class="sub">{}</p>').format(_("Words only: there is no recording.")))
        return
    label = _("Play: {title}", title=one.title)
    show(
        Markup('<audio class="clip" controls preload="none" src="{}{}" aria-label="{}"></audio>').format(
            CLIP, one.id, label
        )
    )


def words(lines: Sequence[Line]) -> Markup:
    """What is said, redacted, a line a turn."""
    line = Markup('<li class="{}"><b>{}</b> <span dir="auto">{}</span></li>')
    return Markup('<ol class="moment">{}</ol>').format(
        stack(line.format(one.speaker.value, speaker(one.speaker), masked(one.text)) for one in lines)
    )


def masked(text: str) -> Markup:
    """Words with what was hidden in them as a chip that says its kind."""
    parts = PLACEHOLDER.split(text)
    return stack(redaction(word(part)) if place % 2 else part for place, part in enumerate(parts))


def own_panel(viewer: Viewer, agent: int, titles: Mapping[str, str]) -> None:
    """The moments of one agent with their state, for who may see the agent's calls."""
    found = library.listed(viewer.scope, MomentFilter(LIVE, agent=agent))
    with panel("agent_moments", _("In the library"), _("exemplary moments"), stretch=False, dense=True):
        if not found:
            show(Markup('<p class="sub">{}</p>').format(_("None of these calls is in the library yet.")))
        for place, one in enumerate(found):
            about = _("{criterion} · {state}", criterion=titles.get(one.criterion, one.criterion),
                      state=_(STATES[one.state]))  # fmt: skip
            body = row(Row(one.title, about, clock(one.span.start), last=place == len(found) - 1))
            params = {"call": one.call_key or "", "t": f"{one.span.start:.1f}"}
            go(f"moment_{one.id}", body, "call", label=_("Open the call"), params=params)


def _who(one: Moment, viewer: Viewer) -> str:
    """The name where the agent wants it; who leads the agent knows it anyway."""
    if one.named and one.agent:
        return one.agent
    if one.own and viewer.agent_id is not None and viewer.agent_id == one.agent_id:
        return _("yours, without your name")
    if one.own and one.agent:
        return _("{name}, not named to others", name=one.agent)
    return ""


def _about(one: Moment) -> str:
    parts = [one.queue or "", word(one.language or ""), duration(one.span.length)]
    parts.append(_("proposed by {name}", name=one.added_by))
    parts += [_("generated")] if one.generated else []
    return " · ".join(part for part in parts if part)


def _acts(one: Moment, viewer: Viewer) -> None:
    if one.state is not MomentState.CONSENTED:
        show(chip(_(STATES[one.state]), "accent" if one.state is MomentState.PROPOSED else "line"))
    if not one.own or one.call_key is None:
        return
    st.page_link(
        streamlit_page("call"),
        label=_("Open the call"),
        query_params={"call": one.call_key, "t": f"{one.span.start:.1f}"},
    )
    if viewer.role in LEADS and st.button(_("Withdraw"), key=f"moment_out_{one.id}"):
        try:
            library.withdraw(one.id, viewer.user_id, viewer.scope)
        except NotFound:
            st.toast(_("Nothing was changed. Reload the page and try again."))
        else:
            st.toast(_("Withdrawn from the library"))
        st.rerun()
