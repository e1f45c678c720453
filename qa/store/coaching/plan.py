"""Reading action items: the list, how many there are, their history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from qa.store.coaching.kinds import ItemOrigin, ItemState
from qa.store.coaching.reach import Person, items_within
from qa.store.database import Transaction
from qa.store.tables import action_item_events, action_items, agents, teams, users


@dataclass(frozen=True, slots=True)
class ActionItem:
    """An action item; days are local days. ``made_by`` is ``None`` for the machine."""

    id: int
    owner_id: int
    owner: str
    what: str
    due_day: int
    state: ItemState
    origin: ItemOrigin
    origin_id: int | None
    kpi: str | None
    criterion: str | None
    team_id: int | None
    team: str | None
    agent_id: int | None
    agent: str | None
    made_by: int | None
    generated: bool
    made_day: int
    made_at: datetime
    closed_at: datetime | None

    def overdue(self, today: int) -> bool:
        """True when it is open past its day."""
        return self.state is ItemState.OPEN and self.due_day < today


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """What the item was from ``at`` on, and who made it so."""

    by: str | None
    owner: str
    due_day: int
    state: ItemState
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items to list; an empty part does not narrow. ``overdue_by``: open and due before that day."""

    states: frozenset[ItemState] = frozenset()
    owner_id: int | None = None
    origin: ItemOrigin | None = None
    origin_id: int | None = None
    kpi: str | None = None
    criterion: str | None = None
    agent_id: int | None = None
    overdue_by: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ItemTally:
    """How many items there are of each kind; ``overdue`` ones are open too."""

    open: int
    overdue: int
    done: int
    dropped: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.done + self.dropped


def list_items(
    tx: Transaction, person: Person, wanted: ItemFilter, limit: int, skip: int = 0
) -> tuple[ActionItem, ...]:
    """Items that the person may see: open ones by due day, so the overdue first, then closed ones, the
    newest first.
    """
    i = action_items.c
    named = {"owner": users.c.display_name, "team": teams.c.name, "agent": agents.c.name}
    columns = [
        named[name].label(name) if name in named else i[name] for name in ActionItem.__dataclass_fields__
    ]
    joined = (
        action_items.join(users, users.c.id == i.owner_id)
        .outerjoin(teams, teams.c.id == i.team_id)
        .outerjoin(agents, agents.c.id == i.agent_id)
    )
    is_open = i.state == ItemState.OPEN
    query = (
        select(*columns)
        .select_from(joined)
        .where(items_within(person), *_conditions(wanted))
        .order_by(case((is_open, 0), else_=1), case((is_open, i.due_day)), i.closed_at.desc(), i.id.desc())
        .limit(limit)
        .offset(skip)
    )
    return tuple(ActionItem(**row) for row in tx.execute(query).mappings())


def count_items(tx: Transaction, person: Person, today: int) -> ItemTally:
    """How many items the person may see, by state."""
    i = action_items.c
    late = (i.state == ItemState.OPEN) & (i.due_day < today)
    rules: list[ColumnElement[bool]] = [i.state == ItemState.OPEN, late]
    rules += [i.state == ItemState.DONE, i.state == ItemState.DROPPED]
    query = select(*(func.coalesce(func.sum(case((rule, 1), else_=0)), 0) for rule in rules))
    row = tx.execute(query.where(items_within(person))).one()
    return ItemTally(*(int(count) for count in row))


def item_events(tx: Transaction, item_ids: list[int]) -> dict[int, tuple[ItemEvent, ...]]:
    """What happened to items, in order; the caller has read them with the viewer's scope."""
    owner, e = users.alias("owner"), action_item_events.c
    query = (
        select(
            e.item_id,
            users.c.display_name.label("by"),
            owner.c.display_name.label("owner"),
            *(e[name] for name in ("due_day", "state", "note", "at")),
        )
        .select_from(
            action_item_events.join(owner, owner.c.id == e.owner_id).outerjoin(users, users.c.id == e.user_id)
        )
        .where(e.item_id.in_(item_ids))
        .order_by(e.id)
    )
    found: dict[int, list[ItemEvent]] = {each: [] for each in item_ids}
    for row in tx.execute(query).mappings():
        fields = {name: row[name] for name in ItemEvent.__dataclass_fields__}
        found[row["item_id"]].append(ItemEvent(**fields))
    return {each: tuple(events) for each, events in found.items()}


def _conditions(wanted: ItemFilter) -> list[Any]:
    i = action_items.c
    found: list[Any] = []
    if wanted.states:
        found.append(i.state.in_(sorted(wanted.states)))
    if wanted.overdue_by is not None:
        found.append((i.state == ItemState.OPEN) & (i.due_day < wanted.overdue_by))
    names = ("id", "owner_id", "origin", "origin_id", "kpi", "criterion", "agent_id")
    given = {name: getattr(wanted, name) for name in names}
    return found + [i[name] == value for name, value in given.items() if value is not None]
