"""The demo's review desk at work: what the pages of agreement, calibration and disputes are to show."""

from collections import Counter

import polars as pl
from sqlalchemy import func, select

from qa.analytics.agreement import PEOPLE_DECIDE
from qa.demo import remove
from qa.demo.reviewers import HARD, PLAIN, REVIEWERS
from qa.demo.rounds import FIRST
from qa.review.people import judges
from qa.review.trust import agreements
from qa.settings import Settings
from qa.store import tables
from qa.store.account.users import count_users, list_users
from qa.store.call.findings import load_words
from qa.store.coaching.library import MomentFilter, list_moments
from qa.store.database import Database
from qa.store.desk.contested import DisputeFilter, list_disputes
from qa.store.desk.frames import calibrations_frame
from qa.store.desk.rounds import list_rounds
from qa.store.desk.trust import left_to_people, list_left, verdicts_frame
from qa.store.kinds import DisputeOutcome, DisputeState, MomentState, RoundState
from qa.store.scope import Scope

Centre = tuple[Database, Settings]
EVERYTHING = Scope.all()


def test_one_criterion_is_left_to_people_and_counts_for_all_scores(whole: Centre) -> None:
    database, _settings = whole
    found = {card.scorecard: card.criteria for card in agreements(verdicts_frame(database, EVERYTHING))}
    told = {one.key: one for one in found["default-en"]}
    assert {key for key, one in told.items() if one.people_decide} == set(HARD)
    assert told["empathy"].alpha.value is not None
    assert told["empathy"].alpha.value < PEOPLE_DECIDE
    sure = [one for key, one in told.items() if key not in HARD | dict.fromkeys(PLAIN) and one.enough]
    assert len(sure) >= 8
    with database.read() as tx:
        assert [(one.key, one.generated) for one in list_left(tx)] == [("empathy", True)]
        assert left_to_people(tx) == frozenset()  # made-up people decide nothing of a score


def test_disputes_stand_in_every_state(whole: Centre) -> None:
    database, _settings = whole
    with database.read() as tx:
        found = list_disputes(tx, EVERYTHING, DisputeFilter())
    states = Counter((one.state, one.outcome) for one in found)
    assert {state for state, _ in states} == set(DisputeState)
    assert {outcome for _, outcome in states if outcome} == set(DisputeOutcome)
    assert max(one.round for one in found) > 1
    assert len({one.contested_id for one in found if one.contested_id}) > 1
    assert len({one.key for one in found}) > 3


def test_one_calibration_is_over_and_one_is_open(whole: Centre) -> None:
    database, _settings = whole
    with database.read() as tx:
        still, over = list_rounds(tx)
    assert (over.state, over.finished, over.assigned) == (RoundState.CLOSED, 12, FIRST * len(REVIEWERS))
    assert still.state is RoundState.OPEN
    assert 0 < still.finished < still.assigned
    verdicts = calibrations_frame(database)
    assert verdicts["reference"].null_count() == 0
    assert set(verdicts["round"]) == {over.id}  # nothing of the open one is told
    lowered, raised = (
        verdicts.filter((pl.col("reviewer") == one.en) & (pl.col("human") != pl.col("reference"))).height
        for one in (REVIEWERS[0], REVIEWERS[-1])
    )
    assert lowered > 0 < raised  # one is strict, one is mild


def test_moments_are_heard_by_all_asked_and_declined(whole: Centre) -> None:
    database, _settings = whole
    with database.read() as tx:
        every = list_moments(tx, EVERYTHING, MomentFilter(states=frozenset(MomentState)))
        heard = list_moments(tx, Scope.of_agent(None), MomentFilter())
        words = {one.call_id: load_words(tx, one.call_id) for one in every}
    states = Counter(one.state for one in every)
    assert states == {MomentState.CONSENTED: 4, MomentState.PROPOSED: 1, MomentState.DECLINED: 1}
    assert {one.named for one in heard} == {True, False}
    assert all(one.media and one.generated for one in every)
    for one in every:
        found = words[one.call_id]
        assert found is not None
        said = {each.id: each.text for each in found.transcript.utterances}
        assert [line.text for line in one.lines] == [said[line.utterance] for line in one.lines]
    assert len({one.criterion for one in heard}) >= 3


def test_its_people_judge_no_real_call_and_go_with_it(own: Centre) -> None:
    database, settings = own
    with database.read() as tx:
        users = list_users(tx)
        assert (count_users(tx), {user.generated for user in users}) == (0, {True})
        assert {user.password_hash for user in users} == {None}
        assert judges(users, None, users[0].id) == ()
    remove(database, settings)
    with database.read() as tx:
        gone = (tables.users, tables.reviews, tables.disputes, tables.calibration_rounds)
        for table in (*gone, tables.exemplary_moments):
            assert tx.scalar(select(func.count()).select_from(table)) == 0, table.name
        assert list_left(tx) == ()
