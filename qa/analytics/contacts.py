"""Waiting, service level, abandonment and handling time of telephone contacts.

Contacts are rows of ``qa.contacts``, or cells of them (``qa.cells.CONTACT_CELLS``).
"""

from dataclasses import dataclass

import polars as pl

from qa.analytics.cells import sample, sums
from qa.analytics.intervals import Estimate, mean, share
from qa.analytics.samples import EMPTY
from qa.contacts import OFFERED, WITHIN, cells_of


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """What contacts say; those that were busy or failed never waited and are in none of the figures.

    Attributes:
        offered: answered and abandoned.
        answered, abandoned: shares of offered.
        service_level: share of offered that was answered within ``within`` seconds.
        waiting: mean seconds of every offered contact; ``speed``: of answered ones (speed of answer).
        handling: mean seconds of talk of answered ones.
    """

    offered: int
    answered: Estimate
    abandoned: Estimate
    service_level: Estimate
    within: float
    waiting: Estimate
    speed: Estimate
    handling: Estimate


def contact_figures(contacts: pl.LazyFrame, within: float = WITHIN) -> ContactFigures:
    """The figures of contacts with ``outcome, waited, talked``, or of their cells, which count within 20 s.

    The service level leaves out answered contacts whose waiting time is not known.
    """
    cells = cells_of(contacts, within).with_columns(pl.col("outcome").cast(pl.String)).collect()
    offered = cells.filter(pl.col("outcome").is_in(OFFERED))
    answered = offered.filter(pl.col("outcome") == "answered")
    n, spoken, timed = (int(each.sum()) for each in (offered["n"], answered["n"], answered["waited_n"]))
    return ContactFigures(
        offered=n,
        answered=share(spoken, n),
        abandoned=share(n - spoken, n),
        service_level=share(int(answered["quick"].sum()), timed + n - spoken),
        within=within,
        waiting=_mean(offered, "waited"),
        speed=_mean(answered, "waited"),
        handling=_mean(answered, "talked"),
    )


def _mean(cells: pl.DataFrame, column: str) -> Estimate:
    rows = cells.group_by(pl.lit(1)).agg(*sums(column)).to_dicts()
    return mean(sample(rows[0]) if rows else EMPTY)
