"""Review and disputes as pages: what each role is given, what the browser may send, who may decide."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.call.reviewing import taken
from dashboard.data import disputes, review, site
from dashboard.data.kinds import Role
from dashboard.data.review import DeskSettings, Person
from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.store.desk.assigning import assign
from qa.store.kinds import ReviewKind
from qa.store.scope import Scope
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.store.desk import Centre

SignIn = Callable[[str], None]


@pytest.fixture
def centre(desk_site: Site) -> Centre:
    with site.database().write() as tx:
        made = Centre(tx)
        made.own = assign(tx, made.review())  # type: ignore[attr-defined]
        blind = {"kind": ReviewKind.CALIBRATION, "reviewer_id": made.other}
        made.blind = assign(tx, replace(made.review(**blind), call_id=made.calls[1]))  # type: ignore[attr-defined]
    desk_site.users |= {name: getattr(made, name) for name in ("lead", "other", "boss", "sara", "omid")}
    return made


def test_a_review_opens_for_its_reviewer_alone(centre: Centre) -> None:
    own, blind = centre.own, centre.blind  # type: ignore[attr-defined]
    may = {
        "lead": Person(centre.lead, centre.scope(0)),
        "other": Person(centre.other, centre.scope(1)),
        "boss": Person(centre.boss, Scope.all()),
        "sara": Person(centre.sara, Scope.of_agent(centre.agents[0])),
    }
    assert [name for name, person in may.items() if review.open_review(own, person)] == ["lead"]
    assert [name for name, person in may.items() if review.open_review(blind, person)] == ["other"]
    assert [row.id for row in review.queue(may["lead"])[0]] == [own]
    with pytest.raises(PermissionError):
        review.take(centre.keys[0], may["sara"])
    with pytest.raises(NotFound):
        review.take(centre.keys[0], may["other"])
    assert review.take(centre.keys[0], may["lead"]) == own  # the one that is open comes back
    with pytest.raises(NotFound):
        review.finish(own, may["boss"])


WRONG = [
    None,
    {"marks": {}, "seconds": -1},
    {"marks": {}, "seconds": "5"},
    {"marks": {}},
    {"marks": {"greeting": {"human": "perfect"}}, "seconds": 1},
    {"marks": {"greeting": {"human": "met", "at": -2}}, "seconds": 1},
    {"marks": {"greeting": {"human": "met", "reason": 5}}, "seconds": 1},
    {"marks": {"greeting": {"human": "met", "note": "x" * 2001}}, "seconds": 1},
    {"marks": {"greeting": "met"}, "seconds": 1},
]


@pytest.mark.parametrize("sent", WRONG, ids=str)
def test_what_no_player_sends_is_refused(sent: object) -> None:
    with pytest.raises(InvalidSetting):
        taken(sent)


def test_what_the_player_sends_is_read() -> None:
    said = {"human": "partly", "reason": "late", "note": "", "at": 3.5}
    marks, seconds, finished = taken({"marks": {"greeting": said}, "seconds": 61, "finish": True})
    assert (marks[0].key, marks[0].human, marks[0].reason, marks[0].at) == (
        "greeting",
        Verdict.PARTLY,
        "late",
        3.5,
    )
    assert (seconds, finished) == (61.0, True)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
def test_only_managers_decide_about_the_desk(desk_site: Site, role: Role) -> None:
    with pytest.raises(PermissionError):
        review.decide(role, DeskSettings())
    with pytest.raises(PermissionError):
        review.make_plan(role, 1, review.last_week())


def test_who_answers_follows_the_site(centre: Centre) -> None:
    number = disputes.contest(centre.keys[0], "empathy", "I said sorry.", (centre.sara, centre.agents[0]))
    (found,) = disputes.of_call(centre.calls[0], Scope.all())
    users = (centre.lead, centre.other, centre.boss, centre.sara)
    assert [user for user in users if disputes.may_answer(found, user)] == [centre.lead, centre.boss]
    no = disputes.Answer(disputes.DisputeOutcome.REJECTED, "It is not there.")
    disputes.answer(number, (centre.lead, centre.scope(0)), no)
    disputes.reopen(number, (centre.sara, centre.agents[0]), "At 0:05.")
    review.decide(Role.MANAGER, DeskSettings(answer_by="other"))
    (found,) = disputes.of_call(centre.calls[0], Scope.all())
    assert [user for user in users if disputes.may_answer(found, user)] == [centre.boss]
    with pytest.raises(NotFound):
        disputes.answer(number, (centre.lead, centre.scope(0)), no)
    review.decide(Role.MANAGER, DeskSettings(answer_by="same"))
    assert [user for user in users if disputes.may_answer(found, user)] == [centre.lead]


def test_the_pages_show_only_what_is_the_viewers(centre: Centre, sign_in_as: SignIn) -> None:
    disputes.contest(centre.keys[0], "empathy", "I said sorry.", (centre.sara, centre.agents[0]))
    for name, seen in (("lead", True), ("other", False), ("sara", True), ("omid", False)):
        sign_in_as(name)
        body = html(open_page("disputes"))
        assert ("Sara" in body) == seen, name
    sign_in_as("lead")
    at = open_page("review")
    assert "1 call waits for you" in html(at)
    assert not at.exception
    sign_in_as("sara")
    at = open_page("call", call=centre.keys[0])
    assert "I said sorry." in html(at)
    assert [button.label for button in at.button if button.label == "Send answer"] == []
    assert [button.label for button in at.button if button.label == "Contest"] == ["Contest"]
    sign_in_as("lead")
    at = open_page("call", call=centre.keys[0])
    assert [button.label for button in at.button if button.label == "Send answer"] == ["Send answer"]
