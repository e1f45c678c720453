"""Long files first, so that the processes end at the same time; no waiting for garbage or for the disk."""

import gc
from collections.abc import Iterator
from functools import wraps
from typing import Any

import pytest
from hypothesis import settings

from qa.store.engine import sqlite_file

settings.register_profile("busy", deadline=None)  # a busy machine fails none that is right
settings.load_profile("busy")

gc.disable()  # nothing goes while modules are imported and tests collected

LONGEST = (
    "cli/test_cli_real",
    "dashboard/test_browser_frame",
    "worker/test_worker_kills",
    "dashboard/test_browser_access",
    "dashboard/test_browser_call",
    "dashboard/test_browser_ingest",
    "demo/test_demo_centre",
    "dashboard/test_browser_scorecards",
    "transcribe/test_transcribe_real",
    "dashboard/test_browser_overview",
    "store/test_store_bulk",
    "worker/test_worker_failures",
    "worker/test_worker_fleet",
    "dashboard/test_browser_review",
    "dashboard/test_browser_calibration",
    "store/test_store_crash",
    "transcribe/test_transcribe_nothing_invented",
    "judge/test_judge_dialogues",
    "faults/test_faults_kills",
    "faults/test_faults_worker",
    "faults/test_faults_upgrade",
    "cli/test_cli_vault",
    "store/test_store_rollups",
    "privacy/test_forgetting",
)
"""Files that take more than half a minute, the longest first."""

LONG = (
    "tests.backup",
    "tests.cli",
    "tests.demo",
    "tests.faults",
    "tests.ops",
    "tests.privacy",
    "tests.rescore",
    "tests.store",
    "tests.worker",
)
"""Folders of tests that start processes or fill databases."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, then all that hear, browse or start processes; inside a file the order stays."""
    place = {item.path: _place(item) for item in items}
    for item in items:
        place[item.path] = min(place[item.path], _place(item))
    items.sort(key=lambda item: place[item.path])


def _place(item: pytest.Item) -> int:
    name = f"{item.path.parent.name}/{item.path.stem}"
    if name in LONGEST:
        return LONGEST.index(name)
    folder = ".".join(item.path.parts[-3:-1])
    heavy = folder in LONG or any(item.get_closest_marker(mark) for mark in ("speech", "browser"))
    return len(LONGEST) + (not heavy)


def pytest_collection_finish() -> None:
    """What stands by now stays till the end; looking through it again and again took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """This process commits to SQLite without waiting: no test cuts the power; the system keeps what it took.
    Processes that tests start, and kill, open their files as the product does.
    """
    prepared = sqlite_file._prepared

    @wraps(prepared)
    def hasty(*given: Any, **named: Any) -> Any:
        connection = prepared(*given, **named)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_file, "_prepared", hasty)
        yield
