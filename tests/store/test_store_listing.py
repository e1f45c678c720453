"""The list of calls: every filter, order, page and viewer, against a plain recount in Python."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, text

from qa.errors import InvalidSetting
from qa.records import CriticalKind, Verdict
from qa.store.call.calls import register
from qa.store.call.detail import load_evaluations
from qa.store.database import Database
from qa.store.kinds import Band, CallStatus, Direction
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import CallRow, Order, PageOf, list_calls
from qa.store.made.bulk import FinishedCall, save_finished
from qa.store.people import agent_id, queue_id, team_id
from qa.store.scope import Scope
from qa.store.tables import calls
from qa.store.work import jobs
from qa.store.work.claims import beat
from tests.store.conftest import migrated
from tests.store.job_rows import claimed
from tests.store.samples import new_call, scoring
from tests.store.volume import filters as usual_filters

COUNT = 60
FIRST_DAY = new_call(0).local_day


def fill(database: Database) -> None:
    """Sixty calls with ties in time, score and length, and six that wait without a score."""
    rng = np.random.default_rng(3)
    with database.write() as tx:
        teams = [team_id(tx, f"team {n}") for n in range(3)]
        agents = [agent_id(tx, f"agent {n}", team=teams[n % 3]) for n in range(5)]
        queues = [queue_id(tx, f"queue {n}") for n in range(2)]
        done = []
        for seed in range(COUNT):
            n = int(rng.integers(5))
            call = replace(
                new_call(seed),
                started_at=new_call(0).started_at + timedelta(hours=12 * (seed // 3)),
                local_day=FIRST_DAY + seed // 6,
                agent_id=None if seed % 10 == 0 else agents[n],
                team_id=None if seed % 10 == 0 else teams[n % 3],
                queue_id=queues[seed % 2],
                duration=float(seed % 4) * 60,
                language=("fa", "en")[int(rng.integers(2))],
                direction=(Direction.INBOUND, Direction.OUTBOUND, None)[seed % 3],
                generated=seed % 5 == 0,
                media=None if seed % 3 == 0 else new_call(seed).media,
            )
            if seed % 10 == 9:
                register(tx, replace(call, duration=None, language=None))
                continue
            critical = list(CriticalKind)[seed % 3] if seed % 7 == 0 else None
            scored = scoring(
                seed, score=None if seed % 11 == 0 else float(60 + 5 * (seed % 8)), critical=critical
            )
            done.append(FinishedCall(call, (), scored))
        save_finished(tx, done)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, numbers: Iterator[int]
) -> Iterator[Database]:
    """A database with calls that many tests read and none changes."""
    opened = Database.open(migrated(request, tmp_path_factory.mktemp("filled"), numbers))
    fill(opened)
    yield opened
    opened.close()


def everything(database: Database) -> list[CallRow]:
    with database.read() as tx:
        return list(list_calls(tx, Scope.all(), CallFilter(), PageOf(limit=1000)).rows)


def walk(database: Database, scope: Scope, wanted: CallFilter, page: PageOf) -> tuple[list[CallRow], int]:
    """Every page after the other, and the total that the first one told."""
    rows: list[CallRow] = []
    total = None
    with database.read() as tx:
        while True:
            found = list_calls(tx, scope, wanted, page)
            total = found.total if total is None else total
            rows += found.rows
            if found.next is None:
                return rows, total or 0
            assert len(found.rows) == page.limit
            page = replace(page, after=found.next)


def failed(database: Database) -> dict[str, set[CriticalKind]]:
    with database.read() as tx:
        rows = tx.execute(select(calls.c.key, *(calls.c[f"failed_{kind.value}"] for kind in CriticalKind)))
        return {
            row[0]: {kind for kind, yes in zip(CriticalKind, row[1:], strict=True) if yes} for row in rows
        }


SORTS: dict[Order, tuple[Callable[[CallRow], float | None], int]] = {
    Order.NEWEST: (lambda row: row.started_at.timestamp(), -1),
    Order.OLDEST: (lambda row: row.started_at.timestamp(), 1),
    Order.LOWEST: (lambda row: row.score, 1),
    Order.HIGHEST: (lambda row: row.score, -1),
    Order.LONGEST: (lambda row: row.duration, -1),
    Order.SHORTEST: (lambda row: row.duration, 1),
}


def in_order(rows: list[CallRow], order: Order) -> list[CallRow]:
    value, sign = SORTS[order]

    def place(row: CallRow) -> tuple[bool, float, int]:
        found = value(row)
        return found is None, sign * (found or 0.0), sign * row.id

    return sorted(rows, key=place)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("limit", [1, 7, 60, 61])
def test_pages_put_together_are_the_sorted_list(filled: Database, order: Order, limit: int) -> None:
    rows, total = walk(filled, Scope.all(), CallFilter(), PageOf(limit=limit, order=order))
    assert [row.id for row in rows] == [row.id for row in in_order(everything(filled), order)]
    assert total == len(rows) == COUNT


def some(values: st.SearchStrategy) -> st.SearchStrategy[frozenset]:  # type: ignore[type-arg]
    return st.frozensets(values, max_size=2)


FILTERS = st.builds(
    CallFilter,
    first_day=st.none() | st.integers(FIRST_DAY - 1, FIRST_DAY + 10),
    last_day=st.none() | st.integers(FIRST_DAY - 1, FIRST_DAY + 10),
    agents=some(st.integers(1, 5)),
    teams=some(st.integers(1, 3)),
    queues=some(st.integers(1, 2)),
    bands=some(st.sampled_from(Band)),
    statuses=some(st.sampled_from(CallStatus)),
    directions=some(st.sampled_from(Direction)),
    languages=some(st.sampled_from(["fa", "en"])),
    critical=st.none() | st.booleans(),
    critical_kinds=some(st.sampled_from(CriticalKind)),
    lowest_score=st.none() | st.sampled_from([60.0, 75.0]),
    highest_score=st.none() | st.sampled_from([75.0, 90.0]),
    generated=st.none() | st.booleans(),
)
SCOPES = st.sampled_from([Scope.all(), Scope(), Scope.of_teams([1, 2]), Scope.of_agent(2)])


def passes(row: CallRow, wanted: CallFilter, scope: Scope, kinds: set[CriticalKind]) -> bool:
    sets = [
        (wanted.agents, row.agent_id), (wanted.teams, row.team_id), (wanted.queues, row.queue_id),
        (wanted.bands, row.band), (wanted.statuses, row.status), (wanted.directions, row.direction),
        (wanted.languages, row.language),
    ]  # fmt: skip
    score = row.score
    return all([
        scope.everything or row.agent_id == scope.agent is not None or row.team_id in scope.teams,
        all(not values or value in values for values, value in sets),
        wanted.first_day is None or row.local_day >= wanted.first_day,
        wanted.last_day is None or row.local_day <= wanted.last_day,
        wanted.lowest_score is None or (score is not None and score >= wanted.lowest_score),
        wanted.highest_score is None or (score is not None and score <= wanted.highest_score),
        wanted.critical is None or bool(kinds) == wanted.critical,
        not wanted.critical_kinds or bool(kinds & wanted.critical_kinds),
        wanted.generated is None or row.generated == wanted.generated,
    ])  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(wanted=FILTERS, scope=SCOPES, order=st.sampled_from(Order), limit=st.sampled_from([3, 50]))
def test_a_filter_finds_what_a_recount_finds(
    database: Database, wanted: CallFilter, scope: Scope, order: Order, limit: int
) -> None:
    every = everything(database)
    if not every:
        fill(database)
        every = everything(database)
    kinds = failed(database)
    expected = [row for row in every if passes(row, wanted, scope, kinds[row.key])]
    rows, total = walk(database, scope, wanted, PageOf(limit=limit, order=order))
    assert [row.id for row in rows] == [row.id for row in in_order(expected, order)]
    assert total == len(expected)


def test_a_row_tells_what_the_table_shows(database: Database) -> None:
    with database.write() as tx:
        team = team_id(tx, "Night")
        agent = agent_id(tx, "Sara", team=team)
        call = replace(new_call(1), agent_id=agent, team_id=team, queue_id=queue_id(tx, "500"), duration=61.0)
        save_finished(tx, [FinishedCall(call, (), scoring(1, critical=CriticalKind.CUSTOMER), "too short")])
        running = register(tx, new_call(2)).call_id
        jobs.enqueue(tx, running)
        beat(tx, claimed(tx, running), "transcribe", 0.25)
    with database.read() as tx:
        newest, oldest = list_calls(tx, Scope.all(), CallFilter()).rows
    assert (newest.status, newest.stage, newest.share) == (CallStatus.RUNNING, "transcribe", 0.25)
    assert (newest.score, newest.failed_by, newest.agent, newest.flags) == (None, (), None, ())
    assert (oldest.agent, oldest.team, oldest.queue, oldest.duration) == ("Sara", "Night", "500", 61.0)
    assert (oldest.score, oldest.score_before_critical, oldest.failed_by) == (0.0, 80.0, ("criterion_0",))
    assert (oldest.band, oldest.left_out, oldest.stage) == (Band.FLAG, "too short", None)


@pytest.mark.parametrize(
    "cursor", ["", "x", "1", "~", "nan", "1~x", "x~1", "1.5~1", "9" * 40 + "~1", "'; DROP TABLE calls~1"]
)
def test_a_cursor_that_was_made_up_is_refused(filled: Database, cursor: str) -> None:
    with pytest.raises(InvalidSetting, match="start from the first page"), filled.read() as tx:
        list_calls(tx, Scope.all(), CallFilter(), PageOf(cursor))


def test_a_new_call_does_not_shift_the_pages(database: Database) -> None:
    fill(database)
    with database.write() as tx:
        first = list_calls(tx, Scope.all(), CallFilter(), PageOf(limit=10))
        register(tx, new_call(5000))
        second = list_calls(tx, Scope.all(), CallFilter(), PageOf(first.next, limit=10))
        shifted = list_calls(tx, Scope.all(), CallFilter(), PageOf(limit=21)).rows
    assert [row.id for row in (*first.rows, *second.rows)] == [row.id for row in shifted[1:]]


def test_the_page_is_cut_inside_one_index(filled: Database) -> None:
    """The promise of 50 ms at 100 000 calls rests on this: no read of the table to filter, sort or count."""
    if filled.dialect != "sqlite":
        return
    asked: list[tuple[str, Any]] = []
    with filled.read() as tx:
        plans = usual_filters(filled)
        event.listen(tx, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
        for name, (scope, wanted, page) in plans.items():
            if "agent" in name:
                continue  # these use the agent's own index
            asked.clear()
            list_calls(tx, scope, wanted, replace(page, after=None))
            for statement, parameters in (asked[0], asked[-1]):
                rows = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                steps = [row[3] for row in rows]
                assert any("COVERING INDEX" in step for step in steps) or wanted.search, (name, steps)


def test_counting_can_be_left_out(filled: Database) -> None:
    with filled.read() as tx:
        assert list_calls(tx, Scope.all(), CallFilter(), PageOf(count=False)).total is None
        assert tx.scalar(text("SELECT count(*) FROM calls")) == COUNT


def test_only_calls_that_can_be_heard(filled: Database) -> None:
    with filled.read() as tx:
        heard = {
            row.key for row in list_calls(tx, Scope.all(), CallFilter(recorded=True), PageOf(limit=100)).rows
        }
        silent = {
            row.key for row in list_calls(tx, Scope.all(), CallFilter(recorded=False), PageOf(limit=100)).rows
        }
        media = dict(tx.execute(select(calls.c.key, calls.c.media)).all())
    assert heard == {key for key, place in media.items() if place is not None}
    assert silent == set(media) - heard
    assert heard
    assert silent


@pytest.mark.parametrize("last", [None, FIRST_DAY + 400, FIRST_DAY + 20], ids=["all", "many days", "few"])
@pytest.mark.parametrize("often", [0, COUNT], ids=["walking", "by the index"])
def test_calls_that_lost_points_at_a_criterion(
    filled: Database, last: int | None, often: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.store.lists.filters.OFTEN", often)
    key = "criterion_3"
    wanted = CallFilter(lost_at=key, first_day=FIRST_DAY, last_day=last)
    with filled.read() as tx:
        rows = list_calls(tx, Scope.all(), wanted, PageOf(limit=100)).rows
        verdicts = {
            row.key: next(
                (
                    c.judgement.verdict
                    for e in load_evaluations(tx, row.id)
                    for c in e.scoring.criteria
                    if c.key == key
                ),
                None,
            )
            for row in everything(filled)
        }
    expected = {name for name, verdict in verdicts.items() if verdict in (Verdict.NOT_MET, Verdict.PARTLY)}
    assert {row.key for row in rows} == expected
    assert 0 < len(expected) < COUNT


def test_lost_points_are_found_in_their_own_index(filled: Database) -> None:
    """Without it, all days of 100 000 calls take most of a second."""
    if filled.dialect != "sqlite":
        return
    asked: list[tuple[str, Any]] = []
    with filled.read() as tx:
        event.listen(tx, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
        list_calls(tx, Scope.all(), CallFilter(lost_at="criterion_3"), PageOf())
        for statement, parameters in (asked[1], asked[-1]):  # after the look how often it cost points
            steps = [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert any("COVERING INDEX ix_criterion_results_lost" in step for step in steps), steps


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (CallFilter(first_day=FIRST_DAY + 3, last_day=FIRST_DAY + 9), "(started_at>? AND started_at<?)"),
        (CallFilter(recorded=True), "ix_calls_heard"),
        (CallFilter(recorded=False), "ix_calls_unheard"),
        (CallFilter(abusive=True), "ix_calls_abusive (abusive=?)"),
    ],
    ids=["days", "recorded", "not recorded", "abusive"],
)
def test_filters_are_led_by_an_index(filled: Database, asked: CallFilter, index: str) -> None:
    if filled.dialect != "sqlite":
        return
    seen: list[tuple[str, Any]] = []
    with filled.read() as tx:
        event.listen(tx, "before_cursor_execute", lambda *call: seen.append((call[2], call[3])))
        list_calls(tx, Scope.all(), asked, PageOf())
        for statement, parameters in (seen[0], seen[-1]):
            steps = [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert any(index in step for step in steps), steps


def test_only_calls_with_an_abusive_customer(database: Database) -> None:
    fill(database)
    with database.write() as tx:
        one, two = tx.execute(select(calls.c.id, calls.c.key).order_by(calls.c.id).limit(2)).all()
        tx.execute(calls.update().where(calls.c.id == one.id).values(abusive=True))
    with database.read() as tx:
        hurt = list_calls(tx, Scope.all(), CallFilter(abusive=True), PageOf(limit=100)).rows
        calm = list_calls(tx, Scope.all(), CallFilter(abusive=False), PageOf(limit=100)).rows
    assert [row.key for row in hurt] == [one.key]
    assert two.key in {row.key for row in calm}
    assert one.key not in {row.key for row in calm}
