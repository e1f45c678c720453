"""Coverage and pace of the reviewers, and the one average that stands for the programme."""

import polars as pl

from dashboard.i18n import _, duration, interval, ngettext, number, percent
from dashboard.parts import Cell, Column, Figure, Markup, strip, table
from qa.analytics.desk import Pace, paces, programme_score
from qa.analytics.intervals import Estimate, share

WEEKS = 4
FEW = 30


def figures(frame: pl.DataFrame) -> Markup:
    """Done of assigned, overdue, mean human score of the random layer."""
    every = paces(frame.lazy(), WEEKS)
    assigned, done = sum(p.assigned for p in every), sum(p.done for p in every)
    late = sum(p.overdue for p in every)
    covered = share(done, assigned)
    value = "–" if covered.value is None else percent(covered.value)
    score = programme_score(frame.lazy())
    return strip((
        Figure(_("Reviewed of the plan"), value, "",
               _("{done} of {assigned}", done=number(done), assigned=number(assigned))),
        Figure(_("Overdue"), _("0") if not late else number(late), "", ngettext("review", "reviews", late)),
        Figure(_("Human score, random sample"), "–" if score.value is None else number(score.value, 1), "",
               sureness(score)),
    ))  # fmt: skip


def sureness(score: Estimate) -> str:
    """Interval and n; few reviews are said to be few."""
    count = ngettext("{count} review", "{count} reviews", score.n)
    if score.low is None or score.high is None:
        return count
    parts = [interval(score.low, score.high), count]
    if score.n < FEW:
        parts.append(_("few reviews"))
    return " · ".join(parts)


def reviewers(frame: pl.DataFrame) -> Markup:
    """The table of reviewers."""
    columns = (
        Column(_("Reviewer")),
        Column(_("Done"), numeric=True),
        Column(_("A week"), numeric=True),
        Column(_("Median time"), numeric=True),
        Column(_("Overdue"), numeric=True),
    )
    rows = [_line(pace) for pace in paces(frame.lazy(), WEEKS)]
    return table(columns, rows, _("Coverage and pace of reviewers"))


def _line(pace: Pace) -> list[str | Markup | Cell]:
    done = _("{done} of {assigned}", done=number(pace.done), assigned=number(pace.assigned))
    name: str | Cell = pace.reviewer or Cell(_("nobody yet"), pale=True)
    median = Cell("–", pale=True) if pace.median_seconds is None else duration(pace.median_seconds)
    late = Cell(number(pace.overdue), strong=True) if pace.overdue else _("0")
    return [name, done, number(pace.weekly, 1), median, late]
