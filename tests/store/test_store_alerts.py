"""An alert is raised once for each cause; messages leave at least once and bear one key."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.account.users import NewUser, add_user
from qa.store.alert.alert_kinds import AlertState, AlertStep, Channel, MessageState
from qa.store.alert.alert_list import Alert, count_alerts, delete_generated_alerts, events_of, list_alerts
from qa.store.alert.alerts import Found, Manner, acknowledge, close, keep_found
from qa.store.alert.outbox import (
    LEASE,
    PAUSES,
    NewMessage,
    failed,
    list_messages,
    put,
    send_again,
    sent,
    take,
)
from qa.store.database import Database
from qa.store.keyset import Cut
from qa.store.kinds import Role
from qa.store.people import team_id
from qa.store.scope import Scope
from qa.store.tables import alerts, outbox
from qa.store.types import utc_now
from tests.store.samples import START

SIGNAL, EVENT = Manner("kpi", lasting=False, closes=False), Manner("critical", lasting=True, closes=False)
OWED = Manner("promise", lasting=False, closes=True)


def of(cause: str, group: str = "g", **more: object) -> Found:
    return Found(cause, group, 20_000, **more)  # type: ignore[arg-type]


def keep(database: Database, manner: Manner, *found: Found) -> tuple[Alert, ...]:
    with database.write() as tx:
        return keep_found(tx, manner, found)


def every(database: Database, scope: Scope | None = None) -> tuple[Alert, ...]:
    with database.read() as tx:
        return list_alerts(tx, scope or Scope.all(), AlertState).rows


@pytest.fixture
def lead(database: Database) -> int:
    with database.write() as tx:
        return add_user(tx, NewUser(name="lead", role=Role.MANAGER, display_name="Lead", password_hash="x"))


def test_one_alert_as_long_as_its_cause_lasts_whatever_people_do(database: Database, lead: int) -> None:
    (first,) = keep(database, SIGNAL, of("quality"))
    assert keep(database, SIGNAL, of("quality")) == ()
    with database.write() as tx:
        acknowledge(tx, Scope.all(), first.id, lead, "asked the team")
    assert keep(database, SIGNAL, of("quality")) == ()
    with database.write() as tx:
        close(tx, Scope.all(), first.id, lead, "")
    assert keep(database, SIGNAL, of("quality")) == ()
    assert [one.state for one in every(database)] == [AlertState.CLOSED]
    with database.read() as tx:
        steps = events_of(tx, [first.id])[first.id]
    assert [(s.step, s.by, s.note) for s in steps] == [
        (AlertStep.RAISED, None, ""),
        (AlertStep.ACKNOWLEDGED, "Lead", "asked the team"),
        (AlertStep.CLOSED, "Lead", ""),
    ]


def test_a_cause_that_ends_and_comes_again_is_new(database: Database) -> None:
    (first,) = keep(database, SIGNAL, of("quality"))
    assert keep(database, SIGNAL) == ()
    (ended,) = every(database)
    assert (ended.state, ended.ended_at is None) == (AlertState.OPEN, False)
    (second,) = keep(database, SIGNAL, of("quality"))
    assert second.id != first.id
    assert (second.count, second.ended_at) == (1, None)
    assert [one.id for one in every(database)] == [second.id, first.id]


def test_calls_of_a_group_join_it_while_it_is_open(database: Database, lead: int) -> None:
    (first,) = keep(database, EVENT, of("a"), of("b"))
    assert first.count == 2
    assert keep(database, EVENT, of("a"), of("b"), of("c")) == ()
    assert every(database)[0].count == 3
    with database.write() as tx:
        acknowledge(tx, Scope.all(), first.id, lead, "")
    # what happened stays so: a call that the rule no longer sees has not ended
    (second,) = keep(database, EVENT, of("d"))
    assert (second.count, keep(database, EVENT, of("a"), of("d"))) == (1, ())


def test_an_alert_whose_promises_are_all_decided_closes_by_itself(database: Database) -> None:
    keep(database, OWED, of("1"), of("2"))
    keep(database, OWED, of("2"))
    assert every(database)[0].state is AlertState.OPEN
    keep(database, OWED)
    assert (every(database)[0].state, len(keep(database, OWED, of("2")))) == (AlertState.CLOSED, 1)


def test_alerts_stand_on_one_page_each_whatever_comes_and_goes(database: Database, lead: int) -> None:
    keep(database, SIGNAL, *(of(str(n), str(n)) for n in range(7)))
    with database.write() as tx:
        tx.execute(update(alerts).values(created_at=START))
    whole = [one.id for one in every(database)]
    with database.write() as tx:
        close(tx, Scope.all(), whole[-1], lead, "")
        first = list_alerts(tx, Scope.all(), AlertState, Cut(2))
        tx.execute(delete(alerts).where(alerts.c.id == first.rows[1].id))
    keep(database, EVENT, of("new"))
    seen, after = [one.id for one in first.rows], first.next
    while after is not None:
        with database.read() as tx:
            found = list_alerts(tx, Scope.all(), AlertState, Cut(2, after))
        seen, after = [*seen, *(one.id for one in found.rows)], found.next
    assert seen == whole


def test_who_may_see_and_act(database: Database, lead: int) -> None:
    with database.write() as tx:
        team = team_id(tx, "Orders")
    (site,) = keep(database, SIGNAL, of("quality"))
    (theirs,) = keep(database, EVENT, of("a", "t", team=team))
    seen = {
        "all": every(database),
        "team": every(database, Scope.of_teams({team})),
        "other": every(database, Scope.of_teams({team + 1})),
        "agent": every(database, Scope.of_agent(1)),
    }
    assert {name: {one.id for one in found} for name, found in seen.items()} == {
        "all": {site.id, theirs.id},
        "team": {theirs.id},
        "other": set(),
        "agent": set(),
    }
    with database.write() as tx:
        assert count_alerts(tx, Scope.of_teams({team}))[AlertState.OPEN] == 1
        with pytest.raises(NotFound):
            acknowledge(tx, Scope.of_teams({team}), site.id, lead, "")
        acknowledge(tx, Scope.of_teams({team}), theirs.id, lead, "")
        with pytest.raises(InvalidSetting):
            acknowledge(tx, Scope.all(), theirs.id, lead, "")


def test_the_demo_takes_its_alerts_and_their_messages_along(database: Database) -> None:
    (made,) = keep(database, EVENT, of("a", generated=True))
    (own,) = keep(database, EVENT, of("b", "other"))
    with database.write() as tx:
        for alert in (made, own):
            put(tx, message(f"alert-{alert.id}", alert_id=alert.id))
        delete_generated_alerts(tx)
        assert list(tx.scalars(select(outbox.c.alert_id))) == [own.id]
    assert [one.id for one in every(database)] == [own.id]


def message(key: str, **more: object) -> NewMessage:
    return NewMessage(key, Channel.MAIL, "alert", "a@example.org", {"subject": "s"}, **more)  # type: ignore[arg-type]


def test_a_message_is_queued_once_and_taken_by_one(database: Database) -> None:
    with database.write() as tx:
        assert [put(tx, message("k")), put(tx, message("k"))] == [True, False]
    now = utc_now() + timedelta(seconds=1)
    with database.write() as tx:
        mine = take(tx, now, patient=True)
        assert mine is not None
        assert take(tx, now, patient=True) is None
        # whoever took it died over it: another gets it later, under the same key
        other = take(tx, now + LEASE, patient=True)
        assert other is not None
        assert (other.key, other.attempts) == ("k", 2)
        sent(tx, mine, now)  # too late: it is not ours any more
        assert list_messages(tx, MessageState.SENT) == ()
        sent(tx, other, now)
        assert take(tx, now + LEASE * 9, patient=True) is None
        assert put(tx, message("k")) is False


def test_a_message_that_fails_waits_longer_each_time_and_dies(database: Database) -> None:
    with database.write() as tx:
        put(tx, message("k"))
        now = utc_now() + timedelta(seconds=1)
        for pause in PAUSES:
            mine = take(tx, now, patient=True)
            assert mine is not None
            failed(tx, mine, now, "mail:timeout", final=False)
            assert take(tx, now + pause - timedelta(seconds=1), patient=True) is None
            now += pause
        last = take(tx, now, patient=True)
        assert last is not None
        failed(tx, last, now, "mail:timeout", final=False)
        (dead,) = list_messages(tx, MessageState.DEAD)
        assert (dead.error, dead.attempts) == ("mail:timeout", len(PAUSES) + 1)
        send_again(tx, dead.id)
        again = take(tx, utc_now() + timedelta(seconds=1), patient=True)
        assert again is not None
        assert again.key == "k"


def test_patient_messages_wait_and_others_do_not(database: Database) -> None:
    with database.write() as tx:
        put(tx, message("alert", patient=True))
        put(tx, message("test"))
        now = utc_now() + timedelta(seconds=1)
        first = take(tx, now, patient=False)
        assert first is not None
        assert (first.key, take(tx, now, patient=False)) == ("test", None)
        held = take(tx, now, patient=True)
        assert held is not None
        assert held.key == "alert"
