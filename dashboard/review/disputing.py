"""Disputes on the page of a call: what was contested and answered, and the forms for who may act."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from dashboard.data import disputes, scorecards
from dashboard.data.calls import CallDetail
from dashboard.data.disputes import Answer, Dispute, DisputeEvent, DisputeOutcome, DisputeState
from dashboard.data.site import settings
from dashboard.i18n import _, language, moment, number
from dashboard.identity import Viewer
from dashboard.parts import Markup, chip, panel, show
from dashboard.review.words import desk_word, due_text
from dashboard.words import word
from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict

LONGEST = 2000


def dispute_panel(detail: CallDetail, viewer: Viewer) -> None:
    """The disputes of this call for whoever may see it; the agent's form to contest, the desk's to answer."""
    own = viewer.agent_id is not None and viewer.agent_id == detail.head.agent_id
    found = disputes.of_call(detail.head.id, viewer.scope)
    scoring = detail.automatic.scoring if detail.automatic else None
    if scoring is None or not (own or found):
        return
    titles = scorecards.titles(scoring.scorecard, scoring.version, language())
    note = _("a verdict, the agent's reason, the answer; the first verdict stays beside the outcome")
    with panel("disputes", _("Disputes"), note):
        steps = disputes.steps(found)
        for one in found:
            show(story(one, steps[one.id], titles.get(one.key, one.key)))
            _actions(one, viewer, own=own)
        if own:
            free = [c.key for c in scoring.criteria if c.key not in {one.key for one in found}]
            _contest(detail.head.key, viewer, {key: titles.get(key, key) for key in free})


def story(one: Dispute, steps: tuple[DisputeEvent, ...], title: str) -> Markup:
    """One dispute from its first word to its outcome."""
    now, zone = datetime.now(UTC), settings().zone
    line = Markup('<li><b>{}</b> <span class="s">{} · {}</span><p dir="auto">{}</p></li>')
    body = Markup("").join(
        line.format(step.author, _said(step), moment(step.at, zone, now), step.text) for step in steps
    )
    return Markup('<div class="dispute"><h3>{} {}</h3><p class="sub">{}</p><ol>{}</ol></div>').format(
        title, state(one, now), change(one), body
    )


def state(one: Dispute, now: datetime) -> Markup:
    """Where it stands."""
    if one.state is DisputeState.OPEN:
        text, late = due_text(one.due, now)
        return chip(_("{state}, {due}", state=desk_word(one.state), due=text), "now" if late else "accent")
    return chip(desk_word(one.outcome or one.state), "")


def change(one: Dispute) -> str:
    """The contested verdict, and the one it led to beside it."""
    giver = one.contested or _("the machine")
    first = _("{verdict}, said {name}", verdict=word(one.original), name=giver)
    if one.verdict is None:
        return first
    return _("{before}; now {after}", before=first, after=word(one.verdict))


def _said(step: DisputeEvent) -> str:
    told = desk_word(step.outcome or step.step)
    return _("round {number}: {what}", number=number(step.round), what=told)


def _actions(one: Dispute, viewer: Viewer, *, own: bool) -> None:
    if own and one.state is DisputeState.ANSWERED:
        _ask_again(one, viewer)
    elif not own and disputes.may_answer(one, viewer.user_id):
        _answer(one, viewer)


def _contest(call_key: str, viewer: Viewer, titles: dict[str, str]) -> None:
    if not titles:
        return
    wanted, keys = st.query_params.get("contest", ""), list(titles)  # a link of the agent's own page
    place = keys.index(wanted) if wanted in titles else None
    with st.expander(_("Contest a verdict"), expanded=place is not None):
        key = st.selectbox(
            _("Criterion"), keys, place or 0, format_func=lambda k: titles[k], key="contest_key"
        )
        text = st.text_area(_("Why is the verdict wrong?"), max_chars=LONGEST, key="contest_text")
        if st.button(_("Contest"), key="contest_send", type="primary"):
            who = (viewer.user_id, viewer.agent_id)
            _attempt(lambda: disputes.contest(call_key, key, text, who), _("Contested"))


def _ask_again(one: Dispute, viewer: Viewer) -> None:
    who = (viewer.user_id, viewer.agent_id)
    text = st.text_area(_("What does the answer leave out?"), max_chars=LONGEST, key=f"again_{one.id}")
    left = _("{count} of {all} rounds are left", count=number(disputes.ROUNDS - one.round),
             all=number(disputes.ROUNDS))  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Ask again"), key=f"again_send_{one.id}"):
            _attempt(lambda: disputes.reopen(one.id, who, text), _("Asked again"))
        if st.button(_("Leave it at that"), key=f"again_close_{one.id}"):
            _attempt(lambda: disputes.close(one.id, who), _("Dispute closed"))
        show(Markup('<p class="sub">{}</p>').format(left))


def _answer(one: Dispute, viewer: Viewer) -> None:
    outcomes = list(DisputeOutcome)
    now = one.verdict or one.original
    outcome = st.radio(
        _("Answer"), outcomes, format_func=desk_word, horizontal=True, key=f"answer_{one.id}_{one.round}"
    )
    verdict: Verdict | None = None
    if outcome is not DisputeOutcome.REJECTED:
        others = [each for each in Verdict if each is not now]
        verdict = st.selectbox(_("Verdict from now on"), others, format_func=word, key=f"verdict_{one.id}")
    text = st.text_area(_("Why?"), max_chars=LONGEST, key=f"answer_text_{one.id}_{one.round}")
    if st.button(_("Send answer"), key=f"answer_send_{one.id}", type="primary"):
        said = Answer(outcome, text, verdict)
        _attempt(lambda: disputes.answer(one.id, (viewer.user_id, viewer.scope), said), _("Answer sent"))


def _attempt(action: Callable[[], object], done: str) -> None:
    try:
        action()
    except InvalidSetting:
        st.error(_("Write a reason first."))
    except NotFound:
        st.error(_("Nothing was changed. Reload the page and try again."))
    else:
        st.toast(done)
        st.rerun()
