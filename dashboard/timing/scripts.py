"""Timing scripts without a browser, as Streamlit's own test runner runs them."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import identity
from dashboard.data import behind, site
from dashboard.i18n import speaking
from dashboard.registry import PAGES_DIR, page
from dashboard.timing.asked import Asked

MAIN = PAGES_DIR.parent / "dashboard" / "main.py"
PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Run:
    """Milliseconds on the clock and of the processor."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Timed:
    """``cold``: nothing is held but imported modules. ``lapsed``: tables that pages keep for a moment are
    gone. ``warm``: the same page again. ``memory`` is the most that the process held so far, in MB.
    """

    file: str
    cold: tuple[Run, ...]
    lapsed: tuple[Run, ...]
    warm: tuple[Run, ...]
    memory: int
    faults: tuple[str, ...]


def timed(asked: Asked, runs: int, cold: int) -> Timed:
    """The page opened ``cold`` times with nothing held, then ``runs`` times in each of the other ways."""
    identity.session_id = lambda: asked.session  # no browser, so no cookie
    # The test runner asks for the words of a widget's options outside of the script, so in no session.
    with speaking(asked.address.get("lang", "en")):
        first = [_cold(asked) for _time in range(cold)]
        lapsed = []
        for _time in range(runs):
            _drop()
            lapsed.append(_run(_page(asked)))
        at = _page(asked)
        warm = [_run(at) for _time in range(runs + 1)][1:]
    _await_the_rest()
    return Timed(asked.file, tuple(first), tuple(lapsed), tuple(warm), peak(), _faults(at))


def _cold(asked: Asked) -> Run:
    _drop()
    site.forget()
    return _run(_page(asked))


def peak(process: str = "self") -> int:
    """The most memory that a process (this one) held, in MB, as the kernel counts it."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def _await_the_rest() -> None:
    """What is still worked out behind a page is none of the next one's time."""
    for one in threading.enumerate():
        if one.name == behind.NAME:
            one.join()


def _drop() -> None:
    _await_the_rest()
    st.cache_data.clear()
    st.cache_resource.clear()


def _page(asked: Asked) -> AppTest:
    at = AppTest.from_file(str(MAIN), default_timeout=PATIENCE)
    for name, value in asked.address.items():
        at.query_params[name] = value
    at._page_hash = calc_hash(page(asked.file).address)  # what the browser sends
    return at


def _run(at: AppTest) -> Run:
    wall, cpu = time.perf_counter(), time.process_time()
    at.run()
    return Run(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu))


def _faults(at: AppTest) -> tuple[str, ...]:
    return tuple(str(one.message) for one in at.exception)
