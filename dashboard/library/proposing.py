"""Proposing a moment for the library, from a call's evidence; its agent is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.agent.heard import Heard
from dashboard.data import library
from dashboard.data.calls import CallDetail, load_call
from dashboard.data.library import NewMoment
from dashboard.i18n import _, clock
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from dashboard.roles import LEADS
from qa.errors import InvalidSetting, NotFound
from qa.records import Span, Verdict
from qa.review.moments import stretch


@dataclass(frozen=True, slots=True)
class Choice:
    """A verdict that could be shown to others, and how it is named in the list."""

    call_key: str
    criterion: str
    label: str


def propose_best(calls: Sequence[Heard], viewer: Viewer, titles: Mapping[str, str]) -> None:
    """The form under an agent's best calls: the moments that they were chosen for."""
    choices = []
    for one in calls:
        proof = one.proof
        if proof is not None and one.at is not None:
            title = titles.get(proof.criterion, proof.criterion)
            choices.append(
                Choice(one.call_key, proof.criterion, f"{title} · {clock(one.at)} · {proof.quote}")
            )
    _form("best", choices, viewer, lambda key: load_call(key, viewer.scope))


def propose_of(detail: CallDetail, viewer: Viewer, titles: Mapping[str, str]) -> None:
    """The form on the page of a call: every criterion that is met and can be heard."""
    scoring = detail.automatic.scoring if detail.automatic else None
    if viewer.role not in LEADS or scoring is None or detail.transcript is None or not detail.head.agent_id:
        return
    choices = []
    for result in scoring.criteria:
        span = stretch(result, detail.transcript)
        if result.judgement.verdict is Verdict.MET and span is not None:
            label = f"{titles.get(result.key, result.key)} · {clock(span.start)}"
            choices.append(Choice(detail.head.key, result.key, label))
    _form("call", choices, viewer, lambda _key: detail)


def _form(
    key: str, choices: Sequence[Choice], viewer: Viewer, find: Callable[[str], CallDetail | None]
) -> None:
    if not choices:
        return
    with st.popover(_("Propose a moment for the library"), width="stretch"):
        note = _("The agent is asked first. Until then nobody else hears it; personal data stays hidden.")
        show(Markup('<p class="sub">{}</p>').format(note))
        chosen = st.selectbox(
            _("Moment"), range(len(choices)), format_func=lambda n: choices[n].label, key=f"{key}_moment"
        )
        title = st.text_input(
            _("What is good here, in a few words"), max_chars=library.TITLE, key=f"{key}_title"
        )
        why = st.text_area(_("Why it works"), max_chars=library.WHY, key=f"{key}_why")
        if st.button(_("Ask the agent"), key=f"{key}_ask", type="primary"):
            _ask(choices[chosen], (title, why), viewer, find)


def _ask(
    one: Choice, said: tuple[str, str], viewer: Viewer, find: Callable[[str], CallDetail | None]
) -> None:
    title, why = said
    if not title.strip():
        st.error(_("Say in a few words what is good."))
        return
    try:
        new = NewMoment(one.call_key, one.criterion, _span(one, find(one.call_key)), title, why)
        library.propose(new, viewer.user_id, viewer.scope)
    except InvalidSetting:
        st.error(_("The agent was asked about this moment before, or nothing is said in it."))
    except NotFound:
        st.error(_("Nothing was changed. Reload the page and try again."))
    else:
        st.toast(_("The agent is asked"))
        st.rerun()


def _span(one: Choice, detail: CallDetail | None) -> Span:
    results = detail.automatic.scoring.criteria if detail and detail.automatic else ()
    result = next((each for each in results if each.key == one.criterion), None)
    span = stretch(result, detail.transcript) if result and detail and detail.transcript else None
    if span is None:
        raise NotFound(f"Call {one.call_key} has no such moment any more; reload the page.")
    return span
