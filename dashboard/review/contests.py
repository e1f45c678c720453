"""The list of disputes, and what became of them by criterion and by who gave the verdict."""

from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl

from dashboard.data.disputes import Dispute, DisputeState
from dashboard.i18n import _, interval, number, percent
from dashboard.parts import Cell, Column, Markup, Row, go, row, show, table
from dashboard.review.disputing import change, state
from dashboard.review.words import due_text
from qa.analytics.desk import Contests, contests

SHOWN = 40


def rows(found: Sequence[Dispute], titles: dict[str, str]) -> None:
    """A row a dispute, each a link to its call."""
    now = datetime.now(UTC)
    shown = found[:SHOWN]
    for place, one in enumerate(shown, start=1):
        late = one.state is DisputeState.OPEN and due_text(one.due, now)[1]
        title = Markup("{} · <bdi>{}</bdi>").format(titles.get(one.key, one.key), one.agent)
        parts = [change(one), _("round {number}", number=number(one.round))]
        parts += [_("generated")] if one.generated else []
        content = Row(title, " · ".join(parts), state(one, now), late, last=place == len(shown))
        label = _("Open the dispute of {agent} about {criterion}", agent=one.agent,
                  criterion=titles.get(one.key, one.key))  # fmt: skip
        go(f"dispute_{one.id}", row(content), "call", label=label, params={"call": one.call_key})
    if len(found) > SHOWN:
        show(Markup('<p class="sub">{}</p>').format(_("{count} more", count=number(len(found) - SHOWN))))


def by_criterion(frame: pl.DataFrame, titles: dict[str, str]) -> Markup:
    """What became of disputes, a row a criterion."""
    found = contests(frame.lazy(), "key")
    return _table(_("Criterion"), [(titles.get(c.name or "", c.name or ""), c) for c in found])


def by_giver(frame: pl.DataFrame) -> Markup:
    """What became of disputes, a row for the machine and each reviewer whose verdict was contested."""
    found = contests(frame.lazy(), "contested")
    return _table(_("Verdict by"), [(c.name or _("the machine"), c) for c in found])


def _table(first: str, found: list[tuple[str, Contests]]) -> Markup:
    columns = (
        Column(first),
        Column(_("Accepted"), numeric=True),
        Column(_("Rejected"), numeric=True),
        Column(_("Share accepted"), numeric=True),
        Column(_("95 %"), numeric=True),
    )
    return table(columns, [_line(name, one) for name, one in found], _("Answered disputes"))


def _line(name: str, one: Contests) -> list[str | Markup | Cell]:
    upheld = one.upheld
    low, high = upheld.low or 0.0, upheld.high or 0.0
    kept = number(one.accepted + one.partly) if one.accepted + one.partly else _("0")
    lost = number(one.rejected) if one.rejected else _("0")
    return [
        name,
        kept,
        lost,
        percent(upheld.value or 0.0),
        interval(100 * low, 100 * high, 0).replace(" ", "\u00a0"),
    ]
