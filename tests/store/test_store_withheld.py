"""Words and people go, figures of the past stay: every kind of sum, on both databases."""

from contextlib import nullcontext

import polars as pl
import pytest
from sqlalchemy import func, select, update

from qa.calendar import day_bounds
from qa.store.database import Database
from qa.store.erasing import aging, requests
from qa.store.erasing.aging import ROW_KINDS, Span, take_some
from qa.store.erasing.requests import take_everything, whose
from qa.store.lists.filters import CallFilter
from qa.store.made.bulk import delete_generated
from qa.store.rollups import fold, keeping, verify
from qa.store.rollups.kinds import DAYS, KINDS, PROMISES
from qa.store.rollups.packing import unpack
from qa.store.rollups.taking import Wanted, take
from qa.store.tables import calls, comments, evaluations, rollup_remainders
from tests.store.rollup_house import ALL, ZONE, House

BY_NAME = {kind.name: kind for kind in ROW_KINDS}
DAY = 30_000
Figures = dict[str, list[tuple[object, ...]]]


def figures(database: Database) -> Figures:
    """Every cell of every kind by single days; promises that were open are void afterwards, which is said."""
    found = {}
    for kind in (*KINDS, DAYS):
        if kind is not PROMISES:
            cells = take(database, Wanted(kind, ZONE, ALL, CallFilter(), daily=True))
            whole = cells.group_by(kind.groups).agg(pl.col(kind.sums).sum())
            named = whole.with_columns(pl.col(pl.Float64).round(6), pl.col(pl.Categorical).cast(pl.String))
            found[kind.name] = sorted(named.rows(), key=repr)
    return found


def retained(database: Database, name: str, before_day: int) -> int:
    span, done = Span(before_day, day_bounds(before_day, ZONE)[0], ZONE), 0
    while True:
        with database.write() as tx:
            count = take_some(tx, BY_NAME[name], span, 25)
        if not count:
            return done
        done += count


def everything_removed(database: Database) -> dict[str, int]:
    """One customer forgotten, then half of the rest by retention."""
    with database.write() as tx:
        customer = tx.scalar(select(func.min(calls.c.customer_hash)))
        gone = take_everything(tx, whose(tx, str(customer), DAY), ZONE)
        middle = int(tx.scalar(select(func.avg(calls.c.local_day))) or 0) + 4
    names = ("evaluations", "customers", "surveys", "comments", "words")
    return gone | {name: retained(database, name, middle) for name in names}


@pytest.fixture
def house(database: Database) -> House:
    made = House(database, seed=23)
    for _ in range(40):
        made.change()
    with database.write() as tx:
        for _ in range(8):
            made.arrive(tx)
            made.ask(tx)
            made.say(tx)
        asked, answer = tx.scalars(select(comments.c.id).order_by(comments.c.id).limit(2)).all()
        tx.execute(update(comments).where(comments.c.id == answer).values(reply_to="asked"))
        tx.execute(update(comments).where(comments.c.id == asked).values(external_id="asked"))
    return made


def test_figures_stay_when_words_and_people_go(house: House) -> None:
    database = house.database
    before = figures(database)
    for _done in fold.fold_all(database, ZONE):
        pass
    gone = everything_removed(database)
    named = ("calls", "evaluations", "customers", "surveys", "comments")
    assert [name for name in named if not gone[name]] == []
    with database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(evaluations)) < len(before["calls"]) + 40
        assert tx.scalar(select(func.count()).select_from(rollup_remainders))
    assert figures(database) == before, "at once, from rows and what was kept"
    for _done in keeping.rebuild(database, ZONE):
        pass
    assert figures(database) == before, "and when all of it is summed again"
    parts = verify.kept_parts(database)
    assert [one for part in parts for one in verify.check(database, ZONE, part)] == []

    with database.write() as tx:
        tx.execute(update(calls).values(left_out="test"))
    figures(database)  # what was changed after its removal is nowhere less than nothing
    assert retained(database, "sums", DAY)
    assert figures(database) != before, "a site may let the sums go too"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("place", "changed"),
    [(aging, {"calls", "criteria", "returns", "comments"}), (requests, {"calls", "returns"})],
)
def test_without_the_remainder_they_change(
    house: House, monkeypatch: pytest.MonkeyPatch, place: object, changed: set[str]
) -> None:
    before = figures(house.database)
    monkeypatch.setattr(place, "figures_kept", lambda *_: nullcontext())
    everything_removed(house.database)
    after = figures(house.database)
    assert {name for name in before if after[name] != before[name]} >= changed


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_demo_centre_leaves_no_sums_behind(database: Database) -> None:
    made = House(database, seed=5)
    with database.write() as tx:
        for _ in range(6):
            made.arrive(tx)
        some = tx.scalars(select(calls.c.id).order_by(calls.c.id)).all()
        tx.execute(update(calls).where(calls.c.id.in_(some[:4])).values(generated=True))
    assert retained(database, "evaluations", DAY) > 4
    with database.write() as tx:
        delete_generated(tx)
    with database.read() as tx:
        kept = tx.scalars(select(rollup_remainders.c.content)).all()
    assert kept
    assert not any(unpack(content)["generated"].any() for content in kept)
