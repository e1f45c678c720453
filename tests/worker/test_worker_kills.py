"""The worker dies at random moments, with SIGKILL, and every job is still done once."""

import random
import time
from pathlib import Path

from qa.ingest import clean_orphans
from qa.store.call.calls import all_media
from qa.store.database import Database
from qa.store.kinds import JobState
from qa.store.shelf.recordings import open_recordings
from qa.store.tables import calls, criterion_results, evaluations, transcripts
from tests.worker.site import Site, all_ended

FILES = 10
KILLS = 20
SEED = 20261122


def rows(database: Database) -> dict[str, int]:
    tables = {
        "calls": calls,
        "transcripts": transcripts,
        "evaluations": evaluations,
        "criteria": criterion_results,
    }
    with database.read() as tx:
        return {name: len(tx.execute(table.select()).all()) for name, table in tables.items()}


def begun_of(site: Site) -> dict[str, int]:
    keys = [line.split()[0] for line in site.reviewed()]
    return {key: keys.count(key) for key in set(keys)}


def one_life(site: Site, chance: random.Random, done: dict[str, int]) -> bool:
    """Kill a worker while it starts or soon after it began a review; True if it left a job running."""
    before = len(site.reviewed())
    with site.worker("worker-1", "seconds=0.6"):
        if chance.random() < 0.3:
            time.sleep(chance.uniform(0.1, 3.0))
        else:
            deadline = time.monotonic() + 30
            while (
                len(site.reviewed()) == before and not all_ended(site.jobs()) and time.monotonic() < deadline
            ):
                time.sleep(0.02)
            time.sleep(chance.uniform(0.0, 1.0))
    counts = begun_of(site)
    states = site.jobs()
    for key, job in states.items():
        if job.state is JobState.DONE:
            done.setdefault(key, counts[key])
    return any(job.state is JobState.RUNNING for job in states.values())


def test_twenty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path)
    outcomes = site.ingest([f"call-{n}.wav" for n in range(FILES)])
    assert [outcome.status for outcome in outcomes] == ["queued"] * FILES

    chance, done, cut_short = random.Random(SEED), {}, 0
    for _ in range(KILLS):
        cut_short += one_life(site, chance, done)
    with site.worker("worker-1", "seconds=0.1"):
        jobs = site.wait(all_ended, 120)

    print(f"{cut_short} of {KILLS} kills met a running job; {len(site.reviewed())} reviews were begun")
    assert cut_short > 0, "no kill met a running job, so nothing was proved"
    assert {job.state for job in jobs.values()} == {JobState.DONE}, site.log()
    counts = begun_of(site)
    assert {key: counts[key] for key in done} == done, "a job that was done was begun again"
    assert all(jobs[key].attempts >= counts[key] for key in jobs)
    assert rows(site.database) == {"calls": 10, "transcripts": 10, "evaluations": 10, "criteria": 190}
    clean_orphans(
        site.database, site.settings
    )  # as each worker begins; copies it died over are left till then
    recordings = open_recordings(site.settings)
    with site.database.read() as tx:
        known = all_media(tx)
    assert (recordings.orphans(known), recordings.missing(known)) == ((), ())
    assert len(known) == FILES
