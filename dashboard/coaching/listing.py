"""The list of sessions: planned, waiting for the agent, to be followed up; each opens its room."""

from collections.abc import Sequence

from dashboard.coaching.preparing import title_of
from dashboard.coaching.words import names, standing
from dashboard.data import coaching
from dashboard.data.coaching import CoachingState, Session, SessionFilter
from dashboard.i18n import N_, _, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, go, panel, row, show

SHOWN = 8
GROUPS = (
    ("due", N_("To follow up")),
    ("held", N_("Waits for the agent")),
    ("prepared", N_("Planned")),
    ("done", N_("Acknowledged")),
)


def grouped(found: Sequence[Session], today: int) -> dict[str, list[Session]]:
    """Sessions by what happens next with them; each stands once."""
    groups: dict[str, list[Session]] = {name: [] for name, _title in GROUPS}
    for one in found:
        if one.due(today):
            groups["due"].append(one)
        elif one.state is CoachingState.ACKNOWLEDGED:
            groups["done"].append(one)
        else:
            groups[one.state.value].append(one)
    groups["due"].sort(key=lambda one: one.due_day or 0)
    groups["prepared"].sort(key=lambda one: (one.planned_day is None, one.planned_day or 0))
    return groups


def summary(groups: dict[str, list[Session]]) -> str:
    """The one line under the page's title."""
    due, held, planned = (len(groups[name]) for name in ("due", "held", "prepared"))
    parts = []
    if due:
        parts.append(ngettext("{count} follow-up is due.", "{count} follow-ups are due.", due))
    if held:
        parts.append(
            ngettext("{count} plan waits for its agent.", "{count} plans wait for their agents.", held)
        )
    if planned:
        parts.append(ngettext("{count} session is planned.", "{count} sessions are planned.", planned))
    return " ".join(parts) or _("No session waits.")


def sessions_panel(groups: dict[str, list[Session]], chosen: int | None) -> None:
    """The panel; a row opens the session beside it."""
    today = coaching.today()
    with panel("sessions", _("Sessions"), stretch=False, dense=True):
        if not any(groups.values()):
            show(Markup('<p class="sub">{}</p>').format(_("Sessions stand here as soon as one is prepared.")))
        for name, title in GROUPS:
            if groups[name]:
                show(Markup('<p class="sec"><span>{}</span></p>').format(_(title)))
            for place, one in enumerate(groups[name][:SHOWN]):
                _line(one, today, chosen=one.id == chosen, last=place == len(groups[name][:SHOWN]) - 1)


def _line(one: Session, today: int, *, chosen: bool, last: bool) -> None:
    text, late = standing(one, today)
    who = names(one)
    title = Markup('<span class="{}">{}</span>').format("chosen" if chosen else "", who)
    body = row(Row(title, title_of(one.criterion), text, urgent=late, late=late, last=last))
    label = _("Open the session with {name}", name=who)
    go(f"session_{one.id}", body, "coaching", label=label, params={"session": str(one.id)})


def of_agent(viewer: Viewer, agent_id: int) -> tuple[Session, ...]:
    """The coaching history of one agent, as far as this viewer may see it."""
    return coaching.listed(viewer.scope, SessionFilter(agent_id=agent_id), 50)
