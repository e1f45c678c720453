"""What stands beside the charts of a site: annotations, action items, public holidays where they are kept."""

from collections.abc import Iterable

from qa.gather.house import House
from qa.holidays import Holiday, holidays, observed
from qa.store.annotations import Annotation, list_annotations
from qa.store.coaching.kinds import ItemState
from qa.store.coaching.plan import ActionItem, ItemFilter, list_items
from qa.store.coaching.reach import Person
from qa.weekly.kpis import BY_KEY
from qa.weekly.records import Mark, MarkKind

NOBODY = -1
"""No user's number: items are seen through the scope alone."""
READ = 500  # items looked through


def marks(
    house: House, first: int, last: int, place: tuple[int | None, int | None] = (None, None)
) -> tuple[Mark, ...]:
    """Those that touch these days, oldest first. ``place`` is a team and a queue: an annotation of another
    team or queue is left out.
    """
    with house.database.read() as tx:
        noted = list_annotations(tx, house.scope, first, last)
        items = list_items(tx, Person(NOBODY, house.scope), ItemFilter(), READ)
    found = [_noted(one) for one in noted if _here(one, place)]
    found += [_begun(one) for one in items if first <= one.made_day <= last and _moves(one, place)]
    if observed(house.settings):
        found += _merged(holidays(first, last))
    return tuple(sorted(found, key=lambda mark: (mark.first, mark.kind.value, mark.en)))


def _moves(one: ActionItem, place: tuple[int | None, int | None]) -> bool:
    """An item that is meant to move a figure, of everybody or of the team that was asked for."""
    known = one.kpi in BY_KEY and one.state is not ItemState.DROPPED
    return known and (place[0] is None or one.team_id is None or one.team_id == place[0])


def _begun(one: ActionItem) -> Mark:
    return Mark(one.made_day, one.made_day, one.what, one.what, MarkKind.ACTION, one.owner, kpi=one.kpi or "")


def _here(one: Annotation, place: tuple[int | None, int | None]) -> bool:
    """Of everybody, or of what was asked for."""
    of = (one.team_id, one.queue_id)
    return all(own is None or asked is None or own == asked for own, asked in zip(of, place, strict=True))


def _noted(one: Annotation) -> Mark:
    place = " · ".join(name for name in (one.team, one.queue) if name)
    return Mark(one.first_day, one.last_day, one.text, one.text, MarkKind.NOTE, place, number=one.id)


def _merged(found: Iterable[Holiday]) -> list[Mark]:
    """Days in a row of one name are one mark."""
    made: list[Mark] = []
    for one in found:
        last = next((mark for mark in reversed(made) if mark.en == one.en), None)
        if last is not None and last.last == one.day - 1:
            made[made.index(last)] = _marked(one, last.first)
        else:
            made.append(_marked(one, one.day))
    return made


def _marked(one: Holiday, first: int) -> Mark:
    return Mark(first, one.day, one.en, one.fa, MarkKind.HOLIDAY, about=one.about)
