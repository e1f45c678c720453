"""How far the machine's verdicts are trusted: what people said of the same calls, what is left to them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from qa.store.database import Database, Transaction
from qa.store.kinds import Layer, ReviewKind, ReviewState
from qa.store.scope import Scope
from qa.store.site import get_setting, set_setting
from qa.store.tables import calls, review_verdicts, reviews, users

if TYPE_CHECKING:
    import polars as pl

SETTING = "people_decide"


@dataclass(frozen=True, slots=True)
class LeftToPeople:
    """A criterion that the machine does not score, with the agreement it was left for and since when.

    ``generated``: only people of the demo centre stand behind it, so it holds for no score.
    """

    scorecard: str
    key: str
    alpha: float
    calls: int
    since: datetime
    generated: bool = False


def verdicts_frame(database: Database, scope: Scope) -> "pl.DataFrame":
    """One row a human verdict beside the automatic one of that time (``qa.frames.VERDICTS_SCHEMA``).

    Finished reviews of the random layer and blind calibrations alone: risky and targeted calls were chosen
    because of what is in them. Verdicts on generated calls are among them only where there are no others.
    """
    r, v = reviews.c, review_verdicts.c
    query = (
        select(
            r.scorecard, v.key, r.call_id, users.c.name.label("rater"), v.human, v.automatic,
            (r.kind == ReviewKind.CALIBRATION).label("blind"), calls.c.generated, r.finished_at,
        )
        .select_from(
            review_verdicts.join(reviews, r.id == v.review_id)
            .join(calls, calls.c.id == r.call_id)
            .join(users, users.c.id == r.reviewer_id)
        )
        .where(
            scope.clause(),
            r.state == ReviewState.FINISHED,
            or_(r.kind == ReviewKind.CALIBRATION, (r.kind == ReviewKind.REVIEW) & (r.layer == Layer.RANDOM)),
            v.human.is_not(None),
        )
        .order_by(r.scorecard, v.key, r.call_id, users.c.name)
    )  # fmt: skip
    import polars as pl

    from qa.frames import VERDICTS_SCHEMA

    with database.read() as tx:
        rows = [dict(row) for row in tx.execute(query).mappings()]
    real = [row for row in rows if not row["generated"]]
    return pl.DataFrame(real or rows, schema=VERDICTS_SCHEMA)


def left_to_people(tx: Transaction) -> frozenset[tuple[str, str]]:
    """Pairs of (scorecard, criterion) that the machine does not score now."""
    return frozenset((one.scorecard, one.key) for one in list_left(tx) if not one.generated)


def list_left(tx: Transaction) -> tuple[LeftToPeople, ...]:
    """The same with the reasons, by scorecard and criterion."""
    stored = get_setting(tx, SETTING, [])
    return tuple(LeftToPeople(**row | {"since": datetime.fromisoformat(row["since"])}) for row in stored)


def forget_generated(tx: Transaction) -> None:
    """Give back what only people of the demo centre stood behind."""
    save_left(tx, tuple(one for one in list_left(tx) if not one.generated))


def save_left(tx: Transaction, left: tuple[LeftToPeople, ...]) -> None:
    """Say which criteria are left to people from now on; calls scored before stay as they are."""
    rows = [asdict(one) | {"since": one.since.isoformat()} for one in left]
    set_setting(tx, SETTING, sorted(rows, key=lambda row: (row["scorecard"], row["key"])))
