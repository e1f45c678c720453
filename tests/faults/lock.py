"""Another program holds the database: ``python -m tests.faults.lock [SECONDS]`` (20) prints what people and
the worker meet meanwhile, with the waits that the product really has.
"""

import argparse
import sqlite3
import statistics
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from dashboard.data import push
from dashboard.identity import COOKIE
from qa.store.kinds import JobState
from qa.store.scope import Scope
from tests.dashboard.desk import Site as Desk
from tests.dashboard.desk import new_client, site_at
from tests.worker.site import Site, all_ended

ROW = {"id": "1", "answered": "2026-01-05T10:00:00+03:30", "csat": 5}


def hold(url: str, seconds: float, held: threading.Event) -> None:
    """Write and do not end for so long."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(seconds)
        other.execute("ROLLBACK")


def meet(folder: Path, seconds: float) -> dict[str, object]:
    """One worker in the middle of a job and one person, while the database is held."""
    site = Site(folder)
    found: dict[str, object] = {"held, s": seconds}
    with site_at(site.settings.data_dir), site.worker("worker-1", "seconds=3", "retries=1") as process:
        desk = Desk(site.settings.data_dir)
        desk.add("boss")
        client, key = new_client(), push.make(Scope.all(), "crm", "boss")
        session = {"Cookie": f"{COOKIE}={desk.session('boss')}"}
        site.ingest(["a.wav", "b.wav"])
        site.wait(lambda jobs: any(job.state is JobState.RUNNING and job.stage for job in jobs.values()))
        held = threading.Event()
        holder = threading.Thread(target=hold, args=(site.settings.url, seconds, held))
        holder.start()
        held.wait()
        begun = time.monotonic()
        refused = client.post("/qa/api/surveys", json=[ROW], headers={"Authorization": f"Bearer {key}"})
        found["a write is refused with"] = (refused.status_code, found_after(begun))
        reads = []
        while holder.is_alive():
            asked = time.monotonic()
            assert client.get("/account", headers=session).status_code == 200
            reads.append(1000 * (time.monotonic() - asked))
            time.sleep(0.2)
        found["pages read meanwhile"] = len(reads)
        found["their median, ms"] = round(statistics.median(reads)) if reads else None
        holder.join()
        begun = time.monotonic()
        stored = client.post("/qa/api/surveys", json=[ROW], headers={"Authorization": f"Bearer {key}"})
        found["the same write afterwards"] = (stored.status_code, stored.json().get("imported"))
        jobs = site.wait(all_ended, 120)
        found["the worker is done, s afterwards"] = round(time.monotonic() - begun, 1)
        found["jobs, attempts"] = sorted((job.state.value, job.attempts) for job in jobs.values())
        found["worker alive"] = process.poll() is None
        found["heard"] = len(site.reviewed())
        found["integrity"] = site.integrity()
    site.database.close()
    return found


def found_after(begun: float) -> str:
    """Seconds since a moment, as a text."""
    return f"after {time.monotonic() - begun:.1f} s"


def clean(found: dict[str, object]) -> bool:
    """Nothing lost, no job paid with a try, nothing heard twice."""
    return (
        found["jobs, attempts"] == [("done", 1)] * 2
        and found["heard"] == 2
        and found["worker alive"] is True
        and found["the same write afterwards"] == (200, 1)
        and found["integrity"] == ["ok"]
    )


def main() -> int:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("seconds", type=float, nargs="?", default=20.0)
    with tempfile.TemporaryDirectory() as folder:
        found = meet(Path(folder), wanted.parse_args().seconds)
    for name, value in found.items():
        print(f"{name:<34} {value}")
    return 0 if clean(found) else 2


if __name__ == "__main__":
    raise SystemExit(main())
