"""Kept sums are what their rows sum to: after any change, for any viewer, whatever was folded or cut off."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from qa.analytics.weeks import counted
from qa.calendar import FIRST_WEEKDAY, local_day, week_start
from qa.errors import InvalidSetting
from qa.gather import counting
from qa.store.card.scorecards import counts_by_version
from qa.store.database import Database
from qa.store.kinds import Band, Direction
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import calls_frame, criteria_frame
from qa.store.made.bulk import FinishedCall, delete_calls, save_finished
from qa.store.people import queue_id
from qa.store.promise.ledger import LedgerFilter, tally
from qa.store.rollups import fold, keeping, kept, marks, read, verify
from qa.store.rollups.errand import EVERY, FoldErrand
from qa.store.rollups.halves import parts
from qa.store.rollups.held import Held
from qa.store.rollups.packing import pack, unpack, unpack_all
from qa.store.scope import Scope
from qa.store.tables import calls, rollup_parts
from tests.store.fresh import fresh
from tests.store.rollup_house import (
    ALL,
    NOW,
    ZONE,
    House,
    by_cells,
    by_rows,
    calls_cells,
    criteria_cells,
    promise_cells,
)
from tests.store.samples import START, new_call, scoring

EVER = CallFilter()


def folded(database: Database) -> None:
    for _done in fold.fold_all(database, ZONE):
        pass


def same(database: Database) -> None:
    for calendar in FIRST_WEEKDAY:
        assert by_cells(database, calendar) == by_rows(database, calendar)


def counted_alike(database: Database) -> None:
    """Counts over all that ever was, of the promises and of the calls that each version judged."""
    days = [(None, None), (local_day(START, ZONE) + 3, local_day(START, ZONE) + 12)]
    with database.read() as tx:
        teams = tx.scalars(select(calls.c.team_id).distinct().where(calls.c.team_id.is_not(None))).all()
        narrowed = [
            LedgerFilter(NOW, teams=frozenset(some), first_day=first, last_day=last)
            for some in ((), teams[:1])
            for first, last in days
        ]
        asked = [(scope, one) for scope in (ALL, Scope.of_teams(teams[:1])) for one in narrowed]
        told = [tally(tx, *one) for one in asked]
        versions = counts_by_version(tx)
    assert [counting.tally(database, *one, ZONE) for one in asked] == told
    assert counting.scored_with(database) == versions


def differences(database: Database) -> list[verify.Difference]:
    return [one for part in verify.kept_parts(database) for one in verify.check(database, ZONE, part)]


@given(st.integers(0, 40_000), st.integers(0, 40))
def test_a_part_lies_in_one_week_of_every_calendar(first: int, more: int) -> None:
    found = parts(first, first + more)
    days = [day for part in found for day in part.days]
    assert days == list(range(found[0].first, found[-1].last + 1))
    assert found[0].first <= first <= first + more <= found[-1].last
    for part in found:
        for calendar in FIRST_WEEKDAY:
            assert len({week_start(day, calendar) for day in part.days}) == 1


def test_after_any_changes_the_sums_are_those_of_the_rows(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(database, seed=11)
    rounds = 5 if database.dialect == "sqlite" else 4
    for turn in range(rounds):
        for _ in range(40):
            house.change()
        same(database)  # some days are kept, others changed since
        counted_alike(database)
        if turn % 3 != 2:
            folded(database)
            same(database)
            assert differences(database) == []
    folded(database)
    assert fold.pending(database, ZONE) == []
    with monkeypatch.context() as patch:
        for name in ("counts_by_version", "ledger"):
            patch.setattr(counting, name, None)  # of what is kept alone
        counted_alike(database)
    with database.write() as tx:
        delete_calls(tx, tx.scalars(select(calls.c.id)).all())
    same(database)
    folded(database)
    assert calls_cells(database, ALL, EVER).height == 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Six weeks on SQLite, all of it folded; tests only read it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('rollups') / 'shenava.db'}"
    fresh(url)
    made = House(Database.open(url), seed=5)
    for _ in range(120):
        made.change()
    with made.database.write() as tx:
        for _ in range(12):
            made.arrive(tx)
    folded(made.database)
    return made


def copied(house: House, folder: Path) -> Database:
    with house.database.read() as tx:
        tx.exec_driver_sql("SELECT 1")
    source = Path(str(house.database.label).removeprefix("sqlite:///"))
    for file in source.parent.glob("shenava.db*"):
        (folder / file.name).write_bytes(file.read_bytes())
    return Database.open(f"sqlite:///{folder / 'shenava.db'}")


def scores(table: pl.DataFrame) -> tuple[int, int, float]:
    k = counted(table.lazy()).collect()
    return table.height, k.height, round(float(k["score"].sum()), 6)


def sums(cells: pl.DataFrame) -> tuple[int, int, float]:
    return (
        int(cells["received"].sum()),
        int(cells["counted"].sum()),
        round(float(cells["score_sum"].sum()), 6),
    )


def test_scopes_and_filters_see_what_rows_would_show(house: House) -> None:
    first = calls_frame(house.database, ALL, EVER)["local_day"].min()
    assert isinstance(first, int)
    blind = frozenset(range(1, 60, 3))
    scopes = [
        ALL,
        Scope.of_teams(house.teams[:1]),
        Scope.of_agent(house.agents[1]),
        Scope.of_agent(None),
        Scope(),
    ]
    scopes += [replace(scope, blind=blind) for scope in scopes[:2]]
    filters = [
        EVER,
        CallFilter(agents=frozenset(house.agents[:2]), queues=frozenset(house.queues[1:])),
        CallFilter(languages=frozenset({"fa"}), directions=frozenset({Direction.INBOUND})),
        CallFilter(languages=frozenset({"nobody speaks it"})),
        *(CallFilter(first_day=first + a, last_day=first + b) for a, b in ((2, 2), (3, 12), (-9, 4), (9, 3))),
    ]
    for scope in scopes:
        for wanted in filters:
            frame = calls_frame(house.database, scope, wanted)
            cells = calls_cells(house.database, scope, wanted)
            assert sums(cells) == scores(frame), (scope, wanted)
            assert sums(read.day_cells(house.database, scope, wanted)) == scores(frame)
            inside = criteria_frame(house.database, scope, wanted).filter(pl.col("left_out").is_null())
            judged = criteria_cells(house.database, scope, wanted, {"criterion_3", "criterion_4"})
            mine = inside.filter(pl.col("key").is_in(["criterion_3", "criterion_4"]))
            assert int(judged["met"].sum()) == mine.filter(pl.col("verdict") == "met").height


def test_nothing_is_told_of_scores_of_calls_that_are_judged_blind(house: House) -> None:
    every = read.survey_cells(house.database, ALL, EVER, ZONE)
    with house.database.read() as tx:
        ids = frozenset(tx.scalars(select(calls.c.id)))
    hidden = read.survey_cells(house.database, replace(ALL, blind=ids), EVER, ZONE)
    assert every["n"].sum() == hidden["n"].sum()
    assert every["quality_n"].sum() > 0 == hidden["quality_n"].sum()
    assert hidden["band"].null_count() == hidden.height
    assert read.comment_cells(house.database, Scope.of_agent(house.agents[0]), EVER, ZONE).height == 0


def test_what_sums_do_not_know_is_refused(house: House) -> None:
    for wanted in (
        CallFilter(bands=frozenset({Band.FLAG})),
        CallFilter(search="x"),
        CallFilter(recorded=True),
    ):
        with pytest.raises(InvalidSetting, match="read the calls themselves"):
            calls_cells(house.database, ALL, wanted)
    with pytest.raises(InvalidSetting, match="'teams'"):
        read.comment_cells(house.database, ALL, CallFilter(teams=frozenset({1})), ZONE)


def test_another_time_zone_moves_the_days_of_answers(house: House) -> None:
    there = read.survey_cells(house.database, ALL, EVER, UTC)
    here = read.survey_cells(house.database, ALL, EVER, ZONE)
    assert there["n"].sum() == here["n"].sum()
    assert (
        there.group_by("local_day").len().sort("local_day").rows()
        != here.group_by("local_day").len().sort("local_day").rows()
    )


def test_verify_names_the_cell_that_differs(house: House, tmp_path: Path) -> None:
    database = copied(house, tmp_path)
    assert differences(database) == []
    p = rollup_parts.c
    with database.write() as tx:
        first, content = tx.execute(
            select(p.first, p.content).where(p.kind == "calls", p.cells > 3)
        ).first() or (0, b"")
        cells = unpack(content)
        wrong = cells.with_columns(
            pl.when(pl.int_range(pl.len()) == 1)
            .then(999)
            .otherwise("received")
            .alias("received")
            .cast(pl.UInt32)
        )
        tx.execute(
            update(rollup_parts).where(p.kind == "calls", p.first == first).values(content=pack(wrong))
        )
    found = differences(database)
    assert [(one.kind, one.first, one.column, one.kept) for one in found] == [
        ("calls", first, "received", 999)
    ]
    assert "received is 999" in str(found[0])
    for _done in keeping.rebuild(database, ZONE):
        pass
    assert differences(database) == []
    database.close()


def test_a_change_while_it_is_summed_is_not_lost(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = copied(house, tmp_path)
    own, write = House.__new__(House), kept.write
    own.__dict__ |= house.__dict__ | {"database": database, "made": 5000}
    own.change = lambda: None  # type: ignore[method-assign]
    with database.write() as tx:
        own.arrive(tx)

    def late(tx: object, *rest: object) -> bool:
        if not changed:
            changed.append(1)
            own.rescore(tx)  # type: ignore[arg-type]
            own.arrive(tx)  # type: ignore[arg-type]
        return write(tx, *rest)  # type: ignore[arg-type]

    changed: list[int] = []
    monkeypatch.setattr(kept, "write", late)
    folded(database)
    assert changed
    same(database)
    folded(database)
    same(database)
    assert differences(database) == []
    database.close()


def test_a_day_that_changes_again_while_it_is_summed_stays_stale(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, summed = copied(house, tmp_path), fold.summed
    with database.write() as tx:
        tx.execute(update(calls).values(language="en"))

    def late(*given: object) -> list[kept.Folded]:
        made = summed(*given)  # type: ignore[arg-type]
        if not changed:
            changed.append(1)
            with database.write() as tx:
                tx.execute(update(calls).values(language="fa"))
                marks.claim(tx)
        return made

    changed: list[int] = []
    monkeypatch.setattr(fold, "summed", late)
    step = fold.first_step(fold.pending(database, ZONE), 99)
    fold.fold(database, ZONE, step)
    cells = calls_cells(database, ALL, EVER)
    assert cells["language"].cast(pl.String).unique().to_list() == ["fa"]
    database.close()


def test_a_call_changes_what_is_told_of_calls_of_a_week_before(database: Database) -> None:
    facts = {"customer_hash": "c" * 64, "direction": Direction.INBOUND}
    with database.write() as tx:
        queue = queue_id(tx, "orders")
        save_finished(tx, [FinishedCall(new_call(1, queue_id=queue, **facts), (), scoring())])
    folded(database)
    with database.write() as tx:
        save_finished(tx, [FinishedCall(new_call(1 + 7 * 24, queue_id=queue, **facts), (), scoring())])
    found = read.return_cells(database, ALL, EVER).sort("local_day")
    assert found.select("calls", "again", "first").rows() == [(1, 1, True), (1, 0, False)]


def test_of_two_who_fold_one_part_the_first_is_kept(house: House, tmp_path: Path) -> None:
    database = copied(house, tmp_path)
    with database.write() as tx:
        tx.execute(update(calls).values(language="en"))
    work = fold.pending(database, ZONE)
    step = fold.first_step(work, 3)
    with database.read() as tx:
        old = fold.summed(tx, ZONE, (step.kind, step.parts), set())
    assert fold.fold(database, ZONE, step) == len(step.parts)
    with database.write() as tx:
        assert not any(kept.write(tx, one, 7) for one in old)
    assert fold.fold(database, ZONE, step) == len(step.parts)  # again, as nothing changed
    database.close()


def test_the_worker_folds_what_was_never_kept_and_then_what_changes(house: House, tmp_path: Path) -> None:
    database, time = copied(house, tmp_path), [0.0]
    with database.write() as tx:
        tx.execute(rollup_parts.delete())
    errand = FoldErrand(database, ZONE, clock=lambda: time[0])
    while errand.look():
        pass
    assert fold.pending(database, ZONE) == []
    with database.write() as tx:
        tx.execute(update(calls).values(left_out="too short"))
    assert not errand.look()  # not so soon again
    time[0] += EVERY
    errand.look()
    with database.read() as tx:
        assert not fold.waits(tx)
    same(database)
    database.close()


def test_a_fold_that_is_killed_leaves_sums_right(house: House, tmp_path: Path) -> None:
    database = copied(house, tmp_path)
    with database.write() as tx:
        tx.execute(update(calls).values(score=calls.c.score + 1))
    script = (
        "import sys\nfrom zoneinfo import ZoneInfo\nfrom qa.store.database import Database\n"
        "from qa.store.rollups.keeping import rebuild\n"
        "database = Database.open(sys.argv[1])\n"
        "for done in rebuild(database, ZoneInfo('Asia/Tehran')):\n    print(done, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, database.label], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for _ in range(4):
            assert process.stdout.readline()
        process.kill()
    same(database)
    left = fold.pending(database, ZONE)
    assert left
    assert next(keeping.rebuild(database, ZONE)) == (0, len(left))  # it goes on where it was
    folded(database)
    same(database)
    assert differences(database) == []
    database.close()


def test_what_is_held_has_a_limit_and_the_oldest_goes() -> None:
    table = pl.DataFrame({"x": range(1000)})
    held = Held(most=int(table.estimated_size()) * 3)
    for number in range(5):
        held.put(number, table)
        assert held.get(0) is not None or number > 2
        assert held.bytes <= held.most
    assert [number for number in range(5) if held.get(number) is not None] == [0, 3, 4]


def test_promises_are_overdue_by_the_minute(house: House) -> None:
    every = promise_cells(house.database, ALL, EVER, NOW + timedelta(seconds=1))
    before = promise_cells(house.database, ALL, EVER, NOW)
    assert every["overdue"].sum() > before["overdue"].sum() > 0
    assert every["n"].sum() == before["n"].sum()
    assert START < NOW


def test_parts_that_are_read_together_are_those_read_alone() -> None:
    """One without any cell among them; all columns, and some in another order."""
    words = pl.Series(["a", "b", "a"], dtype=pl.Categorical())
    whole = pl.DataFrame({"local_day": [1, 2, 3], "key": words, "n": [4, 5, 6]})
    parts = [whole.head(2), whole.clear(), whole.tail(1)]
    kept = [(part.height, pack(part)) for part in parts]
    assert [one.equals(two) for one, two in zip(unpack_all(kept), parts, strict=True)] == [True] * 3
    assert [one.rows() for one in unpack_all(kept, ("n", "key"))] == [[(4, "a"), (5, "b")], [], [(6, "a")]]
