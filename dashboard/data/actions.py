"""Action items for the pages: who owes what by when, from coaching, alerts, calibrations or by hand."""

from collections.abc import Sequence

from dashboard.data.acting import Act, audited
from dashboard.data.coaching import today
from dashboard.data.site import database
from qa.store.account.users import list_users
from qa.store.coaching import items, plan
from qa.store.coaching.items import Change, NewItem
from qa.store.coaching.kinds import ItemOrigin, ItemState
from qa.store.coaching.plan import ActionItem, ItemEvent, ItemFilter, ItemTally
from qa.store.coaching.reach import Person, teams_of
from qa.store.kinds import Role
from qa.store.people import list_agents

__all__ = [
    "ActionItem",
    "Change",
    "ItemEvent",
    "ItemFilter",
    "ItemOrigin",
    "ItemState",
    "ItemTally",
    "NewItem",
    "Person",
]


def listed(person: Person, wanted: ItemFilter, limit: int, skip: int = 0) -> tuple[ActionItem, ...]:
    """A page of the items that this person may see, overdue ones first."""
    with database().read() as tx:
        return plan.list_items(tx, person, wanted, limit, skip)


def overdue(person: Person, limit: int) -> tuple[ActionItem, ...]:
    """Open items past their day."""
    return listed(person, ItemFilter(overdue_by=today()), limit)


def one(person: Person, item_id: int | None) -> ActionItem | None:
    """An item by its number; ``None`` when there is none that this person may see."""
    found = () if item_id is None else listed(person, ItemFilter(id=item_id), 1)
    return next(iter(found), None)


def owners(person: Person) -> dict[int, str]:
    """Who may be given an item by this person: those who lead, and agents of own teams, by name."""
    with database().read() as tx:
        mine = {
            agent.id
            for agent in list_agents(tx)
            if person.scope.everything or agent.team_id in person.scope.teams
        }
        return {
            user.id: user.display_name
            for user in list_users(tx)
            if not user.disabled and (user.role is not Role.AGENT or user.agent_id in mine)
        }


def counts(person: Person) -> ItemTally:
    """How many items this person may see, by state."""
    with database().read() as tx:
        return plan.count_items(tx, person, today())


def events(found: Sequence[ActionItem]) -> dict[int, tuple[ItemEvent, ...]]:
    """What happened to items that were read with the viewer's scope."""
    with database().read() as tx:
        return plan.item_events(tx, [one.id for one in found])


def add(person: Person, new: NewItem) -> int:
    """Write an action item by hand; gives its number. Who does not lead makes own ones only.

    Raises:
        PermissionError: it would be somebody else's, or of a team that this person does not lead.
        NotFound: it is about an agent whom this person does not lead.
        InvalidSetting: nothing is to be done, or it is due in the past.
    """
    teams = person.scope.teams
    mine = new.owner_id == person.user_id and new.agent_id is None and new.team_id is None
    led = person.leads and (person.scope.everything or new.team_id is None or new.team_id in teams)
    if not (mine or led):
        raise PermissionError("this action item is another's to make")
    with database().write() as tx:
        if new.agent_id is not None:
            teams_of(tx, person, (new.agent_id,))
        made = items.add_item(tx, new, today(), person.user_id)
        audited(tx, Act.ACTION_CHANGED, f"action:{made}", step="made")
        return made


def change(person: Person, item_id: int, what: Change) -> None:
    """Change an item; its history keeps what it was.

    Raises:
        NotFound: there is no such item that this person may see.
        InvalidSetting: this is not this person's to change, or it is dropped without a reason.
    """
    with database().write() as tx:
        items.change_item(tx, person, item_id, what)
        audited(tx, Act.ACTION_CHANGED, f"action:{item_id}", step="changed")
