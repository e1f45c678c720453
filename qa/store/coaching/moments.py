"""Exemplary moments: a lead proposes one, its agent consents or declines, either takes it back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError

from qa.errors import InvalidSetting, NotFound
from qa.records import Seconds, Span, Transcript
from qa.store.call.calls import call_id_of
from qa.store.call.findings import load_words
from qa.store.database import Transaction
from qa.store.kinds import EvaluationSource, MomentState
from qa.store.scope import Scope
from qa.store.tables import calls, criterion_results, evaluations, exemplary_moments
from qa.store.types import utc_now

LONGEST: Seconds = 120.0
"""Of a moment; more is no moment."""
TITLE, WHY = 120, 600  # characters


@dataclass(frozen=True, slots=True)
class NewMoment:
    """What a lead proposes: ``span`` of a call, the criterion that it shows, and why it is good."""

    call_key: str
    criterion: str
    span: Span
    title: str
    why: str = ""


def propose(tx: Transaction, new: NewMoment, user_id: int, scope: Scope) -> int:
    """Ask the agent of a call whether others may hear this moment; gives its number.

    Raises:
        NotFound: the call is not the lead's to see, or was not judged by this criterion.
        InvalidSetting: no agent, no words or no title is there, the stretch is too long, or it was asked
            before.
    """
    if scope.agent is not None:
        raise NotFound(f"There is no call {new.call_key!r} that you may propose; its supervisors can.")
    call_id = call_id_of(tx, new.call_key, scope)
    if call_id in scope.blind or not _judged(tx, call_id, new.criterion):
        raise NotFound(f"Call {new.call_key} has no verdict for {new.criterion!r}; reload the page.")
    if tx.scalar(select(calls.c.agent_id).where(calls.c.id == call_id)) is None:
        raise InvalidSetting(f"Call {new.call_key} has no agent who could consent; name the agent first.")
    words = load_words(tx, call_id)
    values = _checked(new) | told(words.transcript if words else None, new.span)
    if not values["lines"]:
        raise InvalidSetting("Nothing is said in this stretch; choose another one.")
    values |= {"call_id": call_id, "key": new.criterion, "added_by": user_id, "state": MomentState.PROPOSED}
    try:
        with tx.begin_nested():
            made = tx.execute(insert(exemplary_moments).values(**values).returning(exemplary_moments.c.id))
            return int(made.scalar_one())
    except IntegrityError as error:
        raise InvalidSetting("The agent was asked about this moment before; choose another one.") from error


def answer(
    tx: Transaction, moment_id: int, agent_id: int | None, *, consents: bool, named: bool = False
) -> None:
    """What the agent of the call says, now or later: a consent can be taken back, a refusal too. ``named``:
    the name may stand beside it.

    Raises:
        NotFound: the moment is not this agent's, or was withdrawn.
    """
    own = select(calls.c.id).where(calls.c.agent_id == agent_id)
    mine = exemplary_moments.c.call_id.in_(own) & (exemplary_moments.c.state != MomentState.WITHDRAWN)
    values = {
        "state": MomentState.CONSENTED if consents else MomentState.DECLINED,
        "named": consents and named,
        "answered_at": utc_now(),
    }
    if agent_id is None or not _change(tx, moment_id, mine, values):
        raise NotFound(f"Moment {moment_id} is not yours to answer or is gone; reload the page.")


def withdraw(tx: Transaction, moment_id: int, user_id: int, scope: Scope) -> None:
    """A lead takes a moment out of the library, or the question back.

    Raises:
        NotFound: it is of a call that is not the lead's to see, or it is out already.
    """
    seen = select(calls.c.id).where(scope.clause())
    there = exemplary_moments.c.call_id.in_(seen) & (exemplary_moments.c.state != MomentState.WITHDRAWN)
    values = {"state": MomentState.WITHDRAWN, "withdrawn_at": utc_now(), "withdrawn_by": user_id}
    if scope.agent is not None or not _change(tx, moment_id, there, values):
        raise NotFound(f"Moment {moment_id} is not yours to withdraw or is gone; reload the page.")


def retell(tx: Transaction, call_id: int, transcript: Transcript) -> None:
    """Write the words of a call's moments anew when the call was heard, masked or named anew."""
    m = exemplary_moments.c
    rows = tx.execute(select(m.id, m.start, m.end).where(m.call_id == call_id)).all()
    for row in rows:
        words = told(transcript, Span(row.start, row.end))
        tx.execute(update(exemplary_moments).where(m.id == row.id).values(**words))


def told(transcript: Transcript | None, span: Span) -> dict[str, Any]:
    """The columns ``utterances`` and ``lines``: what is said in a stretch."""
    every = transcript.utterances if transcript else ()
    said = [one for one in every if one.span is not None and one.span.overlap(span) > 0]
    return {
        "utterances": [one.id for one in said],
        "lines": [[one.id, one.speaker.value, one.span.start, one.text] for one in said if one.span],
    }


def _checked(new: NewMoment) -> dict[str, Any]:
    title, why = new.title.strip()[:TITLE], new.why.strip()[:WHY]
    if not title:
        raise InvalidSetting("The title is empty; say in a few words what is good.")
    if not 0 < new.span.length <= LONGEST:
        raise InvalidSetting(
            f"A moment lasts up to {LONGEST:.0f} s, this one {new.span.length:.0f} s; choose a shorter one."
        )
    return {"start": round(new.span.start, 2), "end": round(new.span.end, 2), "title": title, "why": why}


def _judged(tx: Transaction, call_id: int, criterion: str) -> bool:
    e = evaluations.c
    query = (
        select(criterion_results.c.key)
        .join(evaluations, e.id == criterion_results.c.evaluation_id)
        .where(e.call_id == call_id, e.current, e.source == EvaluationSource.AUTO)
    )
    return tx.scalar(query.where(criterion_results.c.key == criterion)) is not None


def _change(tx: Transaction, moment_id: int, allowed: ColumnElement[bool], values: dict[str, Any]) -> bool:
    here = (exemplary_moments.c.id == moment_id) & allowed
    return tx.execute(update(exemplary_moments).where(here).values(**values)).rowcount > 0
