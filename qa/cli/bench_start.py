"""``bench start``: what it costs until help is printed, the desk answers, a worker is ready."""

import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from qa.cli.printing import print_json, print_line
from qa.errors import QAError

LIMITS = {"help": 0.3, "desk": 2.0, "worker": 5.0}
"""Processor seconds."""
PATIENCE = 120.0  # seconds on the clock
Runs = Annotated[int, typer.Option(help="How often; the least counts.", min=1)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def start(runs: Runs = 3, as_json: AsJson = False) -> None:
    """Processor seconds of help, of the desk until its first answer, of a worker until it takes jobs.

    The worker loads the weights of the site. Exit code 2 when one is over its limit.
    """
    with tempfile.TemporaryDirectory(prefix="qa-start-") as folder:
        environment = os.environ | {"QA_DATA_DIR": folder}
        environment.pop("QA_DATABASE_URL", None)
        _ran(["-m", "qa", "init"], environment)
        found = {
            "help": min(_help(environment) for _ in range(runs)),
            "desk": min(_desk(environment) for _ in range(runs)),
            "worker": min(_worker(environment, Path(folder)) for _ in range(runs)),
        }
    if as_json:
        print_json(
            {name: {"cpu_seconds": round(value, 2), "limit": LIMITS[name]} for name, value in found.items()}
        )
    else:
        for name, value in found.items():
            print_line(f"{name:7} {value:5.2f} s of processors (limit {LIMITS[name]} s)")
    slow = [name for name, value in found.items() if value > LIMITS[name]]
    if slow:
        raise QAError(f"Over the limit: {', '.join(slow)}; see `python -X importtime` for what is loaded.")


def _help(environment: dict[str, str]) -> float:
    before = _used()
    _ran(["-m", "qa", "--help"], environment)
    return _used() - before


def _desk(environment: dict[str, str]) -> float:
    """From nothing to the first answer of the sign-in page."""
    import urllib.request

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"]
    address = f"http://localhost:{port}/healthz"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    return _until(command, environment, answers)


def _worker(environment: dict[str, str], folder: Path) -> float:
    """From nothing to the line in the table of workers, which is written once the weights are loaded."""
    from qa.store.database import Database
    from qa.store.work.workers import list_workers

    database = Database.open(f"sqlite:///{folder / 'shenava.db'}")
    name = f"bench-{time.monotonic_ns()}"

    def ready() -> bool:
        with database.read() as tx:
            return any(worker.executor == name for worker in list_workers(tx))

    try:
        return _until(["-m", "qa", "work"], environment | {"QA_EXECUTOR_ID": name}, ready)
    finally:
        database.close()


def _until(command: list[str], environment: dict[str, str], ready: Callable[[], bool]) -> float:
    """Processor seconds of a process and its children until it is ready; it is ended then."""
    from qa.settings import ROOT

    with (Path(environment["QA_DATA_DIR"]) / "start.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 (our own interpreter)
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            until = time.monotonic() + PATIENCE
            while not ready():
                if process.poll() is not None or time.monotonic() > until:
                    raise QAError(f"`python {' '.join(command)}` was not ready in {PATIENCE:.0f} s.")
                time.sleep(0.02)
            return _of_group(process.pid)
        finally:
            with suppress(ProcessLookupError):  # it ended by itself
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _of_group(group: int) -> float:
    """Processor seconds until now of all processes of a session, and of those that they waited for."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == group:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _ran(arguments: list[str], environment: dict[str, str]) -> None:
    from qa.settings import ROOT

    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
