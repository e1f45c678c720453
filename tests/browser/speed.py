"""How fast the desk is: ``python -m tests.browser.speed`` (``make speed``).

From the start of the server to the first paint of the sign-in page in a browser that is open already, and
each page's script with its data cached. CPU seconds say it for any machine; wall time only for an idle one,
so the best of several runs counts.
"""

import argparse
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from dashboard import identity
from dashboard.data import accounts, site
from dashboard.data.kinds import Role
from dashboard.registry import PAGES, PAGES_DIR, present
from qa.demo import CALLS, History, create
from qa.store.engine.migrate import upgrade
from tests.browser.screenshots import heard
from tests.dashboard.browser import ROOT, browser, free_port

START_LIMIT, SCRIPT_LIMIT = 3.0, 0.2  # seconds
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main() -> None:
    """Print both tables; exit code 1 when CPU time alone is over a limit."""
    parser = argparse.ArgumentParser(description="How fast the desk is.")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QA_DATA_DIR"] = folder
        site.forget()
        upgrade(site.settings().url)
        session = _filled()
        slow = _report_start(Path(folder), runs) + _report_scripts(session, runs)
    raise SystemExit(1 if slow else 0)


def _filled() -> str:
    """The demo centre with an administrator; gives a session."""
    for _share in create(site.database(), site.settings(), History(CALLS, "en", datetime.now(UTC))):
        pass
    return accounts.open_session(accounts.add(accounts.NewUser("admin", Role.ADMINISTRATOR)), "127.0.0.1")


def _report_start(folder: Path, runs: int) -> int:
    with browser() as opened:
        found = [_start(opened, folder) for _run in range(runs)]
    wall, cpu = min(run[0] for run in found), min(run[1] for run in found)
    print(f"start to first paint of the sign-in page: {wall:.2f} s wall (best of {runs}), {cpu:.2f} s CPU")
    return int(cpu > START_LIMIT)


def _start(opened: Browser, folder: Path) -> tuple[float, float]:
    """Wall seconds from the start of the process to the first paint, CPU seconds of the process by then."""
    port = free_port()
    tab = opened.new_page()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"]
    env = os.environ | {"QA_DATA_DIR": str(folder)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=env, **quiet) as process:  # type: ignore[call-overload]
        try:
            _wait_for(port)
            tab.goto(f"http://localhost:{port}/qa/login")
            tab.wait_for_function(f"() => {FIRST_PAINT} !== undefined", polling=10)
            wall = time.perf_counter() - begun
        finally:
            process.terminate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    tab.close()
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _wait_for(port: int) -> None:
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)


def _report_scripts(session: str, runs: int) -> int:
    identity.session_id = lambda: session  # AppTest has no cookies
    slow = 0
    print(f"\n{'page':14} {'first':>7} {'cached, wall':>13} {'cached, CPU':>12}   (ms; best of {runs})")
    for entry in present():
        first, wall, cpu = _script(entry.file, runs)
        slow += cpu > SCRIPT_LIMIT
        print(f"{entry.file:14} {first * 1000:7.0f} {wall * 1000:13.0f} {cpu * 1000:12.0f}")
    return slow


def _script(file: str, runs: int) -> tuple[float, float, float]:
    """Seconds of a page's script: its first run, then wall and CPU of a run with everything cached."""
    at = AppTest.from_file(str(PAGES_DIR.parent / "dashboard" / "main.py"), default_timeout=120)
    at.query_params["lang"] = "en"
    if file == "call":
        at.query_params["call"] = heard("en")
    if file != PAGES[0].file:
        at.run()
        at.switch_page(str(PAGES_DIR / f"{file}.py"))
    first, _cpu = _timed(at)
    later = [_timed(at) for _run in range(runs)]
    return first, min(wall for wall, _ in later), statistics.median(cpu for _, cpu in later)


def _timed(at: AppTest) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    at.run()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
