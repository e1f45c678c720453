"""Which agents moved beyond their own normal variation in the week."""

from markupsafe import Markup

from dashboard.charts.control import SIGNAL_WORDS
from dashboard.data.weekly import Week
from dashboard.i18n import _, number
from dashboard.parts import Row, go, panel, row, show
from qa.weekly.records import Moved

MOST = 5


def draw_moved(week: Week) -> None:
    """The agents with the largest change; each row opens the agent."""
    note = _("last week in the agent's own chart, or the course of the weeks")
    with panel("weekly_moved", _("Moved beyond normal variation"), note, dense=True):
        if not week.moved:
            said = _("The week is not over.") if week.running else _("Nobody: all within normal variation.")
            show(Markup('<p class="sub">{}</p>').format(said))
        for one in week.moved[:MOST]:
            label = _("Open what is behind it: {name}", name=one.name)
            go(f"moved_{one.agent}", row(_row(one)), "agent", label=label, params={"agent": str(one.agent)})


def _row(one: Moved) -> Row:
    change = Markup("<b>{}</b>").format(number(one.change, 1, signed=True))
    return Row(one.name, SIGNAL_WORDS[one.signal](), change)
