"""Three hosts on one PostgreSQL: ``python -m tests.worker.fleet [--silence S] [--calls N]``, as root.

Two worker hosts are network namespaces of their own with data folders of their own, joined to the host of the
database by a bridge. One of them is cut off in the middle of a job: its packets are dropped, nothing is
closed. Another one must finish that job within a minute; the host that was cut off misses its store, comes
back, and must save nothing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from qa.store.kinds import JobState
from qa.store.tables import evaluations
from qa.store.work.jobs import Job
from tests.store.postgres import find_programs, private_server, server_user
from tests.worker.site import ROOT, Site, all_ended

LIMIT = 60.0
"""Seconds in which the job of a host that is gone must be done by another one."""


@dataclass(frozen=True)
class Host:
    """A worker's machine: its namespace, its end of the wire at the bridge, its own data folder."""

    name: str
    wire: str
    folder: Path

    def start(self, url: str, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.worker.fake_worker", str(self.folder), self.name, *arguments]
        inside = ["ip", "netns", "exec", self.name, *command]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                inside, cwd=ROOT, env=os.environ | {"QA_DATABASE_URL": url}, stdout=log, stderr=log
            )

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def begun(self) -> list[str]:
        path = self.folder / "begun.log"
        return [line.split()[0] for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@dataclass(frozen=True)
class Seen:
    """What came of it. ``seconds`` from the cut until the job was done by another host."""

    seconds: float
    calls: int
    evaluations: int
    begun: int
    executors: frozenset[str]
    saved_nothing: bool


def why_not() -> str:
    """What this machine lacks; empty when it can."""
    if os.geteuid() != 0 or not shutil.which("ip"):
        return "network namespaces need root and ip"
    if subprocess.run(
        ["ip", "netns", "add", f"try{os.getpid()}"], capture_output=True, check=False
    ).returncode:
        return "this system gives no network namespaces"
    _ip("netns", "del", f"try{os.getpid()}")
    if find_programs() is None or server_user() is None:
        return "PostgreSQL is not on this machine"
    return ""


def cut_off(folder: Path, calls: int, times: tuple[float, float], *, patient: bool = True) -> Seen:
    """Run it; ``times``: the silence that workers bear, and what a review takes on the host that is cut off.

    ``patient``: that host is away until it misses its store, else until the others have done its job.
    """
    with ExitStack() as stack:
        hosts, gateway, network = stack.enter_context(_network(folder))
        programs, user = find_programs(), server_user()
        assert programs is not None
        assert user is not None
        server = stack.enter_context(private_server(programs, user, network, gateway))
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        site = Site(folder / "house", f"{server}/site")
        stack.callback(site.database.close)
        site.ingest([f"call-{n}.wav" for n in range(calls)])
        for host in hosts:  # recordings lie on a share that both mount
            (host.folder / "recordings").symlink_to(site.settings.recordings_dir)
        url = f"{server.replace('127.0.0.1', gateway)}/site"
        return _cut(stack, site, hosts, url, (f"silence={times[0]}", f"seconds={times[1]}"), patient=patient)


def _cut(
    stack: ExitStack, site: Site, hosts: list[Host], url: str, told: tuple[str, str], *, patient: bool
) -> Seen:
    lost, other = hosts
    first = lost.start(url, *told)
    stack.callback(_end, first)
    jobs = site.wait(lambda found: any(job.stage is not None for job in found.values()), 60)
    held = next(job for job in jobs.values() if job.executor == lost.name)
    stack.callback(_end, other.start(url, told[0], "seconds=0.3"))
    _ip("link", "set", lost.wire, "nomaster")
    cut = time.monotonic()
    site.wait(lambda found: found[held.key].state is JobState.DONE, 120)
    seconds = time.monotonic() - cut
    site.wait(all_ended, 120)
    if patient:
        _wait_for_silence(lost)
    _ip("link", "set", lost.wire, "master", f"br{os.getpid()}")
    site.wait(lambda _found: _quiet(lost) if patient else "nothing was saved" in lost.log(), 90)
    return _seen(site, hosts, held, seconds)


def _wait_for_silence(lost: Host) -> None:
    """The host that is cut off works on until it misses its store."""
    until = time.monotonic() + 60
    while "does not answer" not in lost.log() and time.monotonic() < until:
        time.sleep(0.2)


def _quiet(lost: Host) -> bool:
    """True when the host has not missed its store for five seconds: it is back."""
    before = lost.log()
    time.sleep(5)
    return lost.log() == before


def _seen(site: Site, hosts: list[Host], held: Job, seconds: float) -> Seen:
    jobs = site.jobs()
    with site.database.read() as tx:
        rows = [row.call_id for row in tx.execute(evaluations.select())]
    done = jobs[held.key]
    return Seen(
        seconds,
        len(jobs),
        len(rows),
        sum(len(host.begun()) for host in hosts),
        frozenset(str(job.executor) for job in jobs.values()),
        done.executor == hosts[1].name and len(set(rows)) == len(rows),
    )


@contextmanager
def _network(folder: Path) -> Iterator[tuple[list[Host], str, str]]:
    """Two namespaces on a bridge; gives them, the address of the bridge, and the network."""
    number = os.getpid() % 200 + 20
    bridge, gateway, network = f"br{os.getpid()}", f"10.231.{number}.1", f"10.231.{number}.0/24"
    hosts = [Host(f"qa{os.getpid()}{end}", f"v{os.getpid()}{end}", folder / f"host-{end}") for end in "ab"]
    try:
        _ip("link", "add", bridge, "type", "bridge")
        _ip("addr", "add", f"{gateway}/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        for place, host in enumerate(hosts, 2):
            host.folder.mkdir(parents=True)
            _ip("netns", "add", host.name)
            _ip("link", "add", host.wire, "type", "veth", "peer", "name", "eth0", "netns", host.name)
            _ip("link", "set", host.wire, "master", bridge, "up")
            _ip("-n", host.name, "addr", "add", f"10.231.{number}.{place}/24", "dev", "eth0")
            _ip("-n", host.name, "link", "set", "eth0", "up")
            _ip("-n", host.name, "link", "set", "lo", "up")
        yield hosts, gateway, network
    finally:
        for host in hosts:
            subprocess.run(["ip", "netns", "del", host.name], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", bridge], capture_output=True, check=False)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A worker host is cut off in the middle of a job.")
    parser.add_argument("--silence", type=float, default=40.0)
    parser.add_argument("--calls", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    if lacks := why_not():
        raise SystemExit(f"not here: {lacks}")
    with tempfile.TemporaryDirectory(prefix="qa-fleet-") as folder:
        seen = cut_off(Path(folder), options.calls, (options.silence, options.seconds))
    print(f"from the cut to the job done by another host: {seen.seconds:.1f} s (limit {LIMIT:.0f} s)")
    print(f"calls {seen.calls}, evaluations {seen.evaluations}, reviews begun {seen.begun}")
    print(f"the host that was cut off saved nothing: {seen.saved_nothing}")
    raise SystemExit(
        0 if seen.saved_nothing and seen.seconds < LIMIT and seen.calls == seen.evaluations else 1
    )


if __name__ == "__main__":
    main()
