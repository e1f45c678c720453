"""What came of coaching: change of the coached less that of comparable agents, or why it cannot be told."""

from collections.abc import Sequence

from dashboard.coaching.preparing import title_of
from dashboard.coaching.reading import effect
from dashboard.coaching.words import REASONS, names, share
from dashboard.data.coaching import Session
from dashboard.data.site import Scope
from dashboard.i18n import _, day_month, interval, number, rtl
from dashboard.parts import Cell, Column, Markup, panel, show, table
from qa.analytics.effect import Effect

SHOWN = 10


def effects_panel(scope: Scope, sessions: Sequence[Session]) -> None:
    """A line for each session that was held, the newest first."""
    held = sorted((one for one in sessions if one.held_day is not None), key=lambda one: -(one.held_day or 0))
    note = _("change of the coached less that of comparable agents over the same weeks; 95 % interval")
    with panel("effects", _("Did it help?"), note, stretch=False):
        if not held:
            show(Markup('<p class="sub">{}</p>').format(_("No session has been held yet.")))
            return
        rows = [_row(one, effect(scope, one)) for one in held[:SHOWN]]
        columns = [
            Column(_("Agent")), Column(_("Criterion")), Column(_("Held")),
            Column(_("Before, after (%)"), numeric=True), Column(_("Comparable"), numeric=True),
            Column(_("Own share (points)"), numeric=True), Column(_("Calls"), numeric=True),
        ]  # fmt: skip
        show(table(columns, rows, _("Effect of coaching by session")))


def _row(one: Session, found: Effect | None) -> list[str | Markup | Cell]:
    start: list[str | Markup | Cell] = [
        names(one),
        title_of(one.criterion),
        day_month(one.held_day or 0).replace(" ", "\u00a0"),
    ]
    if found is None or found.reason is not None:
        told = _(REASONS[found.reason]) if found is not None and found.reason is not None else ""
        return [*start, Cell(told, span=4, pale=True)]
    side = found.coached
    arrow = "←" if rtl() else "→"
    low, high = 100 * (found.difference.low or 0.0), 100 * (found.difference.high or 0.0)
    own = Markup('{} <span class="sub">{}</span>').format(
        number(100 * (found.difference.value or 0.0), 0, signed=True), interval(low, high, 0)
    )
    return [
        *start,
        f"{share(side.mean_before)} {arrow} {share(side.mean_after)}",
        number(100 * (found.comparable.value or 0.0), 0, signed=True),
        Cell(own, strong=found.helped),
        f"{number(side.before)} {arrow} {number(side.after)}",
    ]
