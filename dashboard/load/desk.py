"""A desk to measure: the demo centre in a folder of its own, people of every role, running processes."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from dashboard import passwords
from dashboard.data import accounts, site
from dashboard.data.kinds import Role
from dashboard.data.listing import CallFilter, Order, every_row
from dashboard.data.upkeep import bring_up_to_date
from dashboard.load.person import Person
from dashboard.registry import PAGES
from qa.demo import History, create
from qa.settings import ROOT

ROLES = (Role.SUPERVISOR, Role.SUPERVISOR, Role.MANAGER, Role.AGENT, Role.ADMINISTRATOR)
"""Of every five people; agents look at their own page, supervisors are the desk's daily users."""
CALLS = 200
"""Calls that a person opens one of."""
WAIT = 60.0  # seconds for a process to answer


def make_site(folder: Path, calls: int) -> None:
    """The demo centre in a folder, which is this process's site from now on."""
    os.environ["QA_DATA_DIR"] = str(folder)
    site.forget()
    bring_up_to_date()
    for _share in create(site.database(), site.settings(), History(calls, "en", datetime.now(UTC))):
        pass


def make_people(count: int, ports: list[int], think: float, seed: int) -> list[Person]:
    """So many users with passwords, each at one of the processes, as sticky sessions put them."""
    teams, agents = accounts.teams_and_agents()
    password = secrets.token_urlsafe(12)
    known = passwords.hashed(password)
    people = []
    for place in range(count):
        role = ROLES[place % len(ROLES)]
        own = agents[place % len(agents)].id if role is Role.AGENT else None
        team = frozenset({teams[place % len(teams)].id})
        new = accounts.NewUser(
            name=f"person-{place}", role=role, password_hash=known, agent_id=own, teams=team
        )
        accounts.add(new)
        pages = tuple(page.address for page in PAGES if page.allows(role) and not page.hidden)
        port = ports[place % len(ports)]
        people.append(Person(new.name, password, port, pages, _calls_of(new.name), think, seed + place))
    return people


def _calls_of(name: str) -> tuple[str, ...]:
    user = accounts.by_name(name)
    rows = every_row(user.scope, CallFilter(), Order.NEWEST) if user is not None else iter(())
    return tuple(row.key for row in islice(rows, CALLS))


@contextmanager
def running(ports: list[int]) -> Iterator[list[int]]:
    """A web process at each port, answering; gives their process numbers."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32),
    }
    with ExitStack() as stack:
        started = []
        for port in ports:
            command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"]
            with log_of(port).open("wb") as log:
                process = subprocess.Popen(  # noqa: S603 (our own interpreter)
                    command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=log
                )
            stack.callback(_end, process)
            started.append(process.pid)
        for port in ports:
            _wait_for(port)
        yield started


def log_of(port: int) -> Path:
    """Where the process at a port writes its log."""
    return site.settings().data_dir / f"desk-{port}.log"


def errors_told(ports: list[int]) -> list[str]:
    """The kinds and places of errors in the logs of the processes."""
    lines = [line for port in ports for line in log_of(port).read_text("utf-8").splitlines()]
    return sorted({line.rpartition(" [")[2].rstrip("]") for line in lines if " [" in line})


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at now."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait_for(port: int) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"the desk does not answer at port {port} after {WAIT:.0f} s")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
