"""The web process, a command and the worker, killed with SIGKILL at random moments while people work.

``python -m tests.faults.kills N [--postgres] [--seed S]`` does it N times and prints what came of it. A third
of the kills each meet: recordings being taken in, with a worker hearing others; people's reviews saved by the
desk's own code; a table of surveys being imported. What was acknowledged before a kill must be there after
it, once.
"""

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Table, func, select

from qa.ingest.desk import clean_orphans
from qa.store.call.calls import all_media
from qa.store.kinds import JobState
from qa.store.shelf.recordings import open_recordings
from qa.store.tables import calls, evaluations, review_verdicts, surveys, transcripts
from tests.ingest.test_ingest_kills import IMPORT
from tests.store.postgres import find_programs, private_server, server_user
from tests.worker.site import ROOT, Site, all_ended, make_wav

FILES, ROWS = 30, 4000
WAYS = ("ingest", "review", "import")


@dataclass
class Tally:
    """What was found over all kills; every list must stay empty."""

    kills: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing lost, doubled or damaged."""
        return not (self.lost or self.doubled or self.damaged)


@dataclass
class Run:
    """One site that is killed again and again."""

    site: Site
    chance: random.Random
    tally: Tally = field(default_factory=Tally)
    saved: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    batch: int = 0
    alive: bool = False

    def kill(self, way: str) -> None:
        """Start the process of one kind of work, kill it at a random moment, look at what is there."""
        self.tally.kills[way] += 1
        {"ingest": self._ingest, "review": self._review, "import": self._import}[way]()
        self._look(way)

    def _ingest(self) -> None:
        self.batch += 1
        folder = self.site.folder / f"in{self.batch}"
        for n in range(3):
            make_wav(folder / f"{n}.wav", 1000 * self.batch + n, seconds=0.2)
        worker = self.site.start("worker-1", "seconds=0.3")
        command = [sys.executable, "-c", IMPORT, str(self.site.settings.data_dir), str(folder)]
        told = self._told(command, lines=self.chance.randint(1, 3))
        if self.chance.random() < 0.7:
            self._until_running()
        time.sleep(self.chance.uniform(0.0, 1.0))
        self.tally.met["ingest"] += any(job.state is JobState.RUNNING for job in self.site.jobs().values())
        worker.kill()
        worker.wait()
        self.tally.acknowledged["ingest"] += told.count("queued")
        if len(self.site.jobs()) < len(self.taken) + told.count("queued"):
            self.tally.lost.append(f"a recording of batch {self.batch}")
        self.taken |= set(self.site.jobs())

    def _until_running(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if any(job.state is JobState.RUNNING for job in self.site.jobs().values()):
                return
            time.sleep(0.02)

    def _review(self) -> None:
        command = [sys.executable, "-m", "tests.faults.acting", "review"]
        saved = 0 if self.tally.kills["review"] % 4 == 0 else 1  # some die before they have saved anything
        told = self._told([*command, str(self.site.settings.data_dir)], lines=saved)
        for line in told:
            key, _, reason = line.partition(" ")
            self.saved[key] = reason
        self.tally.met["review"] += bool(told)
        self.tally.acknowledged["review"] += len(told)

    def _import(self) -> None:
        table = self.site.folder / "surveys.csv"
        folder = str(self.site.settings.data_dir)
        told = self._told(
            [sys.executable, "-m", "tests.faults.acting", "import", folder, str(table)], longest=6.0
        )
        rows = self._count(surveys)
        self.tally.met["import"] += self.alive
        if "done" in told and rows != ROWS:
            self.tally.lost.append(f"{ROWS - rows} rows of a table that was told as imported")
        self.tally.acknowledged["import"] += "done" in told

    def _told(self, command: list[str], lines: int = 0, longest: float = 1.0) -> list[str]:
        """The whole lines that a process wrote before it was killed, after so many: what it acknowledged."""
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=self.site.environment()
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", "the process did not begin"
        told = [process.stdout.readline() for _ in range(lines)]
        time.sleep(self.chance.uniform(0.0, longest))
        self.alive = process.poll() is None
        process.kill()
        told += process.stdout.readlines()
        process.wait()
        return [line.removesuffix("\n") for line in told if line.endswith("\n")]

    def _count(self, table: Table) -> int:
        with self.site.database.read() as tx:
            return int(tx.scalar(select(func.count()).select_from(table)) or 0)

    def _look(self, way: str) -> None:
        """What must hold after every kill."""
        if self.site.database.dialect == "sqlite" and self.site.integrity() != ["ok"]:
            self.tally.damaged.append(f"the database after {way}")
        with self.site.database.read() as tx:
            said = select(review_verdicts.c.key, review_verdicts.c.reason)
            drafts = {row.key: row.reason for row in tx.execute(said)}
            keys = tx.scalars(select(calls.c.sha256)).all()
            by_call = select(evaluations.c.call_id).group_by(evaluations.c.call_id)
            halves = tx.scalars(by_call.having(func.count() > 1)).all()
            self.tally.doubled += [f"call {one} was scored twice" for one in halves]
            missing = open_recordings(self.site.settings).missing(all_media(tx))
        self.tally.doubled += ["a recording is two calls"] if len(keys) != len(set(keys)) else []
        self.tally.damaged += [f"{len(missing)} recordings without a file"] if missing else []
        # One review is written over and over: what stands there is the last acknowledged text or a later one.
        for key, reason in self.saved.items():
            if int(drafts[key] or 0) < int(reason):
                self.tally.lost.append(f"{reason} of {key}")

    def end(self) -> None:
        """Let one worker do the rest and one import end; then nothing is left, double or lying about."""
        with self.site.worker("worker-1", "seconds=0.02"):
            jobs = self.site.wait(all_ended, 300)
        states = Counter(job.state.value for job in jobs.values())
        if set(states) - {"done"}:
            self.tally.lost.append(f"jobs ended as {dict(states)}")
        act(self.site, "import", str(self.site.folder / "surveys.csv"))
        if self._count(surveys) != ROWS:
            self.tally.doubled.append(f"{self._count(surveys)} rows of a table of {ROWS}")
        for table in (transcripts, evaluations):
            wanted = self._count(calls) - (
                table is transcripts
            )  # the reviewed call came with its score alone
            if self._count(table) != wanted:
                self.tally.doubled.append(f"{self._count(table)} {table.name} of {wanted}")
        clean_orphans(self.site.database, self.site.settings)
        recordings = open_recordings(self.site.settings)
        with self.site.database.read() as tx:
            known = all_media(tx)
        if recordings.orphans(known) or recordings.missing(known):
            self.tally.damaged.append("files without a row, or rows without a file")
        left = [path.name for path in self.site.settings.data_dir.rglob(".part-*")]
        self.tally.damaged += [f"unfinished files {left}"] if left else []


def kill_again_and_again(folder: Path, kills: int, url: str | None = None, seed: int = 8) -> Tally:
    """So many kills, each kind of work in turn; prints each, gives the tally."""
    site = Site(folder, url)
    prepare(site)
    run = Run(site, random.Random(seed))
    for n in range(kills):
        run.kill(WAYS[n % len(WAYS)])
    run.end()
    site.database.close()
    return run.tally


def act(site: Site, kind: str, *rest: str) -> None:
    """One kind of work, to its end."""
    command = [sys.executable, "-m", "tests.faults.acting", kind, str(site.settings.data_dir), *rest]
    subprocess.run(command, cwd=ROOT, check=True, env=site.environment(), stdout=subprocess.DEVNULL)


def prepare(site: Site) -> None:
    """A call that is reviewed, its review, and a table of surveys."""
    act(site, "prepare")
    with (site.folder / "surveys.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "csat", "sent_at", "text"))
        for n in range(ROWS):
            rows.writerow((n, n % 5 + 1, f"2026-08-{n % 28 + 1:02d} 10:00", f"خوب بود {n}"))


@contextmanager
def server_url() -> Iterator[str]:
    """An empty database of a private PostgreSQL server."""
    import psycopg

    programs, user = find_programs(), server_user()
    if programs is None or user is None:
        sys.exit("PostgreSQL is not on this machine")
    with private_server(programs, user) as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        yield f"{server}/site"


def main() -> int:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("kills", type=int)
    wanted.add_argument("--postgres", action="store_true")
    wanted.add_argument("--seed", type=int, default=8)
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.postgres:
            with server_url() as url:
                tally = kill_again_and_again(Path(folder), given.kills, url, given.seed)
        else:
            tally = kill_again_and_again(Path(folder), given.kills, None, given.seed)
    for name in ("kills", "met", "acknowledged", "lost", "doubled", "damaged"):
        value = getattr(tally, name)
        print(f"{name:<13} {dict(value) if isinstance(value, Counter) else value}")
    return 0 if tally.clean else 2


if __name__ == "__main__":
    sys.exit(main())
