"""``serve``: the desk in the browser with one worker beside it."""

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.printing import warn
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings

Port = Annotated[int, typer.Option(help="Where the desk listens.", min=1, max=65535)]
Address = Annotated[str, typer.Option(help="localhost, or 0.0.0.0 behind a TLS proxy.")]
Worker = Annotated[bool, typer.Option(help="Run a worker beside the desk.")]
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds until a worker that ended is started again; doubled each time, so that one that cannot start
does not keep the machine busy."""
GRACE = 15.0  # seconds for both to end by themselves


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(serve)


def serve(port: Port = 8501, address: Address = "localhost", worker: Worker = True) -> None:
    """Start the desk and one worker; both end together."""
    settings = setup.site()
    setup.ready(settings).close()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    place = (f"--server.port={port}", f"--server.address={address}")
    web = _start("-m", "streamlit", "run", "streamlit_app.py", *place)
    try:
        code = _watch(web, settings if worker else None)
    finally:
        _end(web)
    if code:
        raise QAError(f"The desk ended with code {code}; the lines above say why. Is port {port} in use?")


def _start(*arguments: str) -> "subprocess.Popen[bytes]":
    from qa.settings import ROOT

    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)  # noqa: S603 (our own)


def _watch(web: "subprocess.Popen[bytes]", settings: "Settings | None") -> int:
    """Wait for the desk to end; a worker (with ``settings``) that dies is started again."""
    jobs, due, pause = None, 0.0, FIRST_PAUSE
    try:
        while (code := web.poll()) is None:
            if jobs is not None and jobs.poll() is not None:
                warn(f"The worker ended with code {jobs.returncode}; it starts again in {pause:.0f} s.")
                jobs, due, pause = None, time.monotonic() + pause, min(2 * pause, LONGEST_PAUSE)
            if settings is not None and jobs is None and time.monotonic() >= due:
                jobs = _worker(settings)
                due = time.monotonic() + FIRST_PAUSE
            time.sleep(0.5)
    except (KeyboardInterrupt, SystemExit):
        return 0
    else:
        return code
    finally:
        _end(jobs)


def _worker(settings: "Settings") -> "subprocess.Popen[bytes] | None":
    """A worker as its own process, ``None`` while another one does the work."""
    from qa.worker import worker_runs

    return None if worker_runs(settings) else _start("-m", "qa", "work")


def _end(*processes: "subprocess.Popen[bytes] | None") -> None:
    running = [process for process in processes if process is not None and process.poll() is None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
