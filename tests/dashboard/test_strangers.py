"""Ids of another team in the address and in what is written: a lead and an agent learn and change nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from dashboard.data import (
    accounts,
    actions,
    alerts,
    calibration,
    calls,
    care,
    clips,
    coaching,
    comments,
    disputes,
    library,
    person,
    promises,
    recordings,
    review,
    roles,
    site,
    work,
)
from dashboard.data.actions import Change, ItemState, NewItem
from dashboard.data.calls import Comment
from dashboard.data.care import Asked, FollowUpReason, Matter, SurveyKind
from dashboard.data.coaching import Person, Plan
from dashboard.data.comments import CommentFilter, CommentOrder, CommentStep, NewEvent
from dashboard.data.disputes import Answer, DisputeOutcome
from dashboard.data.library import NewMoment
from dashboard.data.promises import Decision, PromiseState
from dashboard.identity import COOKIE
from qa.errors import NotFound
from qa.records import Span
from qa.store.scope import Scope
from qa.store.tables import calls as call_rows
from qa.store.tables import comments as comment_rows
from qa.store.tables import metadata
from qa.store.types import utc_now
from tests.dashboard import strangers
from tests.dashboard.centre import Language, html, open_copy, open_page
from tests.dashboard.desk import Site, site_at
from tests.dashboard.strangers import KEY, SECRETS, Things, agent_name, customer_of

Doing = Callable[[Things, Any], object]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, centres: Callable[[Language], Path]) -> Any:
    """A centre with things of team 1, for every test of this file: they change nothing, as they say."""
    folder = tmp_path_factory.mktemp("strangers")
    with site_at(folder):
        desk = open_copy(centres("en"), Site(folder))
        yield desk, strangers.make(desk)


@pytest.fixture
def things(house: tuple[Site, Things]) -> Things:
    return house[1]


class Viewer:
    """A stranger as the data layer asks for it."""

    def __init__(self, desk: Site, name: str) -> None:
        user = accounts.by_name(name)
        assert user is not None
        self.id, self.scope, self.role, self.agent_id = user.id, user.scope, user.role, user.agent_id
        self.person, self.reviewer = Person(self.id, self.scope), review.Person(self.id, self.scope)
        self.own = (self.id, self.agent_id)


@pytest.fixture(params=["lead", "far"])
def viewer(house: tuple[Site, Things], request: pytest.FixtureRequest) -> Viewer:
    return Viewer(house[0], request.param)


NOW = utc_now()
PLAN = Plan("goal", 80.0, "action", 30_000, "aloud")
WRITES: dict[str, Doing] = {
    "actions.add about their agent": lambda t, v: actions.add(
        v.person, NewItem(v.id, "x", 30_000, agent_id=1)
    ),
    "actions.add of their team": lambda t, v: actions.add(v.person, NewItem(v.id, "x", 30_000, team_id=1)),
    "actions.change": lambda t, v: actions.change(v.person, t.item, Change(state=ItemState.DONE)),
    "alerts.acknowledge": lambda t, v: alerts.acknowledge(v.scope, t.alert, v.id, "x"),
    "alerts.close": lambda t, v: alerts.close(v.scope, t.alert, v.id, "x"),
    "calls.add_comment": lambda t, v: calls.add_comment(KEY, v.scope, v.id, Comment("x")),
    "calls.remove_comment": lambda t, v: calls.remove_comment(KEY, v.scope, v.id, t.note),
    "care.assign a call": lambda t, v: care.assign(
        v.scope,
        Matter(t.customer, FollowUpReason.CALL_COMPLAINT, t.customer_call[0]),
        (v.id, v.id),
        30_000,
        "",
    ),
    "care.close a promise": lambda t, v: care.close(
        v.scope,
        Matter(
            customer_of(FollowUpReason.BROKEN_PROMISE, t.promise), FollowUpReason.BROKEN_PROMISE, t.promise
        ),
        v.id,
        "done",
    ),
    "care.close a survey": lambda t, v: care.close(
        v.scope,
        Matter(customer_of(FollowUpReason.LOW_SURVEY, t.survey), FollowUpReason.LOW_SURVEY, t.survey),
        v.id,
        "done",
    ),
    "care.keep_answer": lambda t, v: care.keep_answer(
        v.scope, Asked(t.customer, SurveyKind.CSAT, 5, "", None)
    ),
    "care.keep_answer of a call": lambda t, v: care.keep_answer(
        v.scope, Asked(t.customer, SurveyKind.CSAT, 5, "", t.customer_call[0])
    ),
    "care.assign a comment": lambda t, v: care.assign(
        v.scope, Matter(t.customer, FollowUpReason.COMPLAINT, t.comment), (v.id, v.id), 30_000, ""
    ),
    "comments.add": lambda t, v: comments.add(
        v.scope, t.comment, NewEvent(CommentStep.REPLIED, user_id=v.id, text="x")
    ),
    "coaching.acknowledge": lambda t, v: coaching.acknowledge(t.session, v.own, "x"),
    "coaching.agree": lambda t, v: coaching.agree(v.person, t.session),
    "coaching.discard": lambda t, v: coaching.discard(v.person, t.session),
    "coaching.follow_up": lambda t, v: coaching.follow_up(v.person, t.session, "x"),
    "coaching.plan_day": lambda t, v: coaching.plan_day(v.person, t.session, 30_000),
    "coaching.prepare": lambda t, v: clips.prepare(v.person, clips.order((1,), "greeting", "x", None)),
    "coaching.write_plan": lambda t, v: coaching.write_plan(v.person, t.session, PLAN, "x"),
    "coaching.write_private_note": lambda t, v: coaching.write_private_note(v.person, t.session, "x"),
    "disputes.answer": lambda t, v: disputes.answer(
        t.dispute, (v.id, v.scope), Answer(DisputeOutcome.REJECTED, "x")
    ),
    "disputes.close": lambda t, v: disputes.close(t.dispute, v.own),
    "disputes.contest": lambda t, v: disputes.contest(KEY, "greeting", "x", v.own),
    "disputes.reopen": lambda t, v: disputes.reopen(t.dispute, v.own, "x"),
    "library.answer": lambda t, v: library.answer(t.moment, v.agent_id, consents=True),
    "library.propose": lambda t, v: library.propose(
        NewMoment(KEY, "greeting", Span(0.0, 9.0), "x"), v.id, v.scope
    ),
    "library.withdraw": lambda t, v: library.withdraw(t.moment, v.id, v.scope),
    "person.acknowledge": lambda t, v: person.acknowledge(KEY, "greeting", v.own),
    "promises.decide": lambda t, v: promises.decide(v.scope, t.promise, Decision(PromiseState.KEPT, v.id)),
    "promises.set_due": lambda t, v: promises.set_due(v.scope, t.promise, NOW, v.id),
    "review.finish": lambda t, v: review.finish(t.review, v.reviewer),
    "review.keep": lambda t, v: review.keep(t.review, v.reviewer, [], 1.0),
    "review.replace": lambda t, v: review.replace(t.review, v.reviewer, "x"),
    "review.take": lambda t, v: review.take(KEY, v.reviewer),
    "roles.set_roles": lambda t, v: roles.set_roles(KEY, v.scope, v.id, next(iter(roles.RoleChange))),
    "work.retry": lambda t, v: work.retry(v.scope, KEY),
}


def _counts() -> dict[str, int]:
    with site.database().read() as tx:
        return {
            table.name: tx.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def _refused(write: Doing, things: Things, viewer: Viewer) -> bool:
    try:
        write(things, viewer)
    except (NotFound, PermissionError):
        return True
    return False


def test_nothing_of_another_team_is_changed(things: Things, viewer: Viewer) -> None:
    before = _counts()
    for name, write in WRITES.items():
        assert _refused(write, things, viewer), name
    assert _counts() == before


READS: dict[str, Doing] = {
    "actions.one": lambda t, v: actions.one(v.person, t.item),
    "alerts.page": lambda t, v: [
        one for one in alerts.page(v.scope, alerts.AlertState, 50).rows if one.id == t.alert
    ],
    "alerts.items_of": lambda t, v: alerts.items_of(v.person, t.alert),
    "calibration.find": lambda t, v: calibration.find(t.round, v.reviewer, v.role),
    "calibration.progress": lambda t, v: calibration.progress(t.round, v.reviewer, v.role),
    "calls.load_call": lambda t, v: calls.load_call(KEY, v.scope),
    "care.alone": lambda t, v: care.alone(v.scope, care.CareFilter(customer=t.customer), 9).page,
    "care.follow_up_events": lambda t, v: care.follow_up_events(v.scope, t.customer),
    "care.pressure": lambda t, v: care.pressure(v.scope, t.customer).calls,
    "care.timeline": lambda t, v: care.timeline(v.scope, t.customer),
    "clips.heard": lambda t, v: clips.heard(v.scope, t.session),
    "coaching.moments": lambda t, v: coaching.moments(v.scope, t.session),
    "comments.ledger": lambda t, v: comments.ledger(v.scope, t.comment),
    "comments.one": lambda t, v: comments.one(v.scope, t.comment),
    "comments.linked_calls": lambda t, v: comments.linked_calls(v.scope, t.customer, 9),
    "disputes.of_call": lambda t, v: disputes.of_call(t.call_id, v.scope),
    "person.known": lambda t, v: person.known(v.scope, 1),
    "person.proofs": lambda t, v: person.proofs(v.scope, [KEY]),
    "promises.events": lambda t, v: promises.events(v.scope, t.promise),
    "recordings.clip_of": lambda t, v: recordings.clip_of(t.moment, v.scope),
    "recordings.sound_of": lambda t, v: recordings.sound_of(KEY, v.scope),
    "review.human_of": lambda t, v: review.human_of(t.call_id, v.scope),
    "review.open_review": lambda t, v: review.open_review(t.review, v.reviewer),
}


def test_nothing_of_another_team_is_read(things: Things, viewer: Viewer) -> None:
    every = Scope.all()
    with site.database().write() as tx:
        matter = Matter(things.customer, FollowUpReason.CALL_COMPLAINT, things.customer_call[0])
        care.follow_ups.assign(tx, matter, (things.boss, things.boss), 30_000, "SECRETNOTE")
    promises.decide(every, things.promise, Decision(PromiseState.VOID, things.boss))
    assert care.follow_up_events(every, things.customer)
    assert promises.events(every, things.promise)
    assert care.pressure(every, things.customer).calls
    assert {name: found for name, read in READS.items() if (found := read(things, viewer))} == {}
    for closed in (coaching.session, coaching.private_note):
        with pytest.raises(NotFound):
            closed(viewer.scope if closed is coaching.session else viewer.person, things.session)  # type: ignore[arg-type]


def test_whose_comments_orders_and_telephone_records_are_seen(things: Things) -> None:
    both = CommentFilter(ids=frozenset({things.comment, things.nobodys}))
    for scope, own, nobodys, nines in (
        (Scope.all(), True, True, True),
        (Scope.of_teams({1}), True, True, False),
        (Scope.of_teams({3}), False, True, True),
        (Scope.of_teams({1, 3}), True, True, True),
        (Scope.of_teams(()), False, False, False),
        (Scope.of_agent(1), False, False, False),
    ):
        listed = {row.id for row in comments.page(scope, both, CommentOrder.NEWEST, 9).rows}
        assert (things.comment in listed, things.nobodys in listed) == (own, nobodys)
        assert comments.figures(scope, both).waiting == own + nobodys  # the figures count what the list shows
        happened = {one.kind for one in care.timeline(scope, things.customer)}
        assert {"comment", "order", "contact"} & happened == (
            {"comment", "order", "contact"} if own else set()
        )
        assert bool(care.timeline(scope, things.lone)) == nines
    nobody = comments.page(Scope.of_teams({3}), CommentFilter(), CommentOrder.NEWEST, 5000).rows
    with site.database().read() as tx:
        c = call_rows.c
        teams: dict[str, set[int]] = {}
        for customer, team in tx.execute(
            select(c.customer_hash, c.team_id).where(c.customer_hash.is_not(None))
        ):
            teams.setdefault(customer, set()).add(team)
        every = tx.execute(select(comment_rows.c.id, comment_rows.c.customer_hash)).all()
    seen = {number for number, customer in every if customer not in teams or 3 in teams[customer]}
    assert {row.id for row in nobody} == seen
    assert 0 < len(seen) < len(every)


def test_an_agent_moves_no_session_of_an_own(things: Things) -> None:
    near = accounts.by_name("near")
    assert near is not None
    with site.database().write() as tx, pytest.raises(NotFound):
        coaching.making.plan_day(tx, Person(near.id, near.scope), things.session, 30_000)


LED = (
    "call",
    "agent",
    "coaching",
    "room",
    "plan",
    "round",
    "customer",
    "comments",
    "review",
    "disputes",
    "calls",
    "alerts",
)
SEEN = ("call", "coaching", "plan", "disputes", "library", "promises", "calls")


def parameters(things: Things, page: str) -> dict[str, str]:
    """The ids of team 1 that a page takes from its address."""
    named = {
        "call": {"call": KEY},
        "agent": {"agent": "1"},
        "coaching": {"session": things.session},
        "room": {"session": things.session},
        "plan": {"item": things.item, "shown": "all"},
        "round": {"round": things.round},
        "customer": {"customer": things.customer},
        "comments": {"comment": things.comment},
        "calls": {"agent": "1", "team": "1"},
        "library": {"criterion": "greeting"},
    }
    return {name: str(value) for name, value in named.get(page, {}).items()}


@pytest.mark.parametrize(("name", "pages"), [("boss", LED), ("lead", LED), ("far", SEEN)])
def test_addresses_with_ids_of_another_team(
    house: tuple[Site, Things], monkeypatch: pytest.MonkeyPatch, name: str, pages: tuple[str, ...]
) -> None:
    desk, things = house
    sid = desk.session(name)
    monkeypatch.setattr("dashboard.identity.session_id", lambda: sid)
    secrets = {*SECRETS, agent_name(1), things.customer[:6].upper()}
    found: dict[str, set[str]] = {}
    for page in pages:
        at = open_page(page, "en", **parameters(things, page))
        body = html(at) + " ".join(str(one.value) for one in (*at.text_area, *at.text_input))
        assert not at.exception, page
        assert "could not be read" not in body, page
        assert "You are signed out" not in body
        found[page] = {secret for secret in secrets if secret in body}
    if name == "boss":  # so that the check can see them
        assert secrets - set().union(*found.values()) == set()
    else:
        assert {page: seen for page, seen in found.items() if seen} == {}


def test_recordings_files_and_moments_of_another_team(house: tuple[Site, Things]) -> None:
    from tests.dashboard.desk import new_client

    desk, things = house
    client: TestClient = new_client()
    for name in ("lead", "far"):
        client.cookies.set(COOKIE, desk.session(name))
        for path in (f"/qa/audio/{KEY}", f"/qa/audio/{things.customer_call[1]}", f"/qa/clip/{things.moment}"):
            assert client.get(path).status_code == 404, path
        file = client.get("/qa/export/calls.csv", params={"agent": "1", "team": "1"})
        assert file.status_code == 200
        assert KEY not in file.text
        assert agent_name(1) not in file.text
        client.cookies.clear()
