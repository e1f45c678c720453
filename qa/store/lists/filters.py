"""What a list of calls may be narrowed by, as conditions on ``calls``."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select, text

from qa.records import CriticalKind, Verdict
from qa.store.call.complaints import complained
from qa.store.database import Transaction
from qa.store.kinds import Band, CallStatus, Direction, EvaluationSource
from qa.store.lists.call_days import on_days
from qa.store.lists.search import Said, matching
from qa.store.scope import Scope
from qa.store.tables import LOST, calls, criterion_results, evaluations

FEW_DAYS = 32
"""In fewer days it is quicker to look at each call's results than at all that a criterion ever cost."""

OFTEN = 10_000
"""When a criterion cost points more often than this, a page is full after a short walk through the calls."""


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Every part narrows; an empty part does not. Days are numbers as in ``qa.calendar``, both ends included.

    ``search`` is folded already, phrases in quotation marks (``qa.store.lists.search``), said by ``said``.
    ``critical``: True for calls with any failed critical criterion, False for calls with none.
    ``recorded``: True for calls whose recording can be heard, False for the others.
    ``abusive``: True for calls in which the customer insults the agent, False for the others.
    ``complained``: True for calls in which the customer complained of the service, False for the others.
    ``lost_at``: key of a criterion that cost the call points (not met, or partly).
    """

    first_day: int | None = None
    last_day: int | None = None
    agents: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    queues: frozenset[int] = frozenset()
    bands: frozenset[Band] = frozenset()
    statuses: frozenset[CallStatus] = frozenset()
    directions: frozenset[Direction] = frozenset()
    languages: frozenset[str] = frozenset()
    critical: bool | None = None
    critical_kinds: frozenset[CriticalKind] = frozenset()
    lowest_score: float | None = None
    highest_score: float | None = None
    generated: bool | None = None
    recorded: bool | None = None
    abusive: bool | None = None
    complained: bool | None = None
    search: str = ""
    said: Said = Said.ANYBODY
    lost_at: str = ""

    def clauses(self, scope: Scope, dialect: str, *, walking: bool = False) -> list[ColumnElement[bool]]:
        """The conditions, the viewer's scope among them. ``walking``: for going through calls in the order of
        the list until a page is full, so that what each lost is looked up call by call.
        """
        found = [scope.clause(), *self._sets(), *self._limits(), *self._critical()]
        if self.generated is not None:
            found.append(calls.c.generated.is_(self.generated))
        if self.recorded is not None:
            found.append(calls.c.media.is_not(None) if self.recorded else calls.c.media.is_(None))
        if self.abusive is not None:
            # "Is not" asks no index: nearly all calls are without abuse, and putting them in order is slow.
            found.append(calls.c.abusive if self.abusive else calls.c.abusive.is_not(other=True))
        if self.complained is not None:
            found.append(complained() if self.complained else ~complained())
        if self.lost_at:
            found.append(self._lost(walking=walking))
        words = matching(dialect, self.search, self.said)
        return found if words is None else [*found, words]

    def _sets(self) -> list[ColumnElement[bool]]:
        parts: dict[str, frozenset[Any]] = {
            "agent_id": self.agents,
            "team_id": self.teams,
            "queue_id": self.queues,
            "band": self.bands,
            "status": self.statuses,
            "direction": self.directions,
            "language": self.languages,
        }
        return [calls.c[name].in_(sorted(values)) for name, values in parts.items() if values]

    def _limits(self) -> list[ColumnElement[bool]]:
        found = on_days(self.first_day, self.last_day)
        if self.lowest_score is not None:
            found.append(calls.c.score >= self.lowest_score)
        if self.highest_score is not None:
            found.append(calls.c.score <= self.highest_score)
        return found

    def _critical(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.critical is not None:
            failed = or_(*(calls.c[f"failed_{kind.value}"] for kind in CriticalKind))
            found.append(failed if self.critical else ~failed)
        if self.critical_kinds:
            found.append(or_(*(calls.c[f"failed_{kind.value}"] for kind in sorted(self.critical_kinds))))
        return found

    def _lost(self, *, walking: bool) -> ColumnElement[bool]:
        """The call's current automatic evaluation took points off at this criterion."""
        results, made = criterion_results.c, evaluations.c
        found = (
            made.current,
            made.source == EvaluationSource.AUTO,
            results.evaluation_id == made.id,
            results.key == self.lost_at,
        )
        days = None if self.first_day is None or self.last_day is None else self.last_day - self.first_day
        if walking or (days is not None and days < FEW_DAYS):
            cost = results.verdict.in_((Verdict.NOT_MET, Verdict.PARTLY))
            return exists().where(made.call_id == calls.c.id, *found, cost)
        # Said without parameters, for only the very words of the partial index let it be used.
        return calls.c.id.in_(select(made.call_id).where(*found, text(LOST)))


def often_lost(tx: Transaction, criterion: str) -> bool:
    """Whether a criterion cost more than ``OFTEN`` calls points; reads so many entries of an index."""
    some = select(criterion_results.c.evaluation_id).where(criterion_results.c.key == criterion, text(LOST))
    return (tx.scalar(select(func.count()).select_from(some.limit(OFTEN + 1).subquery())) or 0) > OFTEN
