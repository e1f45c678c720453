"""The measuring of starts and jobs, on something small."""

import os
from pathlib import Path

import pytest

from qa.cli.bench_jobs import _queued
from qa.cli.bench_start import _until
from qa.errors import QAError
from qa.settings import Settings
from qa.store.database import Database
from qa.store.kinds import JobState
from qa.store.work.jobs import counts
from tests.store.fresh import fresh

BUSY = """
import pathlib, subprocess, sys, time
def work(seconds):
    while time.process_time() < seconds: pass
work(0.3)
subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.3: pass"])
pathlib.Path(sys.argv[1]).touch()
time.sleep(60)
"""


def test_processor_seconds_of_a_start_count_its_children(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    environment = os.environ | {"QA_DATA_DIR": str(tmp_path)}
    spent = _until(["-c", BUSY, str(ready)], environment, ready.exists)
    assert 0.5 <= spent < 20, "of the process that lives, and of the one that it waited for"
    with pytest.raises(QAError, match="was not ready"):
        _until(["-c", "raise SystemExit"], environment, lambda: False)


def test_jobs_are_queued_to_be_measured(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, executor_id="bench")
    fresh(settings.url)
    database = Database.open(settings.url)
    assert _queued(database, settings, 3, "a") > 0
    with database.read() as tx:
        assert counts(tx)[JobState.QUEUED] == 3
    database.close()
