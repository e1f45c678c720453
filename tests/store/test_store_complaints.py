"""Complaints of calls: stored with the review, for older calls, after roles are set; who is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from qa.complaint import find_complaints, lexicon_version
from qa.diarise.relabel import RoleChange
from qa.measure import default_limits
from qa.pipeline import Options
from qa.records import Span, Speaker, Transcript, Utterance
from qa.rescore import ComplaintErrand
from qa.rescore.roles import set_roles
from qa.store.account.users import NewUser, add_user
from qa.store.call.calls import register
from qa.store.call.complaints import complaints_of, read_up_to, save_complaints
from qa.store.call.detail import load_call
from qa.store.call.reviews import save_review
from qa.store.care.care_filter import CareFilter
from qa.store.care.customers import timeline
from qa.store.care.follow_ups import Matter, assign
from qa.store.care.left_alone import list_left_alone
from qa.store.database import Database, Transaction
from qa.store.desk.population import reviewable
from qa.store.engine.migrate import upgrade
from qa.store.kinds import ContactOutcome, FollowUpReason, ImportKind, Role
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import list_calls
from qa.store.made.bulk import delete_calls
from qa.store.made.generated import generated_source
from qa.store.scope import Scope
from qa.store.tables import call_complaints, calls, contacts, follow_ups, import_sources
from tests.store.samples import START, new_call, review

ALL, OPTIONS = Scope.all(), Options(default_limits())
A, B = "a" * 64, "b" * 64
TURNS = (
    (Speaker.AGENT, "To make a complaint, tell me your number."),
    (Speaker.CUSTOMER, "Nobody called me back. It is about my parcel."),
    (Speaker.AGENT, "I see, I am sorry."),
    (Speaker.CUSTOMER, "This is unacceptable."),
)
SPOKEN = ["Nobody called me back.", "This is unacceptable."]


def words() -> Transcript:
    said = (Utterance(n, who, Span(n * 4.0, n * 4.0 + 3), line) for n, (who, line) in enumerate(TURNS))
    return Transcript("en", "imported", "json", tuple(said))


def heard(tx: Transaction, hour: int, customer: str | None = None, *, read: bool = True) -> int:
    """A call with two complaints; without ``read`` it is one that was heard before there was a finder."""
    made = register(tx, new_call(hour, customer_hash=customer)).call_id
    found = find_complaints(words()) if read else ()
    save_review(tx, made, replace(review(hour), transcript=words(), complaints=found))
    return made


def alone(tx: Transaction) -> list[tuple[FollowUpReason, int, str | None, float | None]]:
    found = list_left_alone(tx, ALL, CareFilter(), 50)
    return [(one.reason, one.subject, one.text, one.second) for one in found]


def test_a_complaint_waits_until_there_is_a_later_call(database: Database) -> None:
    with database.write() as tx:
        first, other = heard(tx, 1, A), heard(tx, 2, B)
        heard(tx, 3)  # nobody knows the customer
        spoken = FollowUpReason.CALL_COMPLAINT
        # two complaints in a call are one matter, at the second of the first
        assert alone(tx) == [(spoken, first, SPOKEN[0], 4.0), (spoken, other, SPOKEN[0], 4.0)]
        register(tx, new_call(5, customer_hash=A))
        assert [one[1] for one in alone(tx)] == [other]
        again = next(one for one in timeline(tx, ALL, B) if one.kind == "complaint")
        assert (again.text, again.second) == (SPOKEN[1], 12.0)  # the newest first
        day = new_call(2).local_day
        risky = [one.call_id for one in reviewable(tx, day, day) if one.complained]
        assert set(risky) >= {first, other}


@pytest.mark.parametrize(
    ("outcome", "hours", "joined", "left"),
    [
        (ContactOutcome.ANSWERED, 1, False, True),  # somebody spoke with the customer
        (ContactOutcome.ABANDONED, 1, False, False),  # nobody did
        (ContactOutcome.ANSWERED, -1, False, False),  # before the complaint
        (ContactOutcome.ANSWERED, 1, True, False),  # the record of the complaint's own call
    ],
)
def test_an_answered_call_in_the_telephone_records_is_a_contact(
    database: Database, outcome: ContactOutcome, hours: int, joined: bool, left: bool
) -> None:
    with database.write() as tx:
        number = heard(tx, 1, A)
        generated_source(tx, ImportKind.CDR, "exchange")
        source = tx.scalar(select(import_sources.c.id))
        values = {"source_id": source, "key": "k", "unique_id": "1.1", "outcome": outcome, "customer_hash": A}
        at = START + timedelta(hours=1 + hours)
        tx.execute(insert(contacts).values(**values, started_at=at, call_id=number if joined else None))
        assert (alone(tx) == []) is left
        shown = [one.what for one in timeline(tx, ALL, A) if one.kind == "contact"]
        assert shown == ([] if joined else [outcome.value])  # with its recording it is that call


def test_lists_narrow_to_calls_with_a_complaint_and_without(database: Database) -> None:
    with database.write() as tx:
        voiced, calm = heard(tx, 1), heard(tx, 2, read=False)
        found = {
            wanted: [
                (row.id, row.complained) for row in list_calls(tx, ALL, CallFilter(complained=wanted)).rows
            ]
            for wanted in (True, False)
        }
        assert found == {True: [(voiced, True)], False: [(calm, False)]}
        key = str(tx.scalar(select(calls.c.key).where(calls.c.id == voiced)))
        assert [one.quote for one in load_call(tx, key, ALL).complaints] == SPOKEN
        blind = replace(ALL, blind=frozenset({voiced}), reader=1)
        assert load_call(tx, key, blind).complaints == ()


def test_a_follow_up_stays_when_the_phrases_change_and_goes_with_the_call(database: Database) -> None:
    with database.write() as tx:
        number = heard(tx, 1, A)
        user = add_user(tx, NewUser("lead", Role.MANAGER, "x", display_name="Lead"))
        assign(tx, Matter(A, FollowUpReason.CALL_COMPLAINT, number), (user, user), 20_700)
        save_complaints(tx, {number: find_complaints(words())[1:]})
        (one,) = list_left_alone(tx, ALL, CareFilter(), 9)
        assert (one.owner, one.text) == ("Lead", SPOKEN[1])
        delete_calls(tx, [number])
        assert tx.scalars(select(follow_ups.c.id)).all() == []
        assert tx.scalars(select(call_complaints.c.id)).all() == []


def test_calls_that_were_stored_before_are_read_in_chunks(database: Database) -> None:
    with database.write() as tx:
        old = [heard(tx, hour, read=False) for hour in range(25)]
        planted = register(tx, new_call(30)).call_id  # a call without words keeps what it was given
        save_complaints(tx, {planted: find_complaints(words())})
    look = ComplaintErrand(database)
    assert look() is True
    with database.read() as tx:
        assert [len(complaints_of(tx, one)) for one in (old[0], old[19], old[20])] == [2, 2, 0]
        assert read_up_to(tx, lexicon_version()) == old[19]
    assert [look(), look(), look()] == [True, False, False]
    with database.read() as tx:
        assert [one.quote for one in complaints_of(tx, old[-1])] == SPOKEN
        assert len(complaints_of(tx, planted)) == 2
        assert read_up_to(tx, lexicon_version()) is None
        assert read_up_to(tx, "other phrases") == 0


def test_roles_that_a_person_sets_decide_whose_words_count(database: Database) -> None:
    with database.write() as tx:
        made = register(tx, new_call(1)).call_id
        found = replace(review(1), transcript=words(), complaints=find_complaints(words()))
        save_review(tx, made, found)
        key = str(tx.scalar(select(calls.c.key)))
        set_roles(tx, (key, ALL), RoleChange.SWAP, None, OPTIONS)
        assert [one.quote for one in complaints_of(tx, made)] == [TURNS[0][1]]


def test_the_upgrade_keeps_follow_ups_and_admits_the_new_reason(empty_url: str) -> None:
    upgrade(empty_url, "0022")
    old = Database.open(empty_url)
    now = "0" if old.dialect == "sqlite" else "'2026-01-01T00:00:00Z'"
    with old.write() as tx:
        made = register(tx, new_call(1, customer_hash=A)).call_id
        tx.execute(
            text(
                "INSERT INTO follow_ups (customer_hash, reason, due_day, created_at)"
                f" VALUES ('{A}', 'low survey', 20700, {now})"
            )
        )
        tx.execute(
            text(
                "INSERT INTO follow_up_events (follow_up_id, note, created_at)"
                f" SELECT id, 'by telephone', {now} FROM follow_ups"
            )
        )
    old.close()
    upgrade(empty_url)
    new = Database.open(empty_url)
    with new.write() as tx:
        assign(tx, Matter(A, FollowUpReason.CALL_COMPLAINT, made), (_user(tx), _user(tx)), 20_701)
        rows = tx.execute(select(follow_ups.c.reason, follow_ups.c.due_day).order_by(follow_ups.c.id)).all()
        assert [tuple(row) for row in rows] == [("low survey", 20_700), ("complaint in a call", 20_701)]
        assert tx.scalar(text("SELECT note FROM follow_up_events")) == "by telephone"
        bad = text(
            f"INSERT INTO follow_ups (customer_hash, reason, created_at) VALUES ('x', 'boredom', {now})"
        )
        with pytest.raises(IntegrityError, match="reason"), tx.begin_nested():
            tx.execute(bad)
    new.close()


def _user(tx: Transaction) -> int:
    known = tx.scalar(text("SELECT id FROM users"))
    return int(known or add_user(tx, NewUser("lead", Role.MANAGER, "x", display_name="Lead")))
