"""Many generated calls, to see how fast the list of calls is.

``python -m tests.store.volume sqlite:////tmp/volume.db 100000`` fills an empty database and prints, for each
filter, the median and the slowest of 15 page reads in milliseconds.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np

from qa.records import CriticalKind, Measurement
from qa.store.database import Database
from qa.store.engine.migrate import upgrade
from qa.store.kinds import Band, CallSource
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import Order, PageOf, list_calls
from qa.store.lists.read import calls_frame, criteria_frame
from qa.store.lists.search import Spoken, index_text
from qa.store.made.bulk import FinishedCall, save_finished
from qa.store.people import agent_id, queue_id, team_id
from qa.store.scope import Scope
from tests.store.samples import WORDS, new_call, scoring

SPACING = timedelta(minutes=6)
LIST_LIMIT_MS = 50.0


def finished(count: int, people: list[tuple[int, int]], queues: list[int]) -> Iterator[FinishedCall]:
    """Calls one after another, six minutes apart; 2 % have a failed critical criterion."""
    rng = np.random.default_rng(7)
    kinds = list(CriticalKind)
    first = new_call(0)
    for seed in range(count):
        agent, team = people[int(rng.integers(len(people)))]
        critical = kinds[seed % 3] if rng.random() < 0.02 else None
        call = replace(
            new_call(seed),
            started_at=first.started_at + seed * SPACING,
            local_day=first.local_day + seed // 240,
            agent_id=agent,
            team_id=team,
            queue_id=queues[int(rng.integers(len(queues)))],
            generated=True,
            source=CallSource.DEMO,
            media=None,
            language="fa" if rng.random() < 0.8 else "en",
            duration=float(rng.gamma(2.0, 90.0)),
        )
        measured = tuple(
            Measurement(name, float(rng.random()), "share")
            for name in ("talk_share_agent", "non_talk", "overlap", "dead_air_seconds", "speech_rate_agent")
        )
        yield FinishedCall(
            call, measured, scoring(seed % 50, score=float(rng.uniform(50, 100)), critical=critical)
        )


def fill(database: Database, count: int, *, words: bool = False) -> float:
    """Fill an empty database; gives the seconds of writing alone."""
    with database.write() as tx:
        teams = [team_id(tx, f"team {n}", generated=True) for n in range(6)]
        people = [
            (agent_id(tx, f"agent {n}", team=teams[n % 6], generated=True), teams[n % 6]) for n in range(60)
        ]
        queues = [queue_id(tx, f"queue {n}", generated=True) for n in range(8)]
    seconds = 0.0
    source = finished(count, people, queues)
    for start in range(0, count, 5000):
        chunk = [next(source) for _ in range(min(5000, count - start))]
        begin = time.perf_counter()
        with database.write() as tx:
            save_finished(tx, chunk)
        seconds += time.perf_counter() - begin
    if words:
        rng = np.random.default_rng(8)
        with database.write() as tx:
            for call_id in range(1, count + 1):
                said = " ".join(rng.choice(WORDS, 3)) + f" n{call_id % 1000}"
                index_text(tx, call_id, Spoken(agent=said))
    return seconds


def filters(database: Database) -> dict[str, tuple[Scope, CallFilter, PageOf]]:
    """The filters that people use, some that match much, some little, some nothing."""
    first = new_call(0).local_day
    week = CallFilter(first_day=first + 100, last_day=first + 106)
    deep = ""
    with database.read() as tx:
        for _ in range(20):
            deep = (
                list_calls(tx, Scope.all(), CallFilter(), PageOf(deep or None, limit=200, count=False)).next
                or ""
            )
    everything = Scope.all()
    return {
        "first page, no filter": (everything, CallFilter(), PageOf()),
        "page 81": (everything, CallFilter(), PageOf(deep or None)),
        "one week": (everything, week, PageOf()),
        "one agent": (everything, CallFilter(agents=frozenset({7})), PageOf()),
        "two teams, flagged": (
            everything,
            CallFilter(teams=frozenset({1, 2}), bands=frozenset({Band.FLAG})),
            PageOf(),
        ),
        "critical": (everything, CallFilter(critical=True), PageOf()),
        "compliance, one week": (
            everything,
            replace(week, critical_kinds=frozenset({CriticalKind.COMPLIANCE})),
            PageOf(),
        ),
        "lowest score, one queue": (
            everything,
            CallFilter(queues=frozenset({3})),
            PageOf(order=Order.LOWEST),
        ),
        "longest, all": (everything, CallFilter(), PageOf(order=Order.LONGEST)),
        "supervisor, English": (Scope.of_teams([1, 2]), CallFilter(languages=frozenset({"en"})), PageOf()),
        "agent's own": (Scope.of_agent(9), CallFilter(), PageOf()),
        "nothing matches": (everything, CallFilter(generated=False), PageOf()),
        "common word": (everything, CallFilter(search="سلام"), PageOf()),
        "rare word": (everything, CallFilter(search="n77"), PageOf()),
        "common word, lowest score": (everything, CallFilter(search="order"), PageOf(order=Order.LOWEST)),
    }


def measure(database: Database, repeats: int = 15) -> dict[str, list[float]]:
    """Milliseconds of each read of each filter."""
    found: dict[str, list[float]] = {}
    for name, (scope, wanted, page) in filters(database).items():
        times = []
        for _ in range(repeats):
            begin = time.perf_counter()
            with database.read() as tx:
                list_calls(tx, scope, wanted, page)
            times.append((time.perf_counter() - begin) * 1000)
        found[name] = sorted(times)
    return found


def main(url: str, count: int) -> None:
    upgrade(url)
    database = Database.open(url)
    print(f"{count} calls written in {fill(database, count, words=True):.1f} s")
    for name, times in measure(database).items():
        print(f"{name:28} p50 {statistics.median(times):7.1f} ms   slowest {times[-1]:7.1f} ms")
    week = new_call(0).local_day
    for title, wanted in (
        ("12 weeks", CallFilter(first_day=week, last_day=week + 83)),
        ("all", CallFilter()),
    ):
        for read in (calls_frame, criteria_frame):
            begin = time.perf_counter()
            frame = read(database, Scope.all(), wanted)
            print(f"{read.__name__}, {title}: {frame.height} rows in {time.perf_counter() - begin:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
