"""What proves the verdicts of calls: quotes with their second, for lists that open a call right there."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from qa.records import Span, Verdict
from qa.store.call.content import unpack_spans
from qa.store.database import Transaction
from qa.store.kinds import EvaluationSource
from qa.store.lists.filters import CallFilter
from qa.store.scope import Scope
from qa.store.tables import calls, criterion_results, evaluations

MOST = 60
"""Calls at once."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A verdict of a call's current automatic evaluation, and its first evidence.

    ``weight`` is the applied weight in points of 100; ``span`` and ``quote`` are empty where the verdict
    rests on something that was not said, or the words have no times.
    """

    call_key: str
    criterion: str
    verdict: Verdict
    weight: float
    quote: str
    span: Span | None


def proofs(tx: Transaction, scope: Scope, keys: Collection[str]) -> dict[str, tuple[Proof, ...]]:
    """The verdicts met, partly and not met of at most ``MOST`` calls that this viewer may see, by call."""
    r = criterion_results.c
    current = evaluations.c.current & (evaluations.c.source == EvaluationSource.AUTO)
    query = (
        select(calls.c.key.label("call"), r.key, r.verdict, r.applied_weight, r.evidence)
        .select_from(
            calls.join(evaluations, (evaluations.c.call_id == calls.c.id) & current).join(
                criterion_results, r.evaluation_id == evaluations.c.id
            )
        )
        .where(calls.c.key.in_(sorted(keys)[:MOST]), scope.among())
        .where(r.verdict.in_((Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)))
        .order_by(calls.c.id, r.position)
    )
    found: dict[str, list[Proof]] = {}
    for call, key, verdict, weight, evidence in tx.execute(query):
        timed = next(((quote, pair) for _utterance, quote, pair in evidence if pair), ("", None))
        span = None if timed[1] is None else unpack_spans([timed[1]])[0]
        found.setdefault(call, []).append(Proof(call, key, Verdict(verdict), weight, timed[0], span))
    return {call: tuple(rows) for call, rows in found.items()}


def recorded(tx: Transaction, scope: Scope, wanted: CallFilter) -> frozenset[str]:
    """The calls among these that have a recording to hear."""
    query = select(calls.c.key).where(*wanted.clauses(scope, tx.dialect.name), calls.c.media.is_not(None))
    return frozenset(tx.scalars(query))
