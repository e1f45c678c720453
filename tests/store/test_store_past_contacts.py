"""A contact that was removed still answered: no removal makes a customer look left alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from qa.store.account.users import NewUser, Role, add_user
from qa.store.care import keeping
from qa.store.care.care_filter import CareFilter
from qa.store.care.left_alone import list_left_alone
from qa.store.care.past_contacts import drop_past_contacts
from qa.store.database import Database, Transaction
from qa.store.erasing.aging import ROW_KINDS, Span, take_some
from qa.store.erasing.holds import NewHold, add_hold
from qa.store.erasing.requests import take_everything, whose
from qa.store.erasing.scrub import DUE, scrub_if_due
from qa.store.kinds import ContactOutcome, FollowUpReason, ImportKind, SurveyKind
from qa.store.site import set_setting
from qa.store.tables import call_complaints, calls, contacts, past_contacts, surveys
from tests.store.care_house import CareHouse
from tests.store.rollup_house import ALL, ZONE
from tests.store.samples import START

BY_NAME = {kind.name: kind for kind in ROW_KINDS}
SARA = "e" * 64
HOUR = timedelta(hours=1)
Matters = set[tuple[FollowUpReason, int]]


def alone(database: Database, customer: str = "") -> Matters:
    with database.read() as tx:
        found = list_left_alone(tx, ALL, CareFilter(customer=customer), 5000)
    return {(one.reason, one.subject) for one in found}


def retained(tx: Transaction, name: str, before: datetime) -> int:
    span, done = Span(30_000, before, ZONE), 0
    while count := take_some(tx, BY_NAME[name], span, 7):
        done += count
    return done


def rated(house: CareHouse, tx: Transaction, at: datetime) -> int:
    """Sara answers a survey badly."""
    house.made += 1
    values = {
        "source_id": house.sources[ImportKind.SURVEYS], "key": f"{house.made:032d}", "scale": 5,
        "kind": SurveyKind.CSAT, "score": 1, "answered_at": at, "customer_hash": SARA,
    }  # fmt: skip
    return int(tx.execute(insert(surveys).values(**values).returning(surveys.c.id)).scalar_one())


def called(house: CareHouse, tx: Transaction, at: datetime) -> int:
    """Somebody speaks with Sara on a recorded call."""
    house.arrive(tx)
    one = tx.scalar(select(calls.c.id).order_by(calls.c.id.desc()))
    tx.execute(update(calls).where(calls.c.id == one).values(customer_hash=SARA, started_at=at))
    return int(one or 0)


def rung(house: CareHouse, tx: Transaction, at: datetime, outcome: ContactOutcome) -> None:
    """The telephone records tell of a call with Sara."""
    house.ring(tx)
    newest = tx.scalar(select(contacts.c.id).order_by(contacts.c.id.desc()))
    told = {"customer_hash": SARA, "started_at": at, "outcome": outcome, "call_id": None}
    tx.execute(update(contacts).where(contacts.c.id == newest).values(**told))


@pytest.fixture
def house(database: Database) -> CareHouse:
    with database.write() as tx:
        user = add_user(tx, NewUser("lead", Role.MANAGER, "x", display_name="Lead"))
    return CareHouse(database, 5, user)


Contact = Callable[[CareHouse, Transaction, datetime], object]
CONTACTS: tuple[tuple[str, Contact, bool, bool], ...] = (
    ("customers", called, True, True),  # a recorded call that is over its time
    (
        "contacts",
        lambda h, tx, at: rung(h, tx, at, ContactOutcome.ANSWERED),
        True,
        False,
    ),  # a telephone record; no matter is kept yet
    ("contacts", lambda h, tx, at: rung(h, tx, at, ContactOutcome.ABANDONED), False, True),  # nobody spoke
)


@pytest.mark.parametrize(("kind", "contact", "spoken", "kept"), CONTACTS)
def test_what_a_contact_answered_stays_answered(
    house: CareHouse, kind: str, contact: Contact, *, spoken: bool, kept: bool
) -> None:
    database = house.database
    with database.write() as tx:
        first = rated(house, tx, START)
        contact(house, tx, START + HOUR)
        second = rated(house, tx, START + 2 * HOUR)
    if kept:
        for _ in keeping.steps(database):
            pass
    left = {(FollowUpReason.LOW_SURVEY, second)} | (set() if spoken else {(FollowUpReason.LOW_SURVEY, first)})
    assert alone(database, SARA) == left
    with database.write() as tx:
        assert retained(tx, kind, START + timedelta(days=90))
    assert alone(database, SARA) == left
    with database.read() as tx:
        covers = tx.scalars(select(past_contacts.c.covers).where(past_contacts.c.customer_hash == SARA)).all()
    assert covers == ([START] if spoken else [])  # the survey's moment, not the contact's
    with database.write() as tx:
        third = rated(house, tx, START + 3 * HOUR)  # what comes later is nobody's yet
        retained(tx, "surveys", START + HOUR)
    assert alone(database, SARA) == (left | {(FollowUpReason.LOW_SURVEY, third)}) - {
        (FollowUpReason.LOW_SURVEY, first)
    }
    with database.write() as tx:
        retained(tx, "surveys", START + timedelta(days=90))
        set_setting(tx, DUE, "merge")
    scrub_if_due(database, thorough=False)
    with database.read() as tx:
        assert tx.execute(select(past_contacts).where(past_contacts.c.customer_hash == SARA)).all() == []


def test_a_held_complaint_of_a_forgotten_customer_stays_answered(house: CareHouse) -> None:
    database = house.database
    with database.write() as tx:
        held, key = called(house, tx, START), select(calls.c.key)
        tx.execute(insert(call_complaints).values(call_id=held, utterance=1, at=1.0, quote="not again"))
        add_hold(tx, NewHold("a dispute", call=tx.scalar(key.where(calls.c.id == held))), None)
        called(house, tx, START + HOUR)
    assert alone(database, SARA) == set()
    with database.write() as tx:
        assert take_everything(tx, whose(tx, SARA, 30_000), ZONE)["calls"] == 1
    assert alone(database, SARA) == set()
    with database.write() as tx:
        tx.execute(update(calls).where(calls.c.id == held).values(customer_hash=None))
        drop_past_contacts(tx)
        assert tx.scalars(select(past_contacts.c.customer_hash)).all() == []
