"""The ledger: what comes first, what a person decided stays, and nobody sees another team's."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from qa.errors import InvalidSetting, NotFound
from qa.records import Promise
from qa.store.call.calls import register
from qa.store.database import Database
from qa.store.keyset import Cut
from qa.store.kinds import Direction, PromiseState
from qa.store.people import agent_id, team_id
from qa.store.promise.ledger import LedgerFilter, list_promises, promise_events_of, tally
from qa.store.promise.promises import Decision, decide, save_promises, set_due
from qa.store.scope import Scope
from qa.store.tables import promises
from tests.store.samples import START, new_call

NOW = START + timedelta(days=10)
ALL = Scope.all()


def promise(utterance: int, quote: str, days: int | None = 1) -> Promise:
    due = None if days is None else START + timedelta(days=days)
    return Promise(utterance, quote, 12.5, due, "tomorrow" if due else "", 0.9)


def call(database: Database, seed: int, *found: Promise, **facts: object) -> int:
    with database.write() as tx:
        made = register(tx, new_call(seed, **facts))
        save_promises(tx, made.call_id, found)
    return made.call_id


def quotes(database: Database, scope: Scope = ALL, **wanted: object) -> list[str]:
    with database.read() as tx:
        found = list_promises(tx, scope, LedgerFilter(NOW, **wanted))  # type: ignore[arg-type]
    return [row.quote for row in found.rows]


def test_the_longest_overdue_comes_first_and_what_is_closed_last(database: Database) -> None:
    call(database, 1, promise(1, "late"), promise(2, "later", 20), promise(3, "untimed", None))
    call(database, 2, promise(1, "latest", 0), promise(2, "done", 2))
    with database.write() as tx:
        done = next(row for row in list_promises(tx, ALL, LedgerFilter(NOW)).rows if row.quote == "done")
        decide(tx, ALL, done.id, Decision(PromiseState.KEPT, None))
    assert quotes(database) == ["latest", "late", "later", "untimed", "done"]
    assert quotes(database, overdue=True) == ["latest", "late"]
    assert quotes(database, states=frozenset({PromiseState.KEPT})) == ["done"]
    with database.read() as tx:
        counted = tally(tx, ALL, LedgerFilter(NOW))
        assert counted == tally(tx, ALL, LedgerFilter(NOW, first_day=0))  # with a look at the calls
    assert (counted.total, counted.open, counted.overdue, counted.untimed, counted.kept) == (5, 4, 2, 1, 1)


def test_promises_stand_on_one_page_each_whatever_comes_and_goes(database: Database) -> None:
    """Alike in time, without a time, overdue and closed ones, two of a page."""
    for seed in (1, 2):
        days = (0, 0, 1, None, None, 20, 20, 1)
        call(database, seed, *(promise(n, f"{seed}.{n}", day) for n, day in enumerate(days)))
    with database.write() as tx:
        for number in {
            row.id for row in list_promises(tx, ALL, LedgerFilter(NOW)).rows if row.quote[2] == "7"
        }:
            decide(tx, ALL, number, Decision(PromiseState.KEPT, None))
        tx.execute(update(promises).where(promises.c.changed_at.is_not(None)).values(changed_at=NOW))
        whole = [row.quote for row in list_promises(tx, ALL, LedgerFilter(NOW)).rows]
        first = list_promises(tx, ALL, LedgerFilter(NOW), Cut(2))
        decide(tx, ALL, first.rows[0].id, Decision(PromiseState.VOID, None))
    call(database, 3, promise(1, "early", -1))
    seen, after = [row.quote for row in first.rows], first.next
    while after is not None:
        with database.read() as tx:
            sheet = list_promises(tx, ALL, LedgerFilter(NOW), Cut(2, after))
        seen, after = [*seen, *(row.quote for row in sheet.rows)], sheet.next
    assert len(whole) == 16
    assert [quote for quote in seen[2:] if quote != whole[0]] == whole[2:]
    assert sorted(seen) == sorted([*whole, whole[0]])  # closed meanwhile, it stands where it went as well


def test_hearing_a_call_again_keeps_what_a_person_said(database: Database) -> None:
    heard = call(database, 1, promise(1, "touched"), promise(2, "gone"), promise(3, "stays"))
    with database.write() as tx:
        first = next(row for row in list_promises(tx, ALL, LedgerFilter(NOW)).rows if row.quote == "touched")
        decide(tx, ALL, first.id, Decision(PromiseState.BROKEN, None, "  nobody called "))
        save_promises(tx, heard, (promise(1, "touched"), promise(3, "stays"), promise(4, "new")))
    assert sorted(quotes(database)) == ["new", "stays", "touched"]
    with database.read() as tx:
        kept = next(row for row in list_promises(tx, ALL, LedgerFilter(NOW)).rows if row.quote == "touched")
        (event,) = promise_events_of(tx, ALL, kept.id)
    assert (kept.state, event.state, event.note) == (
        PromiseState.BROKEN,
        PromiseState.BROKEN,
        "nobody called",
    )


def test_a_later_call_to_the_customer_suggests_an_answer(database: Database) -> None:
    same = {"customer_hash": "c" * 64}
    call(database, 1, promise(1, "first"), **same)
    call(database, 3, direction=Direction.OUTBOUND, **same)  # two hours later
    call(database, 5, direction=Direction.INBOUND, **same)
    call(database, 7, promise(1, "alone"))  # a customer that nobody knows
    with database.read() as tx:
        first, alone = sorted(list_promises(tx, ALL, LedgerFilter(NOW)).rows, key=lambda row: row.made_at)
    moments: list[datetime | None] = [first.contact_at, first.again_at, alone.contact_at, alone.again_at]
    assert moments == [START + timedelta(hours=3), START + timedelta(hours=5), None, None]


def test_each_viewer_reaches_own_promises_only(database: Database) -> None:
    with database.write() as tx:
        night, day = team_id(tx, "Night"), team_id(tx, "Day")
        sara = agent_id(tx, "Sara", team=night)
    call(database, 1, promise(1, "of sara"), agent_id=sara, team_id=night)
    call(database, 2, promise(1, "of the day"), team_id=day)
    rows = {"of sara", "of the day"}
    scopes = {
        Scope.of_teams([night]): {"of sara"},
        Scope.of_agent(sara): {"of sara"},
        Scope.of_agent(None): set(),
    }
    for scope, own in scopes.items():
        assert set(quotes(database, scope)) == own
        with database.write() as tx:
            assert tally(tx, scope, LedgerFilter(NOW)).total == len(own)
            for row in list_promises(tx, ALL, LedgerFilter(NOW)).rows:
                if row.quote in rows - own:
                    with pytest.raises(NotFound):
                        decide(tx, scope, row.id, Decision(PromiseState.KEPT, None))
                    with pytest.raises(NotFound):
                        set_due(tx, scope, row.id, NOW, None)


def test_another_time_is_for_open_promises(database: Database) -> None:
    call(database, 1, promise(1, "late"))
    with database.write() as tx:
        (row,) = list_promises(tx, ALL, LedgerFilter(NOW)).rows
        set_due(tx, ALL, row.id, NOW + timedelta(days=1), None)
        assert tally(tx, ALL, LedgerFilter(NOW)).overdue == 0
        decide(tx, ALL, row.id, Decision(PromiseState.VOID, None))
        with pytest.raises(InvalidSetting, match="open it again"):
            set_due(tx, ALL, row.id, NOW, None)
        assert [event.state for event in promise_events_of(tx, ALL, row.id)] == [
            None,
            PromiseState.VOID,
        ]
