"""A week's plan from the store and back: who gets what, replacements, the worker's errand, figures."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from qa.analytics.desk import contests, paces, programme, programme_score
from qa.calendar import as_date, local_day
from qa.errors import InvalidSetting
from qa.frames import DISPUTES_SCHEMA
from qa.records import Verdict
from qa.review.people import answering, reviewers
from qa.review.plan import Order, due_plan, last_week, make_plan, replace
from qa.review.settings import DeskSettings, desk_settings, save_desk_settings
from qa.review.weekly import Weekly
from qa.settings import Settings
from qa.store.account.users import list_users
from qa.store.database import Database
from qa.store.desk.frames import disputes_frame, reviews_frame
from qa.store.desk.marking import finish, save_draft
from qa.store.desk.plans import find_plan
from qa.store.desk.reading import load_review
from qa.store.kinds import Layer, ReviewState
from qa.store.scope import Scope
from tests.store.desk import Centre, add_call, agreeing, card
from tests.store.fresh import fresh

ALL = Scope.all()
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)  # a Sunday


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, database_url=None, time_zone="Asia/Tehran")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    fresh(settings.url)
    opened = Database.open(settings.url)
    yield opened
    opened.close()


def fill(database: Database, settings: Settings, calls: int = 12) -> tuple[Centre, int]:
    """So many calls of each agent in last week; the first of each failed a critical criterion."""
    week = last_week(settings, NOW)
    start = datetime.combine(as_date(week), datetime.min.time(), settings.zone) + timedelta(hours=9)
    with database.write() as tx:
        centre = Centre(tx)
        for n in range(calls):
            for place, agent in enumerate(centre.agents):
                at = start + timedelta(hours=5 * n + place)
                bad = {"no_unrealistic_promise": Verdict.NOT_MET} if n == 0 else {}
                facts = {"started_at": at.astimezone(UTC), "local_day": local_day(at, settings.zone)}
                add_call(tx, 1000 + 10 * n + place, bad, agent_id=agent, team_id=centre.teams[place], **facts)
    return centre, week


def test_a_plan_is_drawn_given_out_and_made_once(database: Database, settings: Settings) -> None:
    centre, week = fill(database, settings)
    with database.write() as tx:
        save_desk_settings(tx, DeskSettings(per_agent=3, risk=2, targeted=2, criterion="empathy"))
    rows = make_plan(database, settings, Order(week, seed=7))
    layers = Counter((row.layer, row.agent_id) for row in rows)
    assert [layers[Layer.RANDOM, agent] for agent in centre.agents] == [3, 3]
    risky = [row for row in rows if row.layer is Layer.RISK]
    assert all({"critical", "promise"} <= set(row.reasons) for row in risky)
    # supervisors get the calls of their own teams, and everything found its reviewer
    assert {(row.team_id, row.reviewer) for row in rows} == {
        (centre.teams[0], "lead"),
        (centre.teams[1], "other"),
    }
    with database.read() as tx:
        plan = find_plan(tx, week)
    assert plan is not None
    assert (plan.seed, plan.population, plan.settings["per_agent"]) == (7, 24, 3)
    with pytest.raises(InvalidSetting):
        make_plan(database, settings, Order(week, seed=7))
    with pytest.raises(InvalidSetting):
        make_plan(database, settings, Order(week - 70))


def test_the_next_call_of_the_same_agent_replaces_an_unusable_one(
    database: Database, settings: Settings
) -> None:
    centre, week = fill(database, settings)
    rows = make_plan(database, settings, Order(week, seed=7))
    old = next(row for row in rows if row.layer is Layer.RANDOM and row.reviewer == "lead")
    new = replace(database, old.id, (centre.lead, centre.scope(0)), "inaudible")
    assert new is not None
    with database.read() as tx:
        gone, instead = load_review(tx, old.id, ALL).row, load_review(tx, new, ALL).row
    assert (gone.state, gone.replaced_reason, gone.replaced_by) == (ReviewState.REPLACED, "inaudible", new)
    same = ("agent_id", "layer", "week", "plan_id", "reviewer_id", "due")
    assert [getattr(instead, f) for f in same] == [getattr(old, f) for f in same]
    assert instead.call_id not in {row.call_id for row in rows}


def test_the_worker_makes_last_weeks_plan_if_the_site_wants_it(
    database: Database, settings: Settings
) -> None:
    _centre, week = fill(database, settings)
    assert not due_plan(database, settings, NOW)
    with database.write() as tx:
        save_desk_settings(tx, DeskSettings(automatic=True, reviewers=(3, 4)))
        assert desk_settings(tx) == DeskSettings(automatic=True, reviewers=(3, 4))
    assert [due_plan(database, settings, NOW) for _again in range(2)] == [True, False]
    with database.read() as tx:
        assert find_plan(tx, week) is not None
    errand = Weekly(database, settings)
    assert [errand.look(), errand.look()] == [False, False]  # the real last week has no call


def test_who_reviews_and_who_answers(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        users = list_users(tx)
    own, travel = centre.agents[0], centre.teams[1]
    desk = DeskSettings()
    assert reviewers(users, own, centre.teams[0], desk) == {centre.lead}
    assert reviewers(users, own, travel, DeskSettings(reviewers=(centre.boss,))) == {centre.boss}
    assert reviewers(users, own, None, desk) == frozenset()
    able, gave = frozenset({1, 2}), frozenset({2})
    rules = {"any": {1, 2}, "same": {2}, "other": {1}}
    assert {rule: answering(able, gave, rule) for rule in rules} == rules  # type: ignore[arg-type]
    assert answering(gave, gave, "other") == gave


def test_only_the_random_layer_stands_for_the_programme(database: Database, settings: Settings) -> None:
    centre, week = fill(database, settings)
    with database.write() as tx:
        save_desk_settings(tx, DeskSettings(per_agent=2, risk=1))
    rows = make_plan(database, settings, Order(week, seed=3))
    with database.write() as tx:
        for row in rows:
            if row.reviewer != "lead":
                continue
            who = (centre.lead, centre.scope(0))
            save_draft(tx, row.id, who, agreeing(load_review(tx, row.id, ALL)), 60.0)
            finish(tx, row.id, *who, card())
    frame = reviews_frame(database, ALL).lazy()
    done = [row for row in rows if row.reviewer == "lead"]
    random = [row.id for row in done if row.layer is Layer.RANDOM]
    assert programme(frame).select("id").collect().to_series().to_list() == sorted(random)
    assert programme_score(frame).n == len(random) == 2
    mine, theirs = paces(frame, 1)
    assert (mine.reviewer, mine.assigned, mine.done, mine.median_seconds) == (
        "lead",
        len(done),
        len(done),
        60,
    )
    assert (theirs.reviewer, theirs.done, theirs.median_seconds) == ("other", 0, None)
    assert reviews_frame(database, centre.scope(1)).height == len(rows) - len(done)


def test_disputes_by_criterion_with_wilsons_interval(database: Database) -> None:
    assert disputes_frame(database, ALL).schema == DISPUTES_SCHEMA
    said = ["accepted"] * 3 + ["partly"] + ["rejected"] + [None]
    frame = pl.DataFrame({"key": ["empathy"] * 6, "contested": [None] * 3 + ["lead"] * 3, "outcome": said})
    (by_key,) = contests(frame.lazy(), "key")
    assert (by_key.accepted, by_key.partly, by_key.rejected) == (3, 1, 1)
    # Wilson 1927 for 4 of 5, as in evidence: 38 to 96 %
    assert [round(100 * (x or 0)) for x in (by_key.upheld.low, by_key.upheld.high)] == [38, 96]
    assert [c.name for c in contests(frame.lazy(), "contested")] == [None, "lead"]


@pytest.mark.parametrize(
    "wrong", [{"per_agent": -1}, {"risk": 501}, {"due_days": 0}, {"answer_by": "nobody"}], ids=str
)
def test_settings_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting):
        DeskSettings(**wrong)  # type: ignore[arg-type]
