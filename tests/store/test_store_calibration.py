"""Calibration rounds on both databases: who judges which calls, who sees nothing, what the debrief keeps."""

from dataclasses import replace
from datetime import timedelta

import pytest

from qa.analytics.sampling import order
from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.review.calibrate import RoundOrder, make_round
from qa.store.call.calls import key_of
from qa.store.database import Database
from qa.store.desk.assigning import Replacement, assign, replace_review
from qa.store.desk.comparable import Among, cards_in_use
from qa.store.desk.marking import finish, save_draft
from qa.store.desk.reading import ReviewFilter, list_reviews, load_review
from qa.store.desk.references import Place, finished_verdicts, list_references, set_reference
from qa.store.desk.rounds import (
    Round,
    blind_reviews,
    close_round,
    end_blind,
    get_round,
    list_rounds,
    progress,
)
from qa.store.kinds import ReviewKind, ReviewState, RoundState
from qa.store.made.bulk import delete_generated
from qa.store.scope import Scope
from qa.store.types import utc_now
from tests.store.desk import Centre, add_call, agreeing, card
from tests.store.samples import sha

ALL = Scope.all()
CARD = (card().id, card().version)
OF_ROUND = frozenset({ReviewKind.CALIBRATION})


def wanted(centre: Centre, **more: object) -> RoundOrder:
    """Sara's supervisor and the manager judge two calls."""
    fields = {"count": 2, "seed": 7, "made_by": centre.boss} | more
    return RoundOrder("November", CARD, (centre.lead, centre.boss), **fields)  # type: ignore[arg-type]


def made_centre(database: Database, seeds: range = range(10, 14), **facts: object) -> Centre:
    """Four calls of Sara's team more, and one that the supervisor has reviewed."""
    with database.write() as tx:
        centre = Centre(tx)
        own = {"agent_id": centre.agents[0], "team_id": centre.teams[0]} | facts
        for seed in seeds:
            add_call(tx, seed, {"empathy": Verdict.NOT_MET}, **own)
        assign(tx, centre.review())
    return centre


def do_all(database: Database, centre: Centre, one: Round, **changed: Verdict) -> None:
    """The supervisor confirms the machine, the manager but for what is named; nobody writes a reason."""
    with database.read() as tx:
        rows = list_reviews(tx, ALL, ReviewFilter(kinds=OF_ROUND, round_id=one.id))
    for row in rows:
        with database.write() as tx:
            own = changed if row.reviewer_id == centre.boss else {}
            marks = [replace(mark, reason="") for mark in agreeing(load_review(tx, row.id, ALL), **own)]
            save_draft(tx, row.id, (row.reviewer_id or 0, ALL), marks, 5.0)
            finish(tx, row.id, row.reviewer_id or 0, ALL, card())


def test_a_round_from_its_draw_to_its_end(database: Database) -> None:
    centre = made_centre(database)
    one = make_round(database, wanted(centre, due=utc_now() + timedelta(days=7)))
    # only calls that both may hear and neither reviewed: Sara's four; the draw is the seed's order
    assert (one.population, one.seed, one.calls, one.assigned, one.finished) == (4, 7, 2, 4, 0)
    drawn = sorted((key_of(sha(seed)) for seed in range(10, 14)), key=lambda key: order(7, key))[:2]
    with database.write() as tx:
        rows = list_reviews(tx, ALL, ReviewFilter(kinds=OF_ROUND, round_id=one.id))
        assert {row.call_key for row in rows} == set(drawn)
        assert blind_reviews(tx, centre.lead) == {
            r.call_id: r.id for r in rows if r.reviewer_id == centre.lead
        }
        assert blind_reviews(tx, centre.other) == {}
        assert [r.id for r in list_rounds(tx, centre.lead)] == [one.id]
        assert list_rounds(tx, centre.other) == ()
        with pytest.raises(InvalidSetting):  # nobody has finished anything
            end_blind(tx, one.id)
        with pytest.raises(InvalidSetting):  # no reference while people judge
            set_reference(tx, Place(one.id, rows[0].call_id, "empathy"), Verdict.MET, centre.boss)
    do_all(database, centre, one, greeting=Verdict.PARTLY)
    with database.write() as tx:
        now = get_round(tx, one.id)
        assert (now.state, now.finished, now.debriefed_at is not None) == (RoundState.DEBRIEF, 4, True)
        assert [(p.assigned, p.finished) for p in progress(tx, one.id)] == [(2, 2), (2, 2)]
        assert blind_reviews(tx, centre.lead) == {}
        said = finished_verdicts(tx, one.id)
        mine = next(row for row in rows if row.reviewer_id == centre.boss)
        assert {v.key: v.human for v in said[mine.id]}["greeting"] is Verdict.PARTLY
        place = Place(one.id, mine.call_id, "greeting")
        set_reference(tx, place, Verdict.MET, centre.boss)
        set_reference(tx, place, Verdict.PARTLY, centre.lead)  # the last word counts, with its author
        found = list_references(tx, one.id)
        assert [(r.call_id, r.key, r.verdict, r.user_id) for r in found] == [
            (mine.call_id, "greeting", Verdict.PARTLY, centre.lead)
        ]
        with pytest.raises(NotFound):
            set_reference(tx, replace(place, key="no_such"), Verdict.MET, centre.boss)
        set_reference(tx, place, None, centre.boss)
        assert list_references(tx, one.id) == ()
        close_round(tx, one.id)
        with pytest.raises(InvalidSetting):
            set_reference(tx, place, Verdict.MET, centre.boss)


def test_ending_early_sets_the_rest_aside(database: Database) -> None:
    centre = made_centre(database)
    one = make_round(database, wanted(centre))
    with database.write() as tx:
        first = list_reviews(tx, ALL, ReviewFilter(kinds=OF_ROUND, round_id=one.id))[0]
        who = first.reviewer_id or 0
        save_draft(tx, first.id, (who, ALL), agreeing(load_review(tx, first.id, ALL)), 5.0)
        finish(tx, first.id, who, ALL, card())
        assert get_round(tx, one.id).state is RoundState.OPEN
        end_blind(tx, one.id)
        assert get_round(tx, one.id).state is RoundState.DEBRIEF
        assert blind_reviews(tx, centre.lead) == blind_reviews(tx, centre.boss) == {}
        every = ReviewFilter(states=frozenset(ReviewState), kinds=OF_ROUND, round_id=one.id)
        states = sorted(row.state for row in list_reviews(tx, ALL, every))
    assert states == [ReviewState.FINISHED, *[ReviewState.REPLACED] * 3]


def test_setting_the_last_call_aside_opens_the_debrief(database: Database) -> None:
    centre = made_centre(database)
    one = make_round(database, wanted(centre, count=1))
    with database.write() as tx:
        for row in list_reviews(tx, ALL, ReviewFilter(kinds=OF_ROUND, round_id=one.id)):
            assert get_round(tx, one.id).state is RoundState.OPEN
            replace_review(tx, row.id, row.reviewer_id or 0, ALL, Replacement("inaudible"))
        assert get_round(tx, one.id).state is RoundState.DEBRIEF


# what is wrong with an order
WRONG: list[dict[str, object]] = [
    {"name": "  "},
    {"reviewers": (1,)},
    {"reviewers": (1, 999)},  # nobody has this number
    {"count": 5},  # four fit
    {"count": 0},
    {"among": Among(keys=("000000000000",))},
    {"among": Among(keys=(key_of(sha(1)),))},  # the supervisor has reviewed it
    {"card": (CARD[0], 99)},
]


@pytest.mark.parametrize("change", WRONG, ids=str)
def test_a_round_that_cannot_be_made_makes_nothing(database: Database, change: dict[str, object]) -> None:
    centre = made_centre(database)
    assert centre.lead == 1
    with pytest.raises(InvalidSetting):
        make_round(database, replace(wanted(centre), **change))  # type: ignore[arg-type]
    with database.read() as tx:
        assert list_rounds(tx) == ()


def test_named_calls_are_taken_as_they_are(database: Database) -> None:
    centre = made_centre(database)
    keys = tuple(key_of(sha(seed)) for seed in (10, 12))
    one = make_round(database, wanted(centre, among=Among(keys=keys)))
    assert (one.seed, one.population, one.calls, one.assigned) == (None, None, 2, 4)


def test_what_nobody_can_hear_or_read_is_not_calibrated_on(database: Database) -> None:
    centre = made_centre(database, media=None)
    with pytest.raises(InvalidSetting):
        make_round(database, wanted(centre))
    with database.read() as tx:
        assert [one.calls for one in cards_in_use(tx, Among())] == [2]  # the centre's own two have sound


def test_the_demo_takes_its_rounds_along(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        own = {"agent_id": centre.agents[0], "team_id": centre.teams[0], "generated": True}
        keys = [key_of(sha(seed)) for seed in (10, 11) if add_call(tx, seed, **own)]
    one = make_round(database, wanted(centre, among=Among(keys=tuple(keys))))
    assert one.generated
    with database.write() as tx:
        delete_generated(tx)
        assert list_rounds(tx) == ()
