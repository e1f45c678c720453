"""The weekly plan: what was drawn with which seed, the button that draws it, what the site decides."""

from dataclasses import replace

import streamlit as st

from dashboard.data import choices, review
from dashboard.data.review import DeskSettings, Plan
from dashboard.data.scorecards import common_titles
from dashboard.i18n import N_, _, from_to, language, ngettext, number
from dashboard.identity import Viewer
from dashboard.parts import Markup, code, panel, show
from dashboard.roles import role_label
from qa.errors import InvalidSetting

ANSWER_BY = {
    "any": N_("anybody who may judge the call"),
    "same": N_("who gave the verdict"),
    "other": N_("somebody else than who gave the verdict"),
}


def plan_panel(viewer: Viewer) -> None:
    """The plan of the last whole week, or the way to make it."""
    week = review.last_week()
    days = from_to(week, week + review.WEEK - 1)
    with panel("plan", _("Weekly plan"), days, stretch=False):
        found = review.plan_of(week)
        if found is not None:
            show(told(found))
        elif viewer.role not in review.PLANNERS:
            _note(_("Not made yet. A manager makes it, or the worker when the week begins."))
        elif st.button(_("Make the plan"), key="make_plan", type="primary"):
            _make(viewer, week)
        if viewer.role in review.PLANNERS:
            with st.expander(_("Settings of the desk")):
                _settings(viewer)


def told(plan: Plan) -> Markup:
    """How the plan was made, so that anybody can draw it again."""
    decided = plan.settings
    lines = [
        _("{count} of each agent at random, {risk} by risk, {targeted} targeted",
          count=number(decided.get("per_agent", 0)), risk=number(decided.get("risk", 0)),
          targeted=number(decided.get("targeted", 0))),
        ngettext("drawn from {count} call", "drawn from {count} calls", plan.population),
        Markup.escape(_("seed {seed}")).format(seed=code(str(plan.seed))),
    ]  # fmt: skip
    if plan.author:
        lines.append(_("made by {name}", name=plan.author))
    if plan.generated:
        lines.append(_("generated data"))
    return Markup('<p class="sub">{}</p>').format(Markup(" · ").join(lines))


def _make(viewer: Viewer, week: int) -> None:
    try:
        made = review.make_plan(viewer.role, viewer.user_id, week)
    except InvalidSetting:
        st.error(_("Nothing was drawn: this week has no scored call, or somebody has just made its plan."))
        return
    st.toast(ngettext("{count} call drawn", "{count} calls drawn", made))
    st.rerun()


def _settings(viewer: Viewer) -> None:
    now = review.decided()
    sizes = st.columns(3)
    per_agent = sizes[0].number_input(_("Random, of each agent"), 0, 50, now.per_agent, key="desk_agent")
    risk = sizes[1].number_input(_("Risk, in all"), 0, 500, now.risk, key="desk_risk")
    targeted = sizes[2].number_input(_("Targeted, in all"), 0, 500, now.targeted, key="desk_targeted")
    chosen = replace(now, per_agent=per_agent, risk=risk, targeted=targeted)
    chosen = _times(_people(_aim(chosen)))
    if st.button(_("Save settings"), key="desk_save"):
        review.decide(viewer.role, chosen)
        st.toast(_("Settings saved"))


def _aim(now: DeskSettings) -> DeskSettings:
    queues = {None: _("any queue")} | {queue.id: queue.name for queue in choices.queues()}
    titles = {"": _("any criterion")} | common_titles(language())
    places = st.columns(3)
    queue = places[0].selectbox(
        _("Targeted: queue"),
        list(queues),
        _place(list(queues), now.queue_id),
        lambda q: queues[q],
        key="desk_queue",
    )
    criterion = places[1].selectbox(
        _("Targeted: points lost at"), list(titles), _place(list(titles), now.criterion), lambda c: titles[c],
        key="desk_criterion",
    )  # fmt: skip
    days = places[2].number_input(
        _("Targeted: agents in their first days"), 0, 365, now.new_agent_days, key="desk_new"
    )
    return replace(now, queue_id=queue, criterion=criterion or "", new_agent_days=days)


def _people(now: DeskSettings) -> DeskSettings:
    people = {user.id: f"{user.display_name} · {role_label(user.role)}" for user in review.leads()}
    chosen = st.multiselect(
        _("Reviewers"),
        list(people),
        [user for user in now.reviewers if user in people],
        format_func=lambda user: people[user],
        placeholder=_("every supervisor, for the own teams"),
        key="desk_reviewers",
    )
    rules = list(ANSWER_BY)
    rule = st.selectbox(
        _("Disputes are answered by"),
        rules,
        rules.index(now.answer_by),
        lambda r: _(ANSWER_BY[r]),
        key="desk_by",
    )
    return replace(now, reviewers=tuple(chosen), answer_by=rule)


def _times(now: DeskSettings) -> DeskSettings:
    places = st.columns(2)
    due = places[0].number_input(_("Days to review"), 1, 90, now.due_days, key="desk_due")
    answer = places[1].number_input(
        _("Days to answer a dispute"), 1, 90, now.dispute_days, key="desk_dispute"
    )
    automatic = st.checkbox(
        _("The worker makes the plan when a week begins"), now.automatic, key="desk_automatic"
    )
    return replace(now, due_days=due, dispute_days=answer, automatic=automatic)


def _place(values: list[object], value: object) -> int:
    return values.index(value) if value in values else 0


def _note(text: str) -> None:
    show(Markup('<p class="sub">{}</p>').format(text))
