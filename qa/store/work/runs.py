"""Scoring many calls again, as rows: what was asked for, how far it is, who is at it now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, or_, select, update

from qa.errors import NotFound
from qa.store.database import Transaction
from qa.store.kinds import CallStatus, EvaluationSource, RunState
from qa.store.tables import calls, evaluations, rescoring_runs, transcripts
from qa.store.types import utc_now

SILENCE = timedelta(seconds=20)
"""A process that gave no sign for so long is taken for dead; it gives one with every chunk."""

r = rescoring_runs.c


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ``scorecard`` ``None``: each call by the scorecard that is assigned to it.

    ``own``: only calls that this scorecard judged before, in any version. ``current``: pages show the new
    evaluations. ``again``: calls that have one under this version are judged anew.
    """

    scorecard: str | None = None
    version: int | None = None
    since_day: int | None = None
    own: bool = False
    current: bool = True
    again: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run. ``done`` calls were looked at, ``scored`` of them judged anew."""

    id: int
    wanted: Wanted
    state: RunState
    total: int
    done: int
    scored: int
    last_call_id: int
    executor: str | None
    heartbeat: datetime | None
    reason: str | None
    created_at: datetime
    created_by: str
    finished_at: datetime | None

    @property
    def share(self) -> float:
        """How much is done, 0-1."""
        return min(1.0, self.done / self.total) if self.total else 1.0


def open_run(tx: Transaction, wanted: Wanted, by: str) -> Run:
    """Ask for a run; an unfinished one that asks for the same goes on instead."""
    fields = {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}
    same = [r[name].is_not_distinct_from(value) for name, value in fields.items()]
    unfinished = r.state.in_((RunState.QUEUED, RunState.RUNNING, RunState.STOPPED))
    found = tx.scalar(select(r.id).where(unfinished, *same).order_by(r.id.desc()).limit(1))
    if found is not None:
        tx.execute(
            update(rescoring_runs)
            .where(r.id == found, r.state == RunState.STOPPED)
            .values(state=RunState.QUEUED)
        )
        return get_run(tx, found)
    total = tx.scalar(select(func.count()).select_from(_candidates(wanted, 0).subquery())) or 0
    values = {"state": RunState.QUEUED, "total": total, "done": 0, "scored": 0, "last_call_id": 0}
    made = insert(rescoring_runs).values(**fields, **values, created_by=by).returning(r.id)
    return get_run(tx, int(tx.execute(made).scalar_one()))


def get_run(tx: Transaction, run: int) -> Run:
    """One run.

    Raises:
        NotFound: there is no such run.
    """
    row = tx.execute(select(rescoring_runs).where(r.id == run)).one_or_none()
    if row is None:
        raise NotFound(f"There is no run {run} of scoring again; reload the page.")
    return _run(row)


def list_runs(tx: Transaction, limit: int = 20) -> tuple[Run, ...]:
    """The runs, the newest first."""
    return tuple(_run(row) for row in tx.execute(select(rescoring_runs).order_by(r.id.desc()).limit(limit)))


def claim_run(tx: Transaction, executor: str, run: int | None = None) -> Run | None:
    """Take the oldest run (or the one named) that waits or whose process died; ``None`` without any."""
    silent = (r.state == RunState.RUNNING) & (r.heartbeat < utc_now() - SILENCE)
    free = or_(r.state == RunState.QUEUED, silent, r.executor.is_not_distinct_from(executor))
    query = select(r.id).where(free, r.state.in_((RunState.QUEUED, RunState.RUNNING))).order_by(r.id).limit(1)
    found = tx.scalar((query if run is None else query.where(r.id == run)).with_for_update())
    if found is None:
        return None
    values = {"state": RunState.RUNNING, "executor": executor, "heartbeat": utc_now()}
    tx.execute(update(rescoring_runs).where(r.id == found).values(**values))
    return get_run(tx, found)


def next_calls(tx: Transaction, run: Run, limit: int) -> tuple[int, ...]:
    """The next calls of a run that have words, by number."""
    return tuple(tx.scalars(_candidates(run.wanted, run.last_call_id).order_by(calls.c.id).limit(limit)))


def advance(tx: Transaction, run: Run, last: int, done: int, scored: int) -> bool:
    """Note a chunk in the transaction that saves it; False when the run was stopped or taken over."""
    values = {"last_call_id": last, "done": r.done + done, "scored": r.scored + scored}
    return _change(tx, run, values | {"heartbeat": utc_now()}, r.last_call_id == run.last_call_id)


def finish_run(tx: Transaction, run: Run, state: RunState = RunState.DONE, reason: str | None = None) -> bool:
    """End a run that this process has."""
    return _change(tx, run, {"state": state, "reason": reason, "finished_at": utc_now(), "executor": None})


def stop_run(tx: Transaction, run: int) -> bool:
    """A person ends a run; what is scored stays. False when it had ended."""
    going = r.state.in_((RunState.QUEUED, RunState.RUNNING))
    values = {"state": RunState.STOPPED, "executor": None}
    return tx.execute(update(rescoring_runs).where(r.id == run, going).values(**values)).rowcount > 0


def _change(tx: Transaction, run: Run, values: dict[str, Any], *more: ColumnElement[bool]) -> bool:
    mine = (r.id == run.id, r.state == RunState.RUNNING, r.executor == run.executor, *more)
    return tx.execute(update(rescoring_runs).where(*mine).values(**values)).rowcount > 0


def _candidates(wanted: Wanted, after: int) -> Select[Any]:
    query = select(calls.c.id).join_from(calls, transcripts)
    query = query.where(calls.c.id > after, calls.c.status == CallStatus.DONE)
    if wanted.since_day is not None:
        query = query.where(calls.c.local_day >= wanted.since_day)
    if wanted.own:
        e = evaluations.c
        judged = (e.call_id == calls.c.id) & (e.source == EvaluationSource.AUTO)
        # Not only the current one: a run that went half way has made its own evaluations current.
        query = query.where(select(e.id).where(judged, e.scorecard == wanted.scorecard).exists())
    return query


def _run(row: Any) -> Run:
    names = [name for name in Run.__dataclass_fields__ if name != "wanted"]
    wanted = Wanted(**{name: getattr(row, name) for name in Wanted.__dataclass_fields__})
    return Run(wanted=wanted, **{name: getattr(row, name) for name in names})
