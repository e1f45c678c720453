"""What an agent's own page picks out: what got better, and the one thing to work on with calls to hear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from dashboard.agent.reading import Read
from dashboard.data import library, person
from dashboard.data.library import Moment, MomentFilter
from dashboard.data.person import Proof
from dashboard.data.site import Scope
from qa.analytics.person import FEWEST, Change, Cost
from qa.records import Verdict

CALLS, EXAMPLES = 3, 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verdict to hear: where it is, and when its agent said "seen" (``None``: not yet)."""

    proof: Proof
    started_at: datetime
    queue: str
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class Focus:
    """The one thing to work on: what it costs, calls in which it happened, one's own in which it went well,
    and moments of the library that show it.
    """

    cost: Cost
    lost: tuple[Evidence, ...]
    done: tuple[Evidence, ...]
    examples: tuple[Moment, ...]


def improved(changes: Sequence[Change]) -> tuple[Change, ...]:
    """What got better by more than chance, the largest first."""
    return tuple(one for one in changes if one.side > 0)


def one_thing(read: Read) -> Cost | None:
    """The criterion that surely costs most and did not just get better; ``None`` with too few calls, or
    where nothing surely costs points.
    """
    better = {one.key for one in improved(read.changes)}
    sure = [
        one
        for one in read.costs
        if one.judged >= FEWEST and (one.lost.low or 0.0) > 0 and one.key not in better
    ]
    return sure[0] if sure else None


def focus(scope: Scope, read: Read, cost: Cost) -> Focus:
    """The newest calls about the one thing, those that can be heard at a second first."""
    days = read.days
    rows = person.criteria(scope, read.agent, days.first, days.newest, cost.key)
    table = person.calls(scope, read.agent, days.earliest, days.newest)  # read already, for the course
    table = table.filter(pl.col("local_day") >= days.first)
    when = {
        row["call_key"]: (row["started_at"], row["queue"] or "")
        for row in table.select("call_key", "started_at", "queue").to_dicts()
    }
    sounds = person.recorded(scope, read.agent, days.first, days.newest)
    sides = []
    for verdicts in (("not met", "partly"), ("met",)):
        keys = [
            key for key in rows.filter(pl.col("verdict").is_in(verdicts))["call_key"].reverse() if key in when
        ]
        sides.append(sorted(keys, key=lambda key: key not in sounds)[:CALLS])
    proofs = person.proofs(scope, {key for side in sides for key in side})
    seen = person.acknowledged(scope, {key for side in sides for key in side})
    found: list[tuple[Evidence, ...]] = []
    for side in sides:
        told = [(key, _proof(proofs.get(key, ()), cost.key)) for key in side]
        found.append(
            tuple(Evidence(proof, *when[key], seen.get((key, cost.key))) for key, proof in told if proof)
        )
    examples = library.listed(scope, MomentFilter(criterion=cost.key), EXAMPLES)
    good = tuple(one for one in found[1] if one.proof.verdict is Verdict.MET and one.proof.span is not None)
    return Focus(cost, found[0], good, examples)


def _proof(proofs: Sequence[Proof], key: str) -> Proof | None:
    return next((one for one in proofs if one.criterion == key), None)
