"""The figure that an item is meant to move, with the item marked where it began."""

from dashboard.actions.reading import figure_of
from dashboard.actions.words import aim, said, scale
from dashboard.charts import draw
from dashboard.charts.control import SIGNAL_WORDS, Course, control_chart
from dashboard.charts.marks import Mark, mark_days
from dashboard.data import actions
from dashboard.data.actions import ActionItem, ItemFilter, Person
from dashboard.data.site import Scope
from dashboard.i18n import _, language
from dashboard.parts import Markup, panel, show

SHOWN, MOST = 10, 30


def figure_panel(scope: Scope, person: Person, item: ActionItem) -> None:
    """The control chart of the KPI or criterion; without one the panel says so."""
    who = item.agent or item.team or _("the whole site")
    with panel("plan_figure", aim(item) or _("Without a figure"), who, stretch=False):
        if not aim(item):
            show(Markup('<p class="sub">{}</p>').format(_("No figure was named that this should move.")))
            return
        weekly = figure_of(scope, item, language())
        if weekly is None or (weekly.now.n == 0 and not len(weekly.weeks)):
            show(Markup('<p class="sub">{}</p>').format(_("There are no figures of it here yet.")))
            return
        drawn = control_chart(Course(weekly, lambda value: said(item.kpi, value), scale(item.kpi), SHOWN))
        drawn.update_xaxes(tickangle=0)  # in a narrow panel Plotly would turn the days
        mark_days(drawn, weekly.weeks[-SHOWN:], _marks(person, item))
        draw(drawn, key=f"plan_{item.id}", alt=_("Weekly course of {name}", name=aim(item)))
        signal = weekly.chart.last
        words = SIGNAL_WORDS[signal]() if signal in SIGNAL_WORDS else _("Within normal variation.")
        show(Markup('<p class="sub">{}</p>').format(_("Last week: {signal}", signal=words)))


def _marks(person: Person, item: ActionItem) -> list[Mark]:
    """The item itself, and the others that aim at the same figure of the same people."""
    wanted = ItemFilter(kpi=item.kpi, criterion=item.criterion, agent_id=item.agent_id)
    others = [
        one
        for one in actions.listed(person, wanted, MOST)
        if one.id != item.id and one.team_id == item.team_id and one.made_day != item.made_day
    ]
    return [*(Mark(one.made_day, "") for one in others), Mark(item.made_day, _("action begins"), strong=True)]
