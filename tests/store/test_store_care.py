"""Who was left alone and who was not asked: what puts a customer on a list, and what takes them off it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from qa.errors import InvalidSetting
from qa.records import Promise
from qa.store.account.users import NewUser, Role, add_user
from qa.store.call.calls import register
from qa.store.care.care_filter import CareFilter
from qa.store.care.customers import most_pressed, timeline
from qa.store.care.first_service import SOURCE, Asked, keep_answer, list_first_service
from qa.store.care.follow_ups import Matter, assign, close, follow_up_events_of
from qa.store.care.left_alone import count_left_alone, left_alone, list_left_alone
from qa.store.database import Database, Transaction
from qa.store.keyset import Cut
from qa.store.kinds import CallStatus, CommentStep, Feeling, FollowUpReason, ImportKind, LinkedBy, SurveyKind
from qa.store.made.generated import generated_source
from qa.store.people import team_id
from qa.store.promise.promises import Decision, PromiseState, decide, save_promises
from qa.store.scope import Scope
from qa.store.tables import calls, comments, import_sources, orders, promises, surveys
from qa.store.voice.comment_ledger import NewEvent, add_event
from qa.store.voice.sentiments import Reading, save_readings, text_key
from tests.store.samples import START, new_call

ALL = Scope.all()
A, B, C, D = ("abcd"[n] * 64 for n in range(4))
COMPLAINT, BROKEN, LOW = FollowUpReason.COMPLAINT, FollowUpReason.BROKEN_PROMISE, FollowUpReason.LOW_SURVEY


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def source(tx: Transaction, kind: ImportKind) -> int:
    generated_source(tx, kind, "s")
    return int(tx.scalar(select(import_sources.c.id).where(import_sources.c.kind == kind)) or 0)


def call(tx: Transaction, hour: int, customer: str, **facts: object) -> int:
    made = register(tx, new_call(hour, customer_hash=customer, **facts)).call_id
    tx.execute(update(calls).where(calls.c.id == made).values(status=CallStatus.DONE))
    return made


def survey(
    tx: Transaction, hour: float, customer: str, score: int | None, kind: SurveyKind = SurveyKind.CSAT
) -> int:
    scale = {SurveyKind.CSAT: 5, SurveyKind.NPS: 10, SurveyKind.CES: 7}[kind]
    values = {
        "source_id": source(tx, ImportKind.SURVEYS), "key": f"{customer[0]}{hour}{kind.value}", "kind": kind,
        "score": score, "scale": scale, "sent_at": at(hour), "customer_hash": customer,
        "answered_at": None if score is None else at(hour),
    }  # fmt: skip
    return int(tx.execute(insert(surveys).values(**values).returning(surveys.c.id)).scalar_one())


def comment(tx: Transaction, hour: float, customer: str, label: Feeling) -> int:
    words = f"{label.value} {hour}"
    save_readings(tx, "m", [Reading(text_key(words), label, -0.5, 0.9, "en")])
    values = {
        "source_id": source(tx, ImportKind.COMMENTS), "key": words[:32], "text": words,
        "text_key": text_key(words), "posted_at": at(hour), "customer_hash": customer, "channel": "web form",
    }  # fmt: skip
    return int(tx.execute(insert(comments).values(**values).returning(comments.c.id)).scalar_one())


def broken(tx: Transaction, hour: int, customer: str, **facts: object) -> int:
    made = call(tx, hour, customer, **facts)
    save_promises(tx, made, [Promise(1, "I'll call you back", 1.0, at(hour + 5), "later", 0.9)])
    number = int(tx.scalar(select(promises.c.id).where(promises.c.call_id == made)) or 0)
    decide(tx, ALL, number, Decision(PromiseState.BROKEN, None))
    return number


def alone(tx: Transaction, scope: Scope = ALL, **wanted: object) -> list[tuple[FollowUpReason, int]]:
    found = list_left_alone(tx, scope, CareFilter(**wanted), 50)  # type: ignore[arg-type]
    return [(one.reason, one.subject) for one in found]


def test_the_longest_alone_comes_first_whatever_the_reason(database: Database) -> None:
    with database.write() as tx:
        low = survey(tx, 3, A, 2)
        promise = broken(tx, 1, B)  # due five hours later
        wrote = comment(tx, 4, C, Feeling.NEGATIVE)
        comment(tx, 4.5, C, Feeling.POSITIVE)
        for score, kind in ((3, SurveyKind.CSAT), (7, SurveyKind.NPS), (4, SurveyKind.CES)):
            survey(tx, 5, D, score, kind)  # none of these is low
        assert alone(tx) == [(LOW, low), (COMPLAINT, wrote), (BROKEN, promise)]
        assert count_left_alone(tx, ALL, CareFilter()) == {
            COMPLAINT: 1,
            FollowUpReason.CALL_COMPLAINT: 0,
            BROKEN: 1,
            LOW: 1,
        }
        assert alone(tx, reasons=frozenset({BROKEN})) == [(BROKEN, promise)]
        assert alone(tx, since=at(4), until=at(5)) == [(COMPLAINT, wrote)]
        assert alone(tx, customer=A) == [(LOW, low)]
        first = left_alone(tx, ALL, CareFilter(), Cut(1))
        later = left_alone(tx, ALL, CareFilter(), Cut(1, first.next))
        assert [one.subject for one in later.page] == [wrote]
        last = left_alone(tx, ALL, CareFilter(), Cut(1, later.next))
        assert ([one.subject for one in last.page], last.next) == ([promise], None)
        past = left_alone(tx, ALL, CareFilter(), Cut(0))
        assert (past.page, past.counts) == ((), later.counts)


def test_matters_and_first_services_of_one_moment_stand_on_one_page_each(database: Database) -> None:
    with database.write() as tx:
        low = [survey(tx, 3, customer, 2) for customer in (A, B)]
        wrote = comment(tx, 3, C, Feeling.NEGATIVE)
        numbers = []
        for place, customer in enumerate("ef12"):
            numbers.append(call(tx, 50 + place, customer * 64))
            when = at(50) if place < 2 else at(60)
            values = {"source_id": source(tx, ImportKind.ORDERS), "key": customer, "ordered_at": when}
            tx.execute(insert(orders).values(**values, customer_hash=f"{place + 3}" * 64))
        tx.execute(update(calls).values(started_at=at(50)))
        first = left_alone(tx, ALL, CareFilter(), Cut(1))
        asked = list_first_service(tx, ALL, CareFilter(), Cut(3))
        call(tx, 90, A)  # taken care of
        survey(tx, 2, D, 1)  # and an older one came
        seen, after = [one.subject for one in first.page], first.next
        while after is not None:
            more = left_alone(tx, ALL, CareFilter(), Cut(1, after))
            seen, after = [*seen, *(one.subject for one in more.page)], more.next
        served, after = list(asked.rows), asked.next
        while after is not None:
            sheet = list_first_service(tx, ALL, CareFilter(), Cut(3, after))
            served, after = [*served, *sheet.rows], sheet.next
    assert seen == [wrote, low[1]]
    assert [one.call_id for one in served] == [*numbers, None, None, None, None]
    assert len({one.customer for one in served}) == len(served)


def test_a_contact_afterwards_takes_a_customer_off_and_one_before_does_not(database: Database) -> None:
    with database.write() as tx:
        low, wrote = survey(tx, 3, A, 6, SurveyKind.NPS), comment(tx, 3, B, Feeling.NEGATIVE)
        call(tx, 2, A)
        assert alone(tx) == [(COMPLAINT, wrote), (LOW, low)]
        call(tx, 4, A)
        assert alone(tx) == [(COMPLAINT, wrote)]
        add_event(tx, wrote, NewEvent(CommentStep.REPLIED, None, "sorry"))
        assert alone(tx) == []


def test_following_up_has_an_owner_a_day_and_an_end(database: Database) -> None:
    with database.write() as tx:
        asks = add_user(tx, NewUser("lead", Role.MANAGER, "x", display_name="Lead"))
        does = add_user(tx, NewUser("mina", Role.SUPERVISOR, "x", display_name="Mina"))
        low = survey(tx, 3, A, 1)
        matter = Matter(A, LOW, low)
        assign(tx, matter, (asks, does), 20_700, "by telephone")
        (one,) = list_left_alone(tx, ALL, CareFilter(owner=does), 9)
        assert (one.owner, one.due_day, one.subject) == ("Mina", 20_700, low)
        assert alone(tx, owner=asks) == []
        with pytest.raises(InvalidSetting, match="what came of it"):
            close(tx, matter, does, "  ")
        close(tx, matter, does, "spoke, refund sent")
        assert alone(tx) == []
        assert count_left_alone(tx, ALL, CareFilter())[LOW] == 0
        done = follow_up_events_of(tx, Scope.all(), A)
        assert [(e.by, e.owner, e.closed, e.note) for e in done] == [
            ("Mina", None, True, "spoke, refund sent"), ("Lead", "Mina", False, "by telephone"),
        ]  # fmt: skip


def test_a_supervisor_sees_the_matters_of_own_teams(database: Database) -> None:
    with database.write() as tx:
        night, day = team_id(tx, "Night"), team_id(tx, "Day")
        promise = broken(tx, 1, A, team_id=night)
        broken(tx, 2, B, team_id=day)
        low = survey(tx, 9, C, 1)  # belongs to no call
        assert alone(tx, Scope.of_teams([night])) == [(BROKEN, promise)]
        assert (LOW, low) in alone(tx)
        assert alone(tx, Scope()) == []


def test_first_served_customers_are_asked_once(database: Database) -> None:
    with database.write() as tx:
        first = call(tx, 1, A)
        call(tx, 2, B)
        survey(tx, 3, B, None)  # asked already
        call(tx, 4, C)
        call(tx, 5, C)  # the second call makes no first one
        values = {
            "source_id": source(tx, ImportKind.ORDERS),
            "key": "o1",
            "customer_hash": D,
            "ordered_at": at(6),
        }
        tx.execute(insert(orders).values(**values, service="shop"))
        found = list_first_service(tx, ALL, CareFilter(), Cut(9)).rows
        assert [(one.customer, one.call_id is None) for one in found] == [(A, False), (C, False), (D, True)]
        assert [
            one.customer for one in list_first_service(tx, ALL, CareFilter(since=at(2)), Cut(9)).rows
        ] == [C, D]
        keep_answer(tx, Asked(A, SurveyKind.CSAT, 4, " fine ", first))
        keep_answer(tx, Asked(D, SurveyKind.NPS, None, "", None))
        assert [one.customer for one in list_first_service(tx, ALL, CareFilter(), Cut(9)).rows] == [C]
        joined = surveys.join(import_sources, import_sources.c.id == surveys.c.source_id)
        query = select(
            surveys.c.score, surveys.c.scale, surveys.c.text, surveys.c.linked_by, surveys.c.call_id
        )
        kept = tx.execute(
            query.select_from(joined).where(import_sources.c.name == SOURCE).order_by(surveys.c.id)
        )
        assert [tuple(row) for row in kept] == [
            (4, 5, "fine", LinkedBy.CUSTOMER, first),
            (None, 10, None, None, None),
        ]
        with pytest.raises(InvalidSetting, match="1 to 5"):
            keep_answer(tx, Asked(C, SurveyKind.CSAT, 6, "", None))


def test_one_customer_as_a_whole_and_the_pressure(database: Database) -> None:
    with database.write() as tx:
        broken(tx, 1, A)
        survey(tx, 2, A, 5)
        comment(tx, 3, A, Feeling.POSITIVE)
        values = {
            "source_id": source(tx, ImportKind.ORDERS),
            "key": "o1",
            "customer_hash": A,
            "ordered_at": at(0.5),
        }
        tx.execute(insert(orders).values(**values, service="shop", amount=12.0))
        call(tx, 8, B)
        assert [one.kind for one in timeline(tx, ALL, A)] == ["promise", "comment", "survey", "call", "order"]
        assert [one.kind for one in timeline(tx, Scope.of_agent(7), A)] == []
        pressed = most_pressed(tx, ALL, at(0), 1, 9)
        assert [(one.customer, one.calls, one.invitations) for one in pressed] == [(A, 1, 1)]
        assert most_pressed(tx, ALL, at(1.5), 1, 9) == ()
