"""Which calls a scorecard judges: one rule for each queue, direction and language."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from qa.scorecard import Assignment
from qa.store.database import Transaction
from qa.store.kinds import Direction
from qa.store.tables import pick, queues, scorecard_assignments


@dataclass(frozen=True, slots=True)
class StoredAssignment:
    """A rule with who made it; both are ``None`` for what is set at the queue itself."""

    rule: Assignment
    created_at: datetime | None = None
    created_by: str | None = None


def list_assignments(tx: Transaction) -> tuple[StoredAssignment, ...]:
    """Every rule, the most specific first. A scorecard set at a queue itself counts as a rule for that queue,
    unless there is one of the same reach here.
    """
    names = ("scorecard", "queue_id", "direction", "language", "created_at", "created_by")
    found = []
    for row in tx.execute(select(*pick(scorecard_assignments, *names))):
        direction = None if row.direction is None else row.direction.value
        rule = Assignment(row.scorecard, row.queue_id, direction, row.language)
        found.append(StoredAssignment(rule, row.created_at, row.created_by))
    known = {_place(one.rule) for one in found}
    own = select(queues.c.scorecard, queues.c.id).where(queues.c.scorecard.is_not(None))
    for row in tx.execute(own):
        rule = Assignment(row.scorecard, row.id)
        if _place(rule) not in known:
            found.append(StoredAssignment(rule))
    return tuple(sorted(found, key=lambda one: (tuple(not part for part in one.rule.rank), _place(one.rule))))


def rules(tx: Transaction) -> tuple[Assignment, ...]:
    """The rules alone."""
    return tuple(stored.rule for stored in list_assignments(tx))


def put_assignment(tx: Transaction, rule: Assignment, by: str) -> None:
    """Make a rule, in place of the one that speaks of the same calls."""
    remove_assignment(tx, rule)
    tx.execute(
        insert(scorecard_assignments).values(
            place=_place(rule),
            queue_id=rule.queue,
            direction=None if rule.direction is None else Direction(rule.direction),
            language=rule.language,
            scorecard=rule.scorecard,
            created_by=by,
        )
    )


def remove_assignment(tx: Transaction, rule: Assignment) -> None:
    """Take the rule for these calls away, whichever scorecard it names."""
    tx.execute(delete(scorecard_assignments).where(scorecard_assignments.c.place == _place(rule)))
    if rule.rank == (True, False, False):
        tx.execute(update(queues).where(queues.c.id == rule.queue).values(scorecard=None))


def _place(rule: Assignment) -> str:
    parts = (rule.queue, rule.direction, rule.language)
    return "|".join("" if part is None else str(part) for part in parts)
