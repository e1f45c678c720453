from datetime import UTC, datetime

import streamlit as st

from dashboard import identity, paging, states
from dashboard.data import promises
from dashboard.data.promises import LedgerFilter, Tally
from dashboard.i18n import _, interval, ngettext, number, percent
from dashboard.parts import Figure, head, panel, show, strip
from dashboard.promises.controls import draw_controls, read_filter
from dashboard.promises.drawing import draw_line
from qa.analytics.intervals import share

SIZE = 25


def figures(counted: Tally) -> None:
    kept = share(counted.kept, counted.kept + counted.broken)
    told = _("of {count} decided", count=number(counted.kept + counted.broken))
    if kept.value is not None and kept.low is not None and kept.high is not None:
        told = _(
            "{interval} %, n {n}", interval=interval(100 * kept.low, 100 * kept.high, 0), n=number(kept.n)
        )
    show(
        strip(
            [
                Figure(_("Overdue"), number(counted.overdue)),
                Figure(_("Open"), number(counted.open)),
                Figure(_("Without a time"), number(counted.untimed)),
                Figure(_("Against policy"), number(counted.forbidden)),
                Figure(_("Promises kept"), "–" if kept.value is None else percent(kept.value), "", told),
            ]
        )
    )


def nothing() -> None:
    everything = promises.counts(viewer.scope, LedgerFilter(now))
    if everything.total:
        states.empty("promises", _("No such promises"), _("No promise fits these filters."))
    else:
        text = _("What agents promise in calls stands here, with the time it is due, as calls are heard.")
        states.empty("promises", _("No promises yet"), text)


viewer, now = identity.viewer(), datetime.now(UTC)
wanted = read_filter(st.query_params, now)
scope_only = LedgerFilter(now, teams=wanted.teams, agents=wanted.agents)
counted = promises.counts(viewer.scope, scope_only)
sub = ngettext("{count} promise is overdue.", "{count} promises are overdue.", counted.overdue)
draw_controls(head(_("Promises"), sub, controls=(1.5, 1.5)), viewer.scope)
found = paging.opened(lambda after: promises.page(viewer.scope, wanted, SIZE, after))
rows = found.rows
if counted.total:
    figures(counted)
if not rows:
    nothing()
    st.stop()
with panel("promises", stretch=False), st.container(gap=None):
    for place, each in enumerate(rows):
        draw_line(each, viewer, now, last=place == len(rows) - 1)
paging.buttons("promises", found.next)
