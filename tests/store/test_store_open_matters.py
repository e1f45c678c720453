"""Kept matters are what happened: after any change, for any viewer, whatever was folded, cut off or late."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from qa.store.account.users import NewUser, Role, add_user
from qa.store.care import checking, keeping, parts, standing
from qa.store.care.care_filter import CareFilter
from qa.store.care.errand import EVERY, MattersErrand
from qa.store.care.left_alone import Waiting, left_alone
from qa.store.database import Database, Transaction
from qa.store.erasing.people import take_comments
from qa.store.erasing.scrub import DUE, scrub_if_due
from qa.store.keyset import Cut
from qa.store.kinds import CommentStep, ContactOutcome, Feeling, FollowUpReason, ImportKind
from qa.store.made.bulk import delete_calls
from qa.store.scope import Scope
from qa.store.site import set_setting
from qa.store.tables import calls, care_marks, comments, contacts, open_matters, surveys, text_sentiments
from qa.store.voice.comment_ledger import NewEvent, add_event
from qa.store.voice.sentiments import Reading, correct, save_readings, text_key
from tests.store.care_house import CareHouse
from tests.store.samples import START

ALL = Scope.all()
EVER = CareFilter()


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "STRETCH", 3)
    monkeypatch.setattr(keeping, "CUSTOMERS", 2)


def folded(database: Database) -> None:
    for _ in keeping.steps(database):
        pass


def asked(house: CareHouse) -> Iterator[tuple[Scope, CareFilter]]:
    team, reasons = Scope.of_teams(house.teams[:1]), frozenset(FollowUpReason) - {FollowUpReason.COMPLAINT}
    hidden = frozenset(range(1, 90, 2))
    month = CareFilter(since=START + timedelta(days=3), until=START + timedelta(days=20))
    yield ALL, EVER
    yield replace(team, reader=1, blind=hidden), month
    yield replace(ALL, reader=1, blind=hidden), replace(month, reasons=reasons)
    yield Scope.of_agent(house.agents[0]), EVER
    yield ALL, CareFilter(queues=frozenset(house.queues[:1]), languages=frozenset({"en"}))
    yield ALL, CareFilter(customer="3" * 64)


def seen(house: CareHouse) -> list[Waiting]:
    with house.database.read() as tx:
        return [left_alone(tx, scope, wanted, Cut(500)) for scope, wanted in asked(house)]


def same(house: CareHouse, monkeypatch: pytest.MonkeyPatch) -> list[Waiting]:
    """What is seen now is what is seen of what happened alone."""
    now = seen(house)
    with monkeypatch.context() as patch:
        patch.setattr(standing, "usable", lambda _tx: False)
        assert now == seen(house)
    return now


@pytest.fixture
def house(database: Database) -> CareHouse:
    with database.write() as tx:
        user = add_user(tx, NewUser("lead", Role.MANAGER, "x", display_name="Lead"))
    return CareHouse(database, 3, user)


def changed(house: CareHouse, times: int) -> CareHouse:
    for _ in range(times):
        house.change()
    return house


def test_after_any_changes_the_matters_are_what_happened(
    house: CareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = dict.fromkeys(FollowUpReason, 0)
    for turn in range(4):
        changed(house, 45)
        for _ in range(turn * 3):
            keeping.step(house.database)  # some stretches, or some customers
        for reason, n in same(house, monkeypatch)[0].counts.items():
            met[reason] += n
        if turn in (0, 2):
            folded(house.database)
            same(house, monkeypatch)
            assert list(checking.check(house.database, None)) == []
    assert all(met.values()), met
    folded(house.database)
    monkeypatch.setattr(standing, "matters", None)  # of what is kept alone
    assert seen(house)[0].counts
    with house.database.read() as tx:
        assert not keeping.waits(tx)


def test_every_single_change_is_marked(house: CareHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """One change after all is kept: what it opens or closes is marked by it and by nothing else."""
    monkeypatch.setattr(keeping, "STRETCH", 1000)
    monkeypatch.setattr(keeping, "CUSTOMERS", 1000)
    changed(house, 60)
    for kind in (*dict.fromkeys(house.changes), *[house.ring_back, house.read, house.reply] * 6):
        folded(house.database)
        with house.database.write() as tx:
            kind(tx)
        with house.database.read() as tx:
            now = left_alone(tx, ALL, EVER, Cut(500))
            with monkeypatch.context() as patch:
                patch.setattr(standing, "usable", lambda _tx: False)
                assert now == left_alone(tx, ALL, EVER, Cut(500)), kind.__name__


def test_every_reading_of_a_text_is_marked(house: CareHouse) -> None:
    """One after another with nothing else in between, so that each is seen by its own mark alone."""
    words, t = text_key("never again"), text_sentiments.c
    row = {
        "source_id": house.sources[ImportKind.COMMENTS], "key": "1", "text": "never again", "text_key": words,
        "posted_at": START, "customer_hash": "3" * 64,
    }  # fmt: skip
    bad = [Reading(words, Feeling.NEGATIVE, -0.5, 0.9, "en")]
    steps: tuple[tuple[Callable[[Transaction], object], int], ...] = (
        (lambda tx: tx.execute(insert(comments).values(**row)), 0),
        (lambda tx: save_readings(tx, "m", bad), 1),  # read for the first time
        (lambda tx: correct(tx, words, Feeling.POSITIVE, None), 0),  # a person says otherwise
        (lambda tx: correct(tx, words, Feeling.NEGATIVE, None), 1),
        (lambda tx: tx.execute(delete(text_sentiments).where(t.text_key == words)), 0),  # a model is let go
    )
    for step, complaints in steps:
        folded(house.database)
        with house.database.write() as tx:
            step(tx)
        with house.database.read() as tx:
            assert left_alone(tx, ALL, EVER, Cut(0)).counts[FollowUpReason.COMPLAINT] == complaints


def test_a_telephone_contact_closes_what_was_open(house: CareHouse) -> None:
    changed(house, 90)
    folded(house.database)
    open_one = seen(house)[0].page[0].customer
    with house.database.write() as tx:
        house.ring(tx)
        one = tx.scalar(select(contacts.c.id).order_by(contacts.c.id.desc()))
        told = {"customer_hash": open_one, "call_id": None, "outcome": ContactOutcome.ANSWERED}
        late_on = {"started_at": START + timedelta(days=90)}
        tx.execute(update(contacts).where(contacts.c.id == one).values(**told, **late_on))
    assert open_one not in {matter.customer for matter in seen(house)[0].page}


@contextmanager
def late(monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[], None]) -> Iterator[None]:
    """Something happens after the first reading of a step, before it writes."""
    read, left = getattr(keeping, name), [change]

    def reading(*given: object) -> object:
        found = read(*given)
        if left:
            left.pop()()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(keeping, name, reading)
        yield
    assert not left


def test_a_change_between_reading_and_writing_is_not_lost(
    house: CareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(house, 40)
    with late(monkeypatch, "worked_out", lambda: [house.change() for _ in range(9)] and None):
        folded(house.database)
    same(house, monkeypatch)
    changed(house, 9)
    with late(monkeypatch, "worked_out", lambda: [house.change() for _ in range(9)] and None):
        folded(house.database)
    same(house, monkeypatch)
    assert list(checking.check(house.database, None)) == []


def test_of_two_who_fold_the_same_customers_the_second_changes_nothing(
    house: CareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(house, 60)
    folded(house.database)

    def another() -> None:
        folded(house.database)
        with house.database.write() as tx:
            tx.execute(update(calls).values(customer_hash=None))
        folded(house.database)

    changed(house, 9)
    with late(monkeypatch, "worked_out", another):
        keeping.step(house.database)
    assert list(checking.check(house.database, None)) == []
    same(house, monkeypatch)


@pytest.mark.postgres
def test_changes_that_do_not_see_each_other_are_both_seen(
    house: CareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment comes while its words are read; a reply is answered while it comes."""
    database = house.database
    if database.dialect == "sqlite":
        return  # one writer at a time
    words = text_key("never again")
    row = {
        "source_id": house.sources[ImportKind.COMMENTS], "text": "never again", "text_key": words,
        "posted_at": START, "customer_hash": "3" * 64,
    }  # fmt: skip
    folded(database)
    with database.write() as reads:
        save_readings(reads, "m", [Reading(words, Feeling.NEGATIVE, -0.5, 0.9, "en")])
        with database.write() as tx:
            tx.execute(insert(comments).values(**row, key="1", external_id="first"))
        folded(database)
    assert same(house, monkeypatch)[0].counts[FollowUpReason.COMPLAINT] == 1
    with database.write() as comes:
        comes.execute(insert(comments).values(**row, key="2", reply_to="first"))
        with database.write() as tx:
            first = tx.scalar(select(comments.c.id))
            add_event(tx, int(first or 0), NewEvent(CommentStep.RESOLVED, None, "refunded"))
        folded(database)
    assert same(house, monkeypatch)[0].counts[FollowUpReason.COMPLAINT] == 0


def test_more_customers_than_few_are_worked_out_whole(
    house: CareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    folded(house.database)
    changed(house, 40)
    before = seen(house)
    monkeypatch.setattr(standing, "FEW", 0)
    monkeypatch.setattr(standing, "kept_matters", None)
    assert seen(house) == before


def test_other_rules_keep_nothing_of_use_until_all_is_made_anew(
    house: CareHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(house, 40)
    folded(house.database)
    monkeypatch.setattr(parts, "HARD", 5)
    monkeypatch.setattr(keeping, "_LAYOUTS", {})
    with house.database.read() as tx:
        assert not keeping.usable(tx)
    same(house, monkeypatch)
    keeping.step(house.database)
    assert checking.status(house.database).whole is False
    folded(house.database)
    same(house, monkeypatch)


def test_verify_draws_customers_and_names_what_differs(house: CareHouse) -> None:
    changed(house, 60)
    folded(house.database)
    k, drawn = open_matters.c, checking.drawn(house.database, 20, 7)
    assert list(checking.check(house.database, drawn)) == []
    with house.database.write() as tx:
        whose = tx.scalar(select(k.customer_hash).limit(1)) or ""
        tx.execute(update(open_matters).where(k.customer_hash == whose).values(at=START))
    assert whose in drawn
    wrong = list(checking.check(house.database, drawn))
    assert {one.kept for one in wrong} == {True, False}
    assert whose not in str(wrong[0])
    for _ in checking.rebuild(house.database):
        pass
    assert list(checking.check(house.database, None)) == []


def test_the_worker_keeps_what_changed_now_and_then(house: CareHouse) -> None:
    time = [0.0]
    errand = MattersErrand(house.database, clock=lambda: time[0])
    while errand.look():
        pass
    assert checking.status(house.database).whole
    changed(house, 20)
    assert not errand.look()  # not so soon again
    assert checking.status(house.database).marked
    time[0] += EVERY
    while errand.look():
        pass
    assert checking.status(house.database).marked == 0


@pytest.mark.parametrize("kept", [True, False])
def test_a_removal_leaves_no_customer_behind(house: CareHouse, *, kept: bool) -> None:
    changed(house, 30)
    if kept:
        folded(house.database)
    with house.database.write() as tx:
        delete_calls(tx, tx.scalars(select(calls.c.id)).all())
        tx.execute(update(surveys).values(customer_hash=None))
        tx.execute(update(contacts).values(customer_hash=None))
        take_comments(tx, tx.scalars(select(comments.c.id)).all())
        set_setting(tx, DUE, "brief")
    scrub_if_due(house.database, thorough=False)
    with house.database.read() as tx:
        assert [tx.execute(select(table)).all() for table in (open_matters, care_marks)] == [[], []]
