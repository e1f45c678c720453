"""``serve``: the desk in the browser with one worker beside it."""

import os
import signal
import subprocess
import sys
import time
from typing import Annotated

import typer

from qa.cli import setup
from qa.cli.printing import warn
from qa.errors import QAError
from qa.settings import ROOT

RESTART_AFTER = 5.0  # seconds, so that a worker that cannot start does not burn the machine
GRACE = 15.0  # seconds for both to end by themselves


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(help="Where the desk listens.", min=1, max=65535)] = 8501,
    address: Annotated[str, typer.Option(help="localhost, or 0.0.0.0 behind a TLS proxy.")] = "localhost",
    worker: Annotated[bool, typer.Option(help="Run a worker beside the desk.")] = True,
) -> None:
    """Start the desk and one worker; both end together."""
    settings = setup.site()
    database = setup.opened(settings)
    setup.publish(database, setup.scorecard_chooser(None))
    database.close()
    web = _start("-m", "streamlit", "run", str(ROOT / "streamlit_app.py"), f"--server.port={port}", f"--server.address={address}")
    jobs = _start("-m", "qa", "work") if worker else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        code = _watch(web, jobs)
    finally:
        _end(web, jobs)
    if code:
        raise QAError(f"The desk ended with code {code}; the lines above say why. Is port {port} in use?")


def _start(*arguments: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment)  # noqa: S603 -- our own interpreter


def _watch(web: "subprocess.Popen[bytes]", jobs: "subprocess.Popen[bytes] | None") -> int:
    """Wait for the desk to end; a worker that dies is started again."""
    try:
        while (code := web.poll()) is None:
            time.sleep(0.5)
            if jobs is not None and jobs.poll() is not None:
                warn(f"The worker ended with code {jobs.returncode}; starting it again.")
                time.sleep(RESTART_AFTER)
                jobs = _start("-m", "qa", "work")
    except (KeyboardInterrupt, SystemExit):
        return 0
    else:
        return code
    finally:
        if jobs is not None:
            _end(jobs)


def _end(*processes: "subprocess.Popen[bytes] | None") -> None:
    running = [process for process in processes if process is not None and process.poll() is None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
