"""Past calls scored again under a version, in the background, with the old evaluations kept."""

import streamlit as st

from dashboard import still
from dashboard.data import rescoring
from dashboard.data.cards import Card
from dashboard.data.rescoring import GOING, Run, RunState, Wanted
from dashboard.i18n import N_, _, number, percent
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from dashboard.scorecards.picking import chosen_version
from dashboard.scorecards.showing import when

POLL = 1.0
SHOW, KEEP = "show", "keep"
AFTER = {
    SHOW: N_("Pages show the new scores; the old ones stay beside them"),
    KEEP: N_("Pages go on showing the scores of today"),
}
STATES = {
    RunState.QUEUED: N_("waiting"),
    RunState.RUNNING: N_("in progress"),
    RunState.DONE: N_("done"),
    RunState.STOPPED: N_("stopped"),
    RunState.FAILED: N_("failed"),
}


def draw_again(viewer: Viewer, card: Card) -> None:
    """The way to begin, and how far the last runs are."""
    version = chosen_version(card)
    if version is None:
        with panel("again", _("Score again"), stretch=False):
            show(Markup('<p class="sub">{}</p>').format(_("Publish the draft first.")))
        return
    title = _("Score again under version {version}", version=number(version))
    with panel("again", title, _("no history is lost"), stretch=False):
        own = st.radio(
            _("Which calls"),
            [True, False],
            format_func=lambda value: (
                _("Those it judged before") if value else _("All calls in its language")
            ),
            key="again_own",
            horizontal=True,
        )
        after = st.radio(
            _("And then"), [SHOW, KEEP], index=1, format_func=lambda name: _(AFTER[name]), key="again_after"
        )
        if st.button(_("Score again"), key="again_start", type="primary", icon=":material/restart_alt:"):
            wanted = Wanted(card.id, version, own=bool(own), current=after == SHOW)
            rescoring.start(viewer.role, viewer.display_name, wanted)
            st.rerun()
    _runs(viewer, card.id)


def _runs(viewer: Viewer, card: str) -> None:
    going = any(run.state in GOING for run in rescoring.of_card(card))
    # Looked at again only while something moves.
    still.fragment(run_every=POLL if going else None)(_draw_runs)(viewer, card, going=going)


def _draw_runs(viewer: Viewer, card: str, *, going: bool) -> None:
    found = rescoring.of_card(card)
    if going and not any(run.state in GOING for run in found):
        st.rerun(scope="app")
    if found:
        with panel("runs", _("Last runs"), stretch=False):
            for run in found:
                _draw_run(viewer, run)


def _draw_run(viewer: Viewer, run: Run) -> None:
    state = _(STATES[run.state])
    line = _(
        "Version {version}: {state}, {done} of {total} calls, {scored} judged anew",
        version=number(run.wanted.version or 0), state=state, done=number(run.done), total=number(run.total),
        scored=number(run.scored),
    )  # fmt: skip
    who = _("{time}, {name}", time=when(run.created_at), name=run.created_by)
    show(
        Markup('<p><b>{}</b><br><span class="s">{} · {}</span></p>').format(
            line, who, _(AFTER[SHOW if run.wanted.current else KEEP])
        )
    )
    if run.state in GOING:
        st.progress(run.share, text=percent(run.share))
        if st.button(_("Stop"), key=f"again_stop_{run.id}"):
            rescoring.stop(viewer.role, run.id)
            st.rerun(scope="app")
    if run.state is RunState.STOPPED and st.button(_("Go on"), key=f"again_on_{run.id}"):
        rescoring.start(viewer.role, viewer.display_name, run.wanted)
        st.rerun(scope="app")
    if run.state is RunState.FAILED and run.reason:
        st.error(run.reason)
