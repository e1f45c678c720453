"""Annotations: what happened at the site on some days. One that was taken back stays, with who did it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.database import Transaction
from qa.store.scope import Scope
from qa.store.tables import annotations, queues, teams, users
from qa.store.types import utc_now

LONGEST, DAYS = 80, 62
"""Letters of a text, and days that one may last."""


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """What to write down: days as in ``qa.calendar``, both included. No team, no queue: the site."""

    first_day: int
    last_day: int
    text: str
    team: int | None = None
    queue: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation. ``team`` and ``queue`` are names; ``by`` is ``None`` when no user wrote it."""

    id: int
    first_day: int
    last_day: int
    text: str
    team_id: int | None
    queue_id: int | None
    team: str | None
    queue: str | None
    by: str | None
    created_at: datetime
    generated: bool


def add_annotation(
    tx: Transaction, new: NewAnnotation, user_id: int | None, *, generated: bool = False
) -> int:
    """Write one down; gives its number.

    Raises:
        InvalidSetting: it has no text or too long a one, or its days cannot be.
    """
    text = " ".join(new.text.split())
    if not text or len(text) > LONGEST:
        raise InvalidSetting(f"The annotation has {len(text)} letters; write 1 to {LONGEST}.")
    if not new.first_day <= new.last_day < new.first_day + DAYS:
        raise InvalidSetting(
            f"The annotation lasts {new.last_day - new.first_day + 1} days; give 1 to {DAYS}."
        )
    values = {"first_day": new.first_day, "last_day": new.last_day, "text": text}
    places = {"team_id": new.team, "queue_id": new.queue}
    query = insert(annotations).values(**values, **places, user_id=user_id, generated=generated)
    return int(tx.scalar(query.returning(annotations.c.id)) or 0)


def remove_annotation(tx: Transaction, number: int, scope: Scope, user_id: int | None) -> None:
    """Take one back; it is in no chart any more and stays in the table.

    Raises:
        NotFound: there is none of this number that this viewer may see.
    """
    a = annotations.c
    here = (a.id == number, a.removed_at.is_(None), *_seen(scope))
    done = tx.execute(update(annotations).where(*here).values(removed_at=utc_now(), removed_by=user_id))
    if done.rowcount == 0:
        raise NotFound(f"There is no annotation {number} that you may see; reload the page.")


def list_annotations(tx: Transaction, scope: Scope, first: int, last: int) -> tuple[Annotation, ...]:
    """Those that touch these days, oldest first: of the whole site, and of teams that the viewer sees."""
    a = annotations.c
    query = (
        select(
            a.id, a.first_day, a.last_day, a.text, a.team_id, a.queue_id, teams.c.name, queues.c.name,
            users.c.display_name, a.created_at, a.generated,
        )
        .select_from(
            annotations.outerjoin(teams, teams.c.id == a.team_id)
            .outerjoin(queues, queues.c.id == a.queue_id)
            .outerjoin(users, users.c.id == a.user_id)
        )
        .where(a.removed_at.is_(None), a.first_day <= last, a.last_day >= first, *_seen(scope))
        .order_by(a.first_day, a.id)
    )  # fmt: skip
    return tuple(Annotation(*row) for row in tx.execute(query))


def forget_annotations(tx: Transaction) -> None:
    """Delete those of the demo centre."""
    tx.execute(delete(annotations).where(annotations.c.generated))


def _seen(scope: Scope) -> list[ColumnElement[bool]]:
    if scope.everything:
        return []
    own = annotations.c.team_id.in_(sorted(scope.teams))
    return [or_(annotations.c.team_id.is_(None), own)]
