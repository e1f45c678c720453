"""The web process, a command and the worker, killed with SIGKILL at random moments while people work.

``python -m tests.faults.kills N [--postgres] [--seed S]`` does it N times and prints what came of it. A third of the
kills each meet: recordings being taken in, with a worker hearing others; people's reviews saved by the desk's own
code; a table of surveys being imported. Everything that was acknowledged before a kill must be there after it, once.
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

from sqlalchemy import func, select, text

from qa.ingest.desk import clean_orphans
from qa.store.calls import all_media
from qa.store.kinds import JobState
from qa.store.recordings import open_recordings
from qa.store.tables import calls, evaluations, review_verdicts, reviews, surveys, transcripts
from tests.faults.acting import REVIEWED
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
        told = self._told(command, until=lambda lines: len(lines) >= self.chance.randint(1, 4))
        time.sleep(self.chance.uniform(0.0, 1.5))
        self.tally.met["ingest"] += any(job.state is JobState.RUNNING for job in self.site.jobs().values())
        worker.kill()
        worker.wait()
        self.tally.acknowledged["ingest"] += told.count("queued")
        if len(self.site.jobs()) < len(self.taken) + told.count("queued"):
            self.tally.lost.append(f"a recording of batch {self.batch}")
        self.taken |= set(self.site.jobs())

    def _review(self) -> None:
        told = self._told([sys.executable, "-m", "tests.faults.acting", "review", str(self.site.settings.data_dir)])
        for line in told:
            key, _, reason = line.partition(" ")
            self.saved[key] = reason
        self.tally.met["review"] += bool(told)
        self.tally.acknowledged["review"] += len(told)

    def _import(self) -> None:
        table = self.site.folder / "surveys.csv"
        folder = str(self.site.settings.data_dir)
        told = self._told([sys.executable, "-m", "tests.faults.acting", "import", folder, str(table)])
        rows = self._count(surveys)
        self.tally.met["import"] += 0 < rows < ROWS
        if told and rows != ROWS:
            self.tally.lost.append(f"{ROWS - rows} rows of a table that was told as imported")
        self.tally.acknowledged["import"] += len(told)

    def _told(self, command: list[str], until=lambda lines: True) -> list[str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """The whole lines that a process wrote before it was killed: what it acknowledged."""
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=self.site.environment())
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", "the process did not begin"
        lines: list[str] = []
        if command[1] == "-c":
            while not until(lines) and (line := process.stdout.readline()):
                lines.append(line)
        time.sleep(self.chance.uniform(0.0, 1.0))
        process.kill()
        lines += process.stdout.readlines()
        process.wait()
        return [line.removesuffix("\n") for line in lines if line.endswith("\n")]

    def _count(self, table) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
        with self.site.database.read() as tx:
            return int(tx.scalar(select(func.count()).select_from(table)) or 0)

    def _look(self, way: str) -> None:
        """What must hold after every kill."""
        if self.site.database.dialect == "sqlite" and self.site.integrity() != ["ok"]:
            self.tally.damaged.append(f"the database after {way}")
        with self.site.database.read() as tx:
            drafts = dict(tx.execute(select(review_verdicts.c.key, review_verdicts.c.reason)).tuples())
            keys = tx.scalars(select(calls.c.sha256)).all()
            halves = tx.scalars(select(evaluations.c.call_id).group_by(evaluations.c.call_id).having(func.count() > 1))
            self.tally.doubled += [f"call {one} was scored twice" for one in halves]
            missing = open_recordings(self.site.settings).missing(all_media(tx))
        self.tally.doubled += ["a recording is two calls"] if len(keys) != len(set(keys)) else []
        self.tally.damaged += [f"{len(missing)} recordings without a file"] if missing else []
        # One review is written over and over: what stands there is the last acknowledged text or a later one.
        for key, reason in self.saved.items():
            if int(drafts[key] or 0) < int(reason):
                self.tally.lost.append(f"{reason} of {key}")

    def end(self) -> None:
        """Let one worker do the rest and one import end; then nothing is left to do, double or lying about."""
        with self.site.worker("worker-1", "seconds=0.02"):
            jobs = self.site.wait(all_ended, 300)
        states = Counter(job.state.value for job in jobs.values())
        if set(states) - {"done"}:
            self.tally.lost.append(f"jobs ended as {dict(states)}")
        command = [sys.executable, "-m", "tests.faults.acting", "import", str(self.site.settings.data_dir)]
        subprocess.run([*command, str(self.site.folder / "surveys.csv")], cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
                       env=self.site.environment())  # fmt: skip
        if self._count(surveys) != ROWS:
            self.tally.doubled.append(f"{self._count(surveys)} rows of a table of {ROWS}")
        for table in (transcripts, evaluations):
            if self._count(table) != self._count(calls):
                self.tally.doubled.append(f"{self._count(table)} {table.name} of {self._count(calls)} calls")
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


def prepare(site: Site) -> None:
    """A call that is reviewed, its review, and a table of surveys."""
    subprocess.run([sys.executable, "-m", "tests.faults.acting", "prepare", str(site.settings.data_dir)], cwd=ROOT,
                   check=True, env=site.environment())  # fmt: skip
    with (site.folder / "surveys.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "kind", "score", "scale", "sent_at", "text"))
        for n in range(ROWS):
            rows.writerow((n, "csat", n % 5 + 1, 5, f"2026-08-{n % 28 + 1:02d} 10:00", f"خوب بود {n}"))


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
