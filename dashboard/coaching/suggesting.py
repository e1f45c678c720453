"""The list of suggestions: who, on what, why, what it would bring; one click prepares the session."""

from collections.abc import Mapping

import streamlit as st

from dashboard.coaching.preparing import from_suggestion, open_room, prepare, title_of
from dashboard.coaching.reading import suggested
from dashboard.coaching.words import gain, why
from dashboard.data import choices, coaching
from dashboard.data.coaching import CoachingState, SessionFilter
from dashboard.i18n import _, language, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from dashboard.parts.frame import go
from qa.analytics.gain import Suggestion

SHOWN, MOST = 6, 100
BUSY = 42
"""Days after a session in which the same agent is not suggested again for the same criterion."""


def suggestions_panel(viewer: Viewer) -> None:
    """The suggestions, the largest expected gain first; a session that is there already stands instead."""
    found = suggested(viewer.scope, language())
    names = {one.id: one.name for one in choices.agents(viewer.scope)}
    busy = _busy(viewer)
    note = _("last 13 weeks; only where the whole interval is under the team's level")
    with panel("suggestions", _("Worth coaching"), note, stretch=False, dense=True):
        if not found:
            show(Markup('<p class="sub">{}</p>').format(_("Nobody is surely under the team's level.")))
            return
        every = st.session_state.get("suggestions_all", False)
        shown = found if every else found[:SHOWN]
        for place, one in enumerate(shown):
            _line(viewer, one, names, busy, last=place == len(shown) - 1)
        if len(found) > SHOWN and not every:
            more = ngettext("{count} more suggestion", "{count} more suggestions", len(found) - SHOWN)
            if st.button(more, key="suggestions_more"):
                st.session_state["suggestions_all"] = True
                st.rerun()


def _line(
    viewer: Viewer,
    one: Suggestion,
    names: Mapping[int, str],
    busy: Mapping[tuple[int, str], int],
    *,
    last: bool,
) -> None:
    place, button = st.columns([8.2, 1.8], vertical_alignment="center", gap="small")
    key = f"{one.agent}_{one.key}"
    value, said = gain(one.gain)
    end = Markup('<span class="t"><b>{}</b>{}</span>').format(
        _("{gain} points", gain=value), _("of the score, {interval}", interval=said)
    )
    body = Markup(
        '<div class="row {}"><i class="bar soft"></i><span><b>{}</b><span class="s">{}</span></span>{}</div>'
    ).format(
        "last" if last else "",
        _("{name}: {criterion}", name=names.get(one.agent, ""), criterion=title_of(one.key)),
        why(one),
        end,
    )
    with place:
        go(
            f"why_{key}",
            body,
            "calls",
            label=_("Open these calls"),
            params={"agent": str(one.agent), "lost": one.key},
        )
    with button:
        known = busy.get((one.agent, one.key))
        if known is not None:
            if st.button(_("Open the room"), key=f"known_{key}", width="stretch"):
                open_room(known)
        elif st.button(_("Prepare"), key=f"prepare_{key}", width="stretch"):
            made = prepare(viewer, from_suggestion(one))
            if made is not None:
                open_room(made)


def _busy(viewer: Viewer) -> dict[tuple[int, str], int]:
    """Sessions that are prepared or recent, by agent and criterion."""
    after = coaching.today() - BUSY
    return {
        (member.agent_id, session.criterion): session.id
        for session in reversed(coaching.listed(viewer.scope, SessionFilter(), MOST))
        for member in session.members
        if session.state is CoachingState.PREPARED or (session.held_day or 0) >= after
    }
