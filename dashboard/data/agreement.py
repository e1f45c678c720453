"""The machine against people by criterion, as far as the viewer may see the calls."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboard.data.acting import Act, audited_alone
from dashboard.data.frames import HASHES, KEPT
from dashboard.data.kinds import Role
from dashboard.data.review import PLANNERS
from dashboard.data.site import Scope, database
from dashboard.rights import ask
from qa.analytics.agreement import CriterionAgreement
from qa.review.trust import Changed, agreements, look_again
from qa.store.desk.trust import LeftToPeople, list_left, verdicts_frame

__all__ = ["PLANNERS", "Changed", "Criterion", "LeftToPeople", "Table", "left", "tables"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: agreement, and how many human verdicts were given ``blind`` and ``seen`` (beside the
    machine's). ``left`` says since when people decide it, ``None`` where the machine does.
    """

    found: CriterionAgreement
    blind: int
    seen: int
    left: LeftToPeople | None


@dataclass(frozen=True, slots=True)
class Table:
    """The criteria of one scorecard; ``raters`` is how many people judged."""

    scorecard: str
    raters: int
    criteria: tuple[Criterion, ...]


def tables(scope: Scope) -> tuple[Table, ...]:
    """A table for each scorecard that people judged calls of, the one with most verdicts first."""
    decided = left()
    found = [
        Table(
            name,
            raters,
            tuple(Criterion(one, *counts[one.key], decided.get((name, one.key))) for one in criteria),
        )
        for name, raters, criteria, counts in _computed(scope)
    ]
    return tuple(sorted(found, key=lambda table: -sum(one.blind + one.seen for one in table.criteria)))


def left() -> dict[tuple[str, str], LeftToPeople]:
    """What is left to people now, by scorecard and criterion."""
    with database().read() as tx:
        return {(one.scorecard, one.key): one for one in list_left(tx)}


def look(role: Role) -> Changed:
    """Compute the agreement over all calls and decide anew what is left to people.

    Raises:
        PermissionError: this role may not.
    """
    ask("agreement.look", role)
    _computed.clear()
    found = look_again(database(), datetime.now(UTC))
    audited_alone(Act.SETTING_CHANGED, "setting:left_to_people")
    return found


Counts = dict[str, tuple[int, int]]


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES)
def _computed(scope: Scope) -> tuple[tuple[str, int, tuple[CriterionAgreement, ...], Counts], ...]:
    frame = verdicts_frame(database(), scope)
    return tuple(
        (card.scorecard, own["rater"].n_unique(), card.criteria, _counts(own))
        for card in agreements(frame)
        for own in [frame.filter(pl.col("scorecard") == card.scorecard)]
    )


def _counts(frame: pl.DataFrame) -> Counts:
    blind = pl.col("blind")
    rows = frame.group_by("key").agg(blind.sum(), (~blind).sum().alias("seen")).iter_rows()
    return {key: (int(unseen), int(seen)) for key, unseen, seen in rows}
