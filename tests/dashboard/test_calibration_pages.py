"""Calibration and agreement as pages: nothing of a verdict reaches who judges blind; who may do what."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.calibration.words import leaning
from dashboard.data import agreement, calibration, debrief, review, site
from dashboard.data.calibration import Among, Place, RoundOrder
from dashboard.data.calls import Comment, add_comment
from dashboard.data.kinds import Role
from dashboard.data.review import Mark, Person
from dashboard.i18n import speaking
from qa.analytics.calibration import Leaning
from qa.analytics.intervals import Estimate
from qa.errors import NotFound
from qa.records import Scoring, Verdict
from qa.store.desk.trust import LeftToPeople, save_left
from qa.store.scope import Scope
from qa.store.types import utc_now
from tests.dashboard import call_samples
from tests.dashboard.call_samples import CRITICAL
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.store.desk import add_call, card, scored

SignIn = Callable[[str], None]
CARD = (card().id, card().version)
TOLD = ("auto", "verdict", "quote", "sought", "critical", "confidence", "sure", "more", "left")
"""Parts of the player's data that hold what the machine found."""


def given(key: str, **more: str) -> dict[str, Any]:
    """What the player of the page of this call was given."""
    (player,) = open_page("call", call=key, **more).get("bidi_component")
    return dict(json.loads(player.proto.json))


def values(data: Any, name: str) -> list[Any]:
    """Everything of that name, however deep."""
    if isinstance(data, list):
        return [found for each in data for found in values(each, name)]
    if not isinstance(data, dict):
        return []
    own = [data[name]] if name in data else []
    return own + [found for each in data.values() for found in values(each, name)]


def proved() -> Scoring:
    """All criteria of the scorecard, with the evidence of the sample where it has any."""
    sample = {one.key: one.judgement for one in call_samples.scoring("en").criteria}
    whole = scored({CRITICAL: Verdict.NOT_MET})
    kept = [replace(one, judgement=sample.get(one.key, one.judgement)) for one in whole.criteria]
    return replace(whole, criteria=tuple(kept))


@pytest.fixture
def people(desk_site: Site) -> dict[str, Person]:
    for name, role in (("boss", Role.MANAGER), ("neda", Role.MANAGER), ("omid", Role.MANAGER)):
        desk_site.add(name, role, display_name=name.title())
    return {name: Person(number, Scope.all()) for name, number in desk_site.users.items()}


def a_round(people: dict[str, Person], keys: tuple[str, ...]) -> calibration.Round:
    (used,) = calibration.cards(Among(keys=keys))
    names = (people["boss"].user_id, people["neda"].user_id)
    order = RoundOrder("November", (used.scorecard, used.version), names, Among(keys=keys))
    return calibration.make(Role.MANAGER, order)


def finish(person: Person, **changed: Verdict) -> None:
    """Everything met, but for what is named."""
    for row in calibration.to_do(person):
        found = review.open_review(row.id, person)
        assert found is not None
        marks = [Mark(v.key, changed.get(v.key, Verdict.MET)) for v in found.verdicts]
        review.keep(row.id, person, marks, 5.0)
        review.finish(row.id, person)


def test_what_is_judged_blind_reaches_the_browser_without_any_verdict(
    people: dict[str, Person], sign_in_as: SignIn, tmp_path: Path
) -> None:
    key = call_samples.store(tmp_path, scoring=proved())
    add_comment(key, Scope.all(), people["omid"].user_id, Comment("The promise is broken here.", 50.0))
    one = a_round(people, (key,))
    (row,) = calibration.to_do(people["boss"])
    sign_in_as("boss")
    for more in ({}, {"review": str(row.id)}):  # the plain page, and the review
        data = given(key, **more)
        assert data["score"]["value"] == "–"
        assert [found for name in TOLD for found in values(data["sections"], name) if found] == []
        assert set(values(data["review"], "auto")) <= {None}
        assert data["human"] is None
        empty = ("pins", "measures", "silences", "overlaps", "notes")
        assert [data[name] for name in empty] == [[]] * len(empty)
        assert [part[3] for line in data["lines"] for part in line.get("parts", []) if part[3] != "-"] == []
        assert (data["summary"], "not announced" in json.dumps(data["lines"])) == ("", False)
    sections = given(key, review=str(row.id))["sections"]
    assert values(sections, "glyph") == ["blank"] * len(card().criteria)
    sign_in_as("omid")  # takes no part
    assert given(key)["pins"] != []
    finish(people["boss"])
    sign_in_as("boss")
    assert given(key)["pins"] != []  # the own review is finished
    assert debrief.load(one, people["boss"]) is None  # and still nobody sees another's


def test_no_other_review_of_a_call_opens_before_the_blind_one(
    people: dict[str, Person], tmp_path: Path
) -> None:
    key = call_samples.store(tmp_path)
    a_round(people, (key,))
    with pytest.raises(NotFound):
        review.take(key, people["boss"])
    other = review.take(key, people["omid"])
    assert review.open_review(other, people["omid"]) is not None


def scored_calls(count: int = 3) -> tuple[str, ...]:
    with site.database().write() as tx:
        for seed in range(1, count + 1):
            add_call(tx, seed, {"empathy": Verdict.NOT_MET})
    return tuple(row.key for row in _rows())


def _rows() -> tuple[Any, ...]:
    from dashboard.data.listing import CallFilter, PageOf, page

    return tuple(page(Scope.all(), CallFilter(), PageOf(None, 50)).rows)


def test_a_debrief_in_figures_and_on_its_page(people: dict[str, Person], sign_in_as: SignIn) -> None:
    one = a_round(people, scored_calls())
    finish(people["boss"])
    sign_in_as("boss")
    body = html(open_page("round", round=str(one.id)))
    assert "3 of 3" in body
    assert "0 of 3" in body  # progress
    assert "met</span>" not in body  # and no verdict
    finish(people["neda"], greeting=Verdict.NOT_MET)
    one = calibration.of_viewer(people["boss"], Role.MANAGER)[0]
    found = debrief.load(one, people["boss"])
    assert found is not None
    boss, neda = (str(people[name].user_id) for name in ("boss", "neda"))
    call = found.calls[0].id
    assert found.verdicts(call, "greeting") == {boss: Verdict.MET, neda: Verdict.NOT_MET}
    levels = [found.disputed(call, key) for key in ("greeting", "empathy", "goodbye")]
    assert levels == [2, 1, 0]
    told = debrief.figures(found)
    assert told.criteria["goodbye"].people.value is None  # nothing varies
    assert (told.close.people.n, told.referred) == (3, False)
    with speaking("en"):
        at = open_page("round", round=str(one.id))
    body = html(at)
    assert not at.exception
    assert "people differ" in body
    assert "the machine differs" in body
    assert body.index("people differ") < body.index("the machine differs")
    assert at.button(key="round_agreed").click().run().exception == []
    agreed = debrief.load(one, people["boss"])
    assert agreed is not None
    assert len(agreed.references) == 3 * (len(found.keys) - 1)  # all but the greeting
    at.selectbox(key=f"reference_{call}_greeting").select("met").run()
    again = debrief.load(one, people["boss"])
    assert again is not None
    assert again.references[call, "greeting"].verdict is Verdict.MET
    assert again.reference_scores == {call: 100.0}


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
def test_only_managers_make_and_decide(desk_site: Site, role: Role) -> None:
    order = RoundOrder("x", CARD, (1, 2))
    tries: list[Callable[[], object]] = [
        lambda: calibration.make(role, order),
        lambda: calibration.end_blind(role, 1),
        lambda: calibration.close(role, 1),
        lambda: calibration.set_reference((role, 1), Place(1, 1, "x"), Verdict.MET),
        lambda: calibration.set_agreed((role, 1), 1),
        lambda: agreement.look(role),
    ]
    for attempt in tries:
        with pytest.raises(PermissionError):
            attempt()


def test_who_takes_no_part_finds_no_round(people: dict[str, Person], desk_site: Site) -> None:
    one = a_round(people, scored_calls(1))
    lead = Person(desk_site.add("lead", Role.SUPERVISOR), Scope())
    assert calibration.find(one.id, lead, Role.SUPERVISOR) is None
    assert calibration.find(one.id, people["omid"], Role.MANAGER) is not None


SENTENCES = [  # mean, low, high, n → what is said
    ((-4.2, -7.3, -1.1, 8), "stricter by 4.2 points, interval 1.1 to 7.3, 8 calls"),
    ((3.0, 0.5, 5.5, 5), "more lenient by 3.0 points, interval 0.5 to 5.5, 5 calls"),
    ((-4.2, -9.0, 0.6, 3), "cannot be told: −4.2 points, interval −9.0 to 0.6, 3 calls"),
    ((2.0, None, None, 1), "cannot be told from 1 call"),
    ((None, None, None, 0), "cannot be told: no score to compare with"),
]


@pytest.mark.parametrize(("figure", "said"), SENTENCES)
def test_strict_or_lenient_in_words(figure: tuple[Any, ...], said: str) -> None:
    with speaking("en"):
        assert leaning(Leaning("1", Estimate(*figure))) == said


def test_agreement_from_twenty_calls_on(people: dict[str, Person], sign_in_as: SignIn) -> None:
    keys = scored_calls(20)
    a_round(people, keys[:19])
    finish(people["boss"], empathy=Verdict.NOT_MET)
    sign_in_as("boss")
    body = html(open_page("agreement"))
    assert "19 of 20 calls" in body
    assert "not enough calls" in body
    a_round(people, keys[19:])
    finish(people["boss"], empathy=Verdict.MET)
    with site.database().write() as tx:
        save_left(tx, (LeftToPeople(CARD[0], "empathy", 0.1, 20, utc_now()),))
    agreement.left()
    (table,) = agreement_tables()
    empathy = next(one for one in table.criteria if one.found.key == "empathy")
    assert (empathy.found.alpha.n, empathy.blind, empathy.seen) == (20, 20, 0)
    assert empathy.left is not None
    body = html(open_page("agreement"))
    assert "people decide" in body
    assert "left out of automatic scores since" in body
    assert "machine decides" in body
    assert 'class="dot"' in body
    assert "people decide" in html(open_page("scorecards", card=CARD[0]))


def agreement_tables() -> tuple[agreement.Table, ...]:
    agreement._computed.clear()
    return agreement.tables(Scope.all())


def test_the_call_page_marks_what_people_decide(
    people: dict[str, Person], sign_in_as: SignIn, tmp_path: Path
) -> None:
    scoring = call_samples.scoring("en")
    lost = [replace(one, applied_weight=0.0) if one.key == "empathy" else one for one in scoring.criteria]
    key = call_samples.store(tmp_path, scoring=replace(scoring, criteria=tuple(lost)))
    with site.database().write() as tx:
        save_left(tx, (LeftToPeople(scoring.scorecard, "empathy", 0.1, 20, utc_now()),))
    sign_in_as("boss")
    with speaking("en"):
        data = given(key)
    marked = [text for text in values(data["sections"], "left") if text]
    assert marked == ["People decide: counts for nothing in the automatic score."]
