"""Action items: who owes what by when, and the figure it is meant to move. Their history is only added to."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, or_, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.coaching.kinds import ItemOrigin, ItemState
from qa.store.coaching.reach import Person, items_within
from qa.store.database import Transaction
from qa.store.tables import action_item_events, action_items, agents, teams, users
from qa.store.types import utc_now

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class NewItem:
    """An action item to be. ``due_day`` is a local day; ``kpi`` a figure's name as on its page (``quality``,
    ``csat`` …), ``criterion`` a criterion's key; both may be empty.
    """

    owner_id: int
    what: str
    due_day: int
    origin: ItemOrigin = ItemOrigin.OTHER
    origin_id: int | None = None
    kpi: str | None = None
    criterion: str | None = None
    team_id: int | None = None
    agent_id: int | None = None

    def about(self, *, criterion: str, agent: int, team: int | None) -> "NewItem":
        """The same, about one agent's criterion."""
        return replace(self, criterion=criterion, agent_id=agent, team_id=team)


@dataclass(frozen=True, slots=True)
class Change:
    """What changes of an item; ``None`` stays."""

    state: ItemState | None = None
    owner_id: int | None = None
    due_day: int | None = None
    note: str = ""


def add_item(tx: Transaction, new: NewItem, today: int, by: int | None) -> int:
    """Write an action item made on the local day ``today``; ``by`` is ``None`` for the machine. Gives its
    number. The caller answers for who may.

    Raises:
        InvalidSetting: nothing is to be done, or it is due in the past.
    """
    if not new.what.strip():
        raise InvalidSetting("The action is empty; write what is to be done.")
    if new.due_day < today:
        raise InvalidSetting("The due date is in the past; choose today or a later day.")
    team = new.team_id
    if team is None and new.agent_id is not None:
        team = tx.scalar(select(agents.c.team_id).where(agents.c.id == new.agent_id))
    values = {name: getattr(new, name) for name in NewItem.__dataclass_fields__} | {
        "what": new.what.strip()[:LONGEST],
        "team_id": team,
        "state": ItemState.OPEN,
        "made_by": by,
        "made_day": today,
        "generated": _generated(tx, new, team, by),
    }
    made = int(tx.execute(insert(action_items).values(**values).returning(action_items.c.id)).scalar_one())
    _add_event(tx, made, by, (new.owner_id, new.due_day, ItemState.OPEN), "")
    return made


def change_item(tx: Transaction, person: Person, item_id: int, change: Change) -> None:
    """Change an item and add to its history. Who owes it may say that it is done, or open again; who leads
    may also drop it, give it to somebody else, or move its date.

    Raises:
        NotFound: there is no such item that this person may see.
        InvalidSetting: this is not the owner's to change, or an item is dropped without a reason.
    """
    i = action_items.c
    query = select(action_items).where(i.id == item_id, items_within(person))
    row = tx.execute(query.with_for_update(of=action_items)).one_or_none()
    if row is None:
        raise NotFound(f"There is no action item {item_id} that you may see; reload the list.")
    moved = change.owner_id is not None or change.due_day is not None or change.state is ItemState.DROPPED
    if moved and not person.leads:
        raise InvalidSetting("Only who leads may move an action item; say that it is done, or ask your lead.")
    if change.state is ItemState.DROPPED and not change.note.strip():
        raise InvalidSetting("The item is dropped without a reason; write why.")
    if change.owner_id is not None and not row.generated and _is_demo(tx, change.owner_id):
        raise InvalidSetting("The new owner belongs to the demo centre; choose somebody of the site.")
    state = change.state or row.state
    values: dict[str, Any] = {
        "state": state,
        "owner_id": change.owner_id or row.owner_id,
        "due_day": row.due_day if change.due_day is None else change.due_day,
        "closed_at": None if state is ItemState.OPEN else row.closed_at or utc_now(),
    }
    tx.execute(update(action_items).where(i.id == item_id).values(**values))
    _add_event(tx, item_id, person.user_id, (values["owner_id"], values["due_day"], state), change.note)


def _add_event(
    tx: Transaction, item_id: int, by: int | None, now: tuple[int, int, ItemState], note: str
) -> None:
    owner, due, state = now
    values = {
        "item_id": item_id,
        "user_id": by,
        "owner_id": owner,
        "due_day": due,
        "state": state,
        "note": note.strip()[:LONGEST],
    }
    tx.execute(insert(action_item_events).values(**values))


def _is_demo(tx: Transaction, user_id: int) -> bool:
    return bool(tx.scalar(select(users.c.generated).where(users.c.id == user_id)))


def _generated(tx: Transaction, new: NewItem, team: int | None, by: int | None) -> bool:
    """True when it is about people of the demo centre, so that it goes with them."""
    about = (
        select(users.c.id).where(users.c.id.in_([new.owner_id, by or 0]), users.c.generated),
        select(agents.c.id).where(agents.c.id == (new.agent_id or 0), agents.c.generated),
        select(teams.c.id).where(teams.c.id == (team or 0), teams.c.generated),
    )
    return bool(tx.scalar(select(or_(*(one.exists() for one in about)))))
