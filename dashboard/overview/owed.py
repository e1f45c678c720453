"""What people owe one another, for the overview: coaching to follow up, actions past their day."""

from dataclasses import dataclass

from markupsafe import Markup

from dashboard.coaching.preparing import person
from dashboard.data import actions, coaching
from dashboard.i18n import _, ngettext
from dashboard.identity import Viewer
from dashboard.parts import go
from dashboard.roles import LEADS

MOST = 200


@dataclass(frozen=True, slots=True)
class Owed:
    """How many follow-ups of coaching are due, plans wait for this agent, actions are late."""

    follow_ups: int
    plans: int
    late: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.follow_ups + self.plans + self.late


def read_owed(viewer: Viewer) -> Owed:
    """What this viewer has to do: a lead follows up, an agent acknowledges."""
    late = actions.counts(person(viewer)).overdue
    if viewer.role in LEADS:
        return Owed(len(coaching.due(viewer.scope, MOST)), 0, late)
    return Owed(0, coaching.to_acknowledge(viewer.scope), late)


def owed_lines(owed: Owed) -> None:
    """A line for each kind, which opens its page."""
    told = ngettext(
        "{count} coaching follow-up is due.", "{count} coaching follow-ups are due.", owed.follow_ups
    )
    plan = ngettext(
        "{count} plan of your coaching waits for you.",
        "{count} plans of your coaching wait for you.",
        owed.plans,
    )
    late = ngettext("{count} action is past its day.", "{count} actions are past their day.", owed.late)
    for key, count, text, page, params in (
        ("follow_ups", owed.follow_ups, told, "coaching", {}),
        ("plans", owed.plans, plan, "coaching", {}),
        ("late", owed.late, late, "plan", {"shown": "overdue"}),
    ):
        if count:
            body = Markup('<p class="sub line">{}</p>').format(text)
            go(f"owed_{key}", body, page, label=_("Open what is due"), params=params)
