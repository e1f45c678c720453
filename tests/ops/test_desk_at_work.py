"""A real desk, people at it over websockets, and what its log says of them when pages fail.

``python -m qa bench load`` is the long form.
"""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import pytest

from dashboard.data import accounts, site
from dashboard.data.upkeep import bring_up_to_date
from dashboard.load.client import PageFailed, Tab
from dashboard.load.desk import free_ports, log_of, make_people, running
from dashboard.load.figures import Figures, percentile, used
from dashboard.load.person import Person, work
from tests.dashboard.centre import Language, open_copy
from tests.dashboard.conftest import centres
from tests.dashboard.desk import Site

__all__ = ["centres"]

PHONE, MAIL, NAME = "09121234567", "sara@example.org", "Zarathustra"


@dataclass
class AtWork:
    port: int
    process: int
    people: list[Person]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, centres: Callable[[Language], Path]) -> Iterator[AtWork]:
    folder = tmp_path_factory.mktemp("at-work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_DATA_DIR", str(folder))
        patch.setenv("QA_LOG_FORMAT", "json")
        patch.setenv("QA_LOG_LEVEL", "info")
        patch.delenv("QA_DATABASE_URL", raising=False)
        open_copy(centres("en"), Site(folder))
        bring_up_to_date()
        ports = free_ports(1)
        people = [replace(person, clicks=14) for person in make_people(2, ports, think=0.1, seed=1)]
        with running(ports) as processes:
            yield AtWork(ports[0], processes[0], people)
    site.forget()


def test_people_at_work(desk: AtWork) -> None:
    figures, before = Figures(), used([desk.process])

    async def all_of_them() -> None:
        until = time.monotonic() + 60
        await asyncio.gather(*(work(person, figures, until) for person in desk.people))

    asyncio.run(all_of_them())
    assert dict(figures.errors) == {}
    assert len(figures.seconds["sign in"]) == 2
    *_rows, every = figures.rows()
    pages = sum(len(found) for what, found in figures.seconds.items() if what != "sign in")
    assert (every["page"], every["n"]) == ("all pages", pages)
    assert pages > 2
    assert all(size > 1000 for sizes in list(figures.sizes.values())[1:] for size in sizes), (
        "pages came empty"
    )
    assert used([desk.process]).cpu > before.cpu


def test_the_log_of_a_desk_holds_nothing_of_a_person(desk: AtWork) -> None:
    base = f"http://localhost:{desk.port}"
    secret = "5ecret-0f-the-site"
    with httpx2.Client(base_url=base, headers={"Origin": base}, timeout=30) as client:
        client.post("/qa/login", data={"u": f"{NAME} {PHONE}", "p": MAIL})
        client.get(f"/qa/first-run?token={secret}")
        client.get(f"/calls?q={PHONE}&who={NAME}")
        client.post(
            "/qa/api/surveys", content=f'{{"phone": "{PHONE}"', headers={"Content-Type": "application/json"}
        )
    with site.database().write() as tx:
        tx.exec_driver_sql("ALTER TABLE surveys RENAME TO surveys_gone")
        tx.exec_driver_sql(f"CREATE VIEW surveys AS SELECT '{NAME} {PHONE}' AS id, {PHONE} AS csat")

    async def look() -> None:
        user = accounts.by_name(desk.people[0].name)
        tab = Tab(f"qa_sid={accounts.open_session(user.id, 'x')}", desk.port)
        await tab.open()
        await tab.go("")
        with pytest.raises(PageFailed):
            await tab.go("surveys", f"search={PHONE}")
        await tab.close()

    asyncio.run(look())
    text = log_of(desk.port).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    events = {line["event"] for line in lines}
    assert {"request", "page.closed"} <= events
    assert {"page.failed", "page.unavailable"} & events, events
    assert all({"time", "level", "event", "message"} <= set(line) for line in lines)
    for told in (PHONE, MAIL, NAME, secret, "person-0", "Traceback"):
        assert told not in text
    said = [line["message"] + str(line.get("path", "")) for line in lines]
    assert [one for one in said if re.search(r"\d{7}|@", one)] == []


def test_percentiles_are_values_that_were_seen() -> None:
    values = [float(n) for n in range(1, 21)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [10, 19, 20, 20]
    assert percentile([3.0], 0.5) == 3.0
