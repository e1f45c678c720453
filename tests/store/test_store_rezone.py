"""Another time zone: every call on its day there, sums as rows say, what was removed as it was counted."""

from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from sqlalchemy import insert, select

from qa.calendar import local_day
from qa.errors import InvalidSetting
from qa.ingest import open_desk
from qa.settings import Settings
from qa.store import site_zone
from qa.store.database import Database
from qa.store.kinds import Feeling, ImportKind
from qa.store.lists.filters import CallFilter
from qa.store.rollups import fold, keeping, rezone, verify
from qa.store.rollups.kinds import CALLS, COMMENTS, CRITERIA, RETURNS, Kind
from qa.store.rollups.remainders import kept_of
from qa.store.rollups.taking import Wanted, take
from qa.store.rollups.withheld import EVER
from qa.store.tables import calls, comments
from qa.store.voice.sentiments import correct, text_key
from tests.store.rollup_house import ALL, TEXTS, ZONE, House
from tests.store.samples import START
from tests.store.test_store_withheld import everything_removed, house  # noqa: F401 (a fixture)

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = START.replace(hour=21, minute=30)
"""The day after in Tehran, still the same one in Berlin."""


def ever(database: Database, kind: Kind, zone: ZoneInfo) -> list[tuple[object, ...]]:
    """What a kind sums to over all days."""
    cells = take(database, Wanted(kind, zone, ALL, CallFilter(), daily=True))
    alike = [name for name in kind.groups if name != "local_day"]
    whole = cells.group_by(alike).agg(pl.col(kind.sums).sum())
    whole = whole.with_columns(pl.col(pl.Float64).round(6), pl.col(pl.Categorical).cast(pl.String))
    return sorted(whole.rows(), key=repr)


def moved(database: Database) -> None:
    for _done in rezone.rezone(database, BERLIN):
        pass


def days(database: Database) -> dict[int, tuple[int, int]]:
    """Of each call the day that is stored and the day in Berlin."""
    c = calls.c
    with database.read() as tx:
        rows = tx.execute(select(c.id, c.started_at, c.local_day)).all()
    return {number: (day, local_day(moment, BERLIN)) for number, moment, day in rows}


def test_every_call_is_on_its_day_and_sums_follow(house: House) -> None:  # noqa: F811
    database = house.database
    site_zone.settle(database, ZONE.key)
    for _done in fold.fold_all(database, ZONE):
        pass
    assert {stored == there for stored, there in days(database).values()} == {True, False}
    before = {kind.name: ever(database, kind, ZONE) for kind in (CALLS, CRITERIA, RETURNS, COMMENTS)}
    moved(database)
    assert all(stored == there for stored, there in days(database).values())
    assert {
        kind.name: ever(database, kind, BERLIN) for kind in (CALLS, CRITERIA, RETURNS, COMMENTS)
    } == before
    for _done in fold.fold_all(database, BERLIN):
        pass
    assert {one.stale + one.missing for one in keeping.status(database, BERLIN)} == {0}
    for part in verify.sample(verify.kept_parts(database), 4, 1):
        assert list(verify.check(database, BERLIN, part)) == []


def test_days_from_which_something_was_removed_stay_as_they_were_counted(house: House) -> None:  # noqa: F811
    database = house.database
    site_zone.settle(database, ZONE.key)
    said = {"source_id": house.sources[ImportKind.COMMENTS], "posted_at": NIGHT, "text": TEXTS[0]}
    with database.write() as tx:
        for n in range(3):
            tx.execute(insert(comments).values(**said, key=f"night {n}", text_key=text_key(TEXTS[0])))
        house.correct(tx)
        correct(tx, text_key(TEXTS[0]), Feeling.NEGATIVE, None)
    everything_removed(database)
    with database.read() as tx:
        taken = [kept_of(tx, kind, EVER) for kind in (CALLS, CRITERIA, RETURNS)]
    counted = {day for one in taken if one is not None for day in one["local_day"]}
    kinds = (CALLS, CRITERIA, RETURNS, COMMENTS)
    was, before = days(database), {kind.name: ever(database, kind, ZONE) for kind in kinds}
    moved(database)
    now = days(database)
    assert any(was[n][0] in counted and was[n][0] != was[n][1] for n in was)
    for number, (stored, there) in now.items():
        assert stored == (was[number][0] if was[number][0] in counted else there)
    assert {kind.name: ever(database, kind, BERLIN) for kind in kinds} == before


def test_one_that_was_cut_off_goes_on_and_nobody_writes_meanwhile(
    house: House,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = house.database
    monkeypatch.setattr(rezone, "CHUNK", 5)
    site_zone.settle(database, ZONE.key)
    begun = rezone.rezone(database, BERLIN)
    next(begun)
    begun.close()  # as by a kill: what was done is committed, nothing else is
    half = [stored == there for stored, there in days(database).values()]
    assert not all(half)
    settings = Settings(data_dir=tmp_path, time_zone=BERLIN.key)
    for zone in (ZONE.key, BERLIN.key):
        with pytest.raises(
            InvalidSetting, match=r"QA_TIME_ZONE=Europe/Berlin and `python -m qa rollups rezone`"
        ):
            site_zone.settle(database, zone)
    with pytest.raises(InvalidSetting, match="being worked out anew"), open_desk(database, settings):
        pass
    with pytest.raises(InvalidSetting, match="end it with"):
        next(rezone.rezone(database, ZoneInfo("Asia/Tokyo")))
    moved(database)
    assert all(stored == there for stored, there in days(database).values())
    site_zone.settle(database, BERLIN.key)
    with pytest.raises(InvalidSetting, match="QA_TIME_ZONE is Asia/Tehran"):
        site_zone.settle(database, ZONE.key)
