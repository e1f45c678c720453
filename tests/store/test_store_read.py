"""Frames for the analytics: the same columns and types whatever is in the store."""

from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest

from qa.records import CriticalKind, Measurement, Reason
from qa.store.call.calls import register
from qa.store.call.reviews import save_review, save_scoring
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import CALLS_SCHEMA, CRITERIA_SCHEMA, WIDE_MEASURES, calls_frame, criteria_frame
from qa.store.made.bulk import FinishedCall, save_finished
from qa.store.people import agent_id, queue_id, team_id
from qa.store.scope import Scope
from tests.store.samples import new_call, review, scoring

READS = pytest.mark.parametrize(
    ("read", "schema"), [(calls_frame, CALLS_SCHEMA), (criteria_frame, CRITERIA_SCHEMA)]
)


@READS
def test_an_empty_store_gives_the_same_columns(database: Database, read: object, schema: pl.Schema) -> None:
    frame = read(database, Scope.all(), CallFilter())  # type: ignore[operator]
    assert frame.height == 0
    assert frame.schema == schema


@READS
def test_a_hundred_rows_of_nulls_first_do_not_fool_the_types(
    database: Database, read: object, schema: pl.Schema
) -> None:
    with database.write() as tx:
        for seed in range(120):
            register(tx, new_call(seed))
        last = register(tx, new_call(200)).call_id
        save_review(tx, last, review(200))
    frame = read(database, Scope.all(), CallFilter())  # type: ignore[operator]
    assert frame.schema == schema
    assert frame.height == (121 if read is calls_frame else 19)


def test_a_call_is_one_row_with_its_measures(database: Database) -> None:
    moment = datetime(2026, 9, 1, 20, 45, 0, 250_001, tzinfo=UTC)
    measures = (
        Measurement("talk_share_agent", 0.4, "share"),
        Measurement("overlap", None, "share", Reason.ONE_CHANNEL),
        Measurement("longest_silence", 9.0, "s"),
    )
    with database.write() as tx:
        team = team_id(tx, "Night")
        agent = agent_id(tx, "سارا", team=team)
        call = replace(
            new_call(1), started_at=moment, agent_id=agent, team_id=team, queue_id=queue_id(tx, "500")
        )
        scored = scoring(1, score=72.5, critical=CriticalKind.BUSINESS, version=3)
        save_finished(
            tx, [FinishedCall(replace(call, language="fa", duration=61.5), measures, scored, "too short")]
        )
    row = calls_frame(database, Scope.all(), CallFilter()).row(0, named=True)
    assert {name: row[name] for name in row if row[name] is not None} == {
        "call_key": call.sha256[:12], "local_day": call.local_day, "started_at": moment,
        "agent": "سارا", "agent_id": agent, "team": "Night", "team_id": team, "queue": "500", "queue_id": 1,
        "language": "fa", "direction": "inbound", "duration": 61.5, "status": "done", "scoring": "scored",
        "scorecard": "default_fa", "version": 3, "score": 0.0, "score_before_critical": 72.5, "band": "flag",
        "failed_by": ["criterion_0"], "failed_customer": False, "failed_business": True,
        "failed_compliance": False, "left_out": "too short", "generated": False, "talk_share_agent": 0.4,
    }  # fmt: skip


def test_criteria_are_those_of_the_current_evaluation(database: Database) -> None:
    with database.write() as tx:
        call_id = register(tx, new_call(1)).call_id
        save_review(tx, call_id, review(1))
        save_scoring(tx, call_id, scoring(5, version=2, critical=CriticalKind.CUSTOMER))
        save_scoring(tx, call_id, scoring(6, version=3), current=False)
    frame = criteria_frame(database, Scope.all(), CallFilter())
    given = scoring(5, version=2, critical=CriticalKind.CUSTOMER)
    assert frame["key"].to_list() == [c.key for c in given.criteria]
    assert frame["verdict"].to_list() == [c.judgement.verdict.value for c in given.criteria]
    assert frame["critical"].to_list() == ["customer", *[None] * 18]
    assert frame["version"].unique().to_list() == [2]
    assert frame["applied_weight"].sum() == pytest.approx(100)
    assert calls_frame(database, Scope.all(), CallFilter())["failed_customer"].to_list() == [True]


def test_frames_are_oldest_first_and_within_scope_and_filter(database: Database) -> None:
    with database.write() as tx:
        teams = [team_id(tx, name) for name in ("one", "two")]
        done = [
            FinishedCall(new_call(seed, team_id=teams[seed % 2]), (), scoring(seed)) for seed in (3, 1, 2, 0)
        ]
        save_finished(tx, done)
    keys = [new_call(seed).sha256[:12] for seed in range(4)]
    assert calls_frame(database, Scope.all(), CallFilter())["call_key"].to_list() == keys
    one = Scope.of_teams([teams[0]])
    assert calls_frame(database, one, CallFilter())["call_key"].to_list() == keys[::2]
    assert (
        criteria_frame(database, one, CallFilter())["call_key"].unique(maintain_order=True).to_list()
        == keys[::2]
    )
    day = CallFilter(
        first_day=new_call(0).local_day, last_day=new_call(0).local_day, teams=frozenset({teams[1]})
    )
    assert calls_frame(database, Scope.all(), day)["call_key"].to_list() == keys[1::2]
    assert (
        calls_frame(database, Scope(), CallFilter()).height
        == criteria_frame(database, Scope(), day).height
        == 0
    )


def test_every_wide_measure_is_read(database: Database) -> None:
    measures = tuple(Measurement(name, n / 8, "x") for n, name in enumerate(WIDE_MEASURES))
    with database.write() as tx:
        save_finished(tx, [FinishedCall(new_call(1), measures, scoring(1))])
    frame = calls_frame(database, Scope.all(), CallFilter()).select(WIDE_MEASURES)
    assert frame.row(0) == tuple(n / 8 for n in range(len(WIDE_MEASURES)))
