"""``rollups``: what is kept, made anew, compared; a cell that is wrong is named and ends with exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from sqlalchemy import delete, insert, select, update

from qa.calendar import local_day
from qa.cli import health
from qa.errors import QAError
from qa.settings import read_settings
from qa.store.database import Database
from qa.store.made.bulk import FinishedCall, save_finished
from qa.store.rollups.packing import pack, unpack
from qa.store.tables import calls, open_matters, rollup_marks, rollup_parts
from qa.store.types import utc_now
from qa.store.work.workers import arrive
from tests.cli.conftest import Run, one_sentence
from tests.store.fresh import fresh
from tests.store.samples import measures, new_call, scoring
from tests.test_docs import EXAMPLES


def test_sums_are_kept_compared_and_made_anew(qa: Run, data_dir: Path) -> None:
    with _opened(data_dir) as database, database.write() as tx:
        save_finished(tx, [FinishedCall(new_call(n), measures(n), scoring(n)) for n in (1, 2, 40)])
    before = {row["kind"]: row for row in qa("rollups", "status", "--json").rows}
    assert before["calls"]["missing"] > 0 == before["calls"]["parts"]
    assert before["matters"]["missing"] == 1
    told = qa("rollups", "rebuild", "--json").rows[0]
    made = told["parts"]
    assert told["matters"] == 0  # nobody complained
    after = qa("rollups", "status", "--json").rows
    assert list(after[0]) == list(EXAMPLES["rollups"])
    assert {row["missing"] + row["stale"] for row in after} == {0}
    assert made == sum(row["parts"] for row in after if row["kind"] != "days")
    every = sum(row["parts"] for row in after)
    told = {"checked": every, "kept": every, "seed": None, "customers": None}
    assert qa("rollups", "verify", "--all", "--json").rows[0] == told
    assert qa("rollups", "verify", "--sample", 3, "--seed", 7, "--json").rows[0]["checked"] == 3
    _spoil(data_dir)
    wrong = qa("rollups", "verify", "--all")
    assert wrong.code == 2
    assert "received is 7" in wrong.err
    assert "rollups rebuild" in wrong.err
    with _opened(data_dir) as database, database.write() as tx:
        row = {"reason": "low survey", "subject": 7, "customer_hash": "a" * 64, "at": utc_now()}
        tx.execute(insert(open_matters).values(**row))
        tx.execute(delete(rollup_parts))
    wrong = qa("rollups", "verify", "--all")
    assert wrong.code == 2
    assert "low survey 7" in wrong.err
    qa("rollups", "rebuild")
    assert qa("rollups", "verify", "--all").code == 0


def test_days_of_another_zone_are_no_secret(qa: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qa("status").code == 0
    monkeypatch.setenv("QA_TIME_ZONE", "Europe/Berlin")
    assert qa("status").code == 0  # nothing is stored by days yet: the site takes the zone
    night = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # the 21st in Tehran, the 20th in Berlin
    with _opened(data_dir) as database, database.write() as tx:
        day = local_day(night, ZoneInfo("Europe/Berlin"))
        save_finished(tx, [FinishedCall(new_call(1, started_at=night, local_day=day), (), scoring(1))])
    monkeypatch.setenv("QA_TIME_ZONE", "Asia/Tehran")
    for command in (("status",), ("init",), ("work",), ("ingest", data_dir)):
        refused = qa(*command)
        assert refused.code == 2
        assert (
            "QA_TIME_ZONE is Asia/Tehran and the days of the calls are stored in Europe/Berlin"
            in one_sentence(refused.err)
        )
    looked = dict(health.CHECKS)["days"]
    with pytest.raises(QAError, match="rollups rezone"):
        looked(read_settings())
    told = qa("rollups", "rezone", "--json").rows[0]
    assert told == {"was": "Europe/Berlin", "zone": "Asia/Tehran", "calls": 1, "stayed": 0}
    assert qa("status").code == 0
    assert "days of Asia/Tehran" in looked(read_settings())
    with _opened(data_dir) as database, database.read() as tx:
        assert tx.scalar(select(calls.c.local_day)) == day + 1
        assert tx.scalar(select(rollup_marks.c.day).where(rollup_marks.c.day == day + 1)) == day + 1
    monkeypatch.setenv("QA_TIME_ZONE", "Europe/Berlin")
    with _opened(data_dir) as database, database.write() as tx:
        arrive(tx, "worker-7", "here", "0")
    refused = qa("rollups", "rezone")
    assert refused.code == 2
    assert "The worker worker-7 is at work" in one_sentence(refused.err)


def _spoil(data_dir: Path) -> None:
    """One cell says that it sums seven calls."""
    p = rollup_parts.c
    query = select(p.first, p.content).where(p.kind == "calls", p.cells > 0).order_by(p.first).limit(1)
    with _opened(data_dir) as database, database.write() as tx:
        first, content = tx.execute(query).one()
        wrong = unpack(content).with_columns(pl.lit(7, pl.UInt32).alias("received"))
        here = (p.kind == "calls", p.first == first)
        tx.execute(update(rollup_parts).where(*here).values(content=pack(wrong)))


@contextmanager
def _opened(data_dir: Path) -> Iterator[Database]:
    url = f"sqlite:///{data_dir / 'shenava.db'}"
    fresh(url)  # does nothing where it is made already
    database = Database.open(url)
    yield database
    database.close()
