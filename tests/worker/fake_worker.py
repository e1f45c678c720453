"""A worker whose reviewer does in a moment what the real one does in minutes, and misbehaves on demand.

    python -m tests.worker.fake_worker DATA_DIR EXECUTOR [retries=N] [pause=S] [deaths=N] [seconds=S]

The books, the engine, the child process and the store are the real ones; only the listening is not.
"""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from qa import logs
from qa.errors import BadRecording, ModelMissing, QAError
from qa.records import Review
from qa.settings import Settings
from qa.worker import Retrying, Reviewed, Reviewer, Task, WorkerOptions, run_worker, stop_on_signals
from qa.worker.port import Progress, Words
from tests.store.samples import review

SECONDS = "QA_FAKE_SECONDS"
GONE = "weights-are-gone"
"""A file of this name in the data folder stands for weights that cannot be loaded."""


def open_fake(settings: Settings) -> Reviewer:
    if (settings.data_dir / GONE).exists():
        raise ModelMissing("The weights are damaged; restore them.")

    def fake(task: Task, progress: Progress) -> Reviewed:
        key = task.recording.name[:12]
        tries = _begin(settings.data_dir, key)
        for step in range(10):
            progress("transcribe", step / 10)
            time.sleep(float(os.environ.get(SECONDS, "0.2")) * random.uniform(0.05, 0.15))
        how = _misbehave(settings.data_dir / f"{key}.behaviour", tries)
        found = review(int(key[:6], 16))
        if how in ("heard", "heard-bad"):
            _tell(progress, found, settings.data_dir / f"{key}.go", how)
        if how == "unsavable":
            found = replace(found, measures=found.measures * 2)  # the store keeps one of each name
        return Reviewed(found, np.zeros((2, 100), np.float32))

    return fake


def _tell(progress: Progress, found: Review, go: Path, how: str) -> None:
    """Tell the words, then fail, or wait with the score until the test lets go."""
    if found.recording is not None:
        progress.heard(Words(found.recording, found.transcript, found.redactions, found.speech, None))
    if how == "heard-bad":
        raise BadRecording("The recording holds no audio; export it again.")
    while not go.exists():
        progress("measure", 0.5)
        time.sleep(0.05)


def _begin(folder: Path, key: str) -> int:
    """Remember this try in one write that no kill can tear; gives how often this recording was begun."""
    with (folder / "begun.log").open("ab", buffering=0) as file:
        file.write(f"{key} {os.getpid()}\n".encode())
    return (folder / "begun.log").read_text(encoding="utf-8").count(key)


def _misbehave(instruction: Path, tries: int) -> str:
    how, _, count = (instruction.read_text(encoding="utf-8") if instruction.exists() else "").partition(" ")
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "kill-worker":
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    if how == "bad":
        raise BadRecording("The recording holds no audio; export it again.")
    if how == "bug":
        raise KeyError("09121234567 سلام")
    if how == "flaky" and tries <= int(count):
        raise QAError("The disk is full; free some space.", permanent=False)
    return how


def main(folder: str, executor: str, *arguments: str) -> None:
    given = dict(argument.split("=") for argument in arguments)
    logs.set_up()
    os.environ[SECONDS] = given.get("seconds", "0.2")
    settings = Settings(data_dir=Path(folder), executor_id=executor)
    retrying = Retrying(
        again=int(given.get("retries", "3")),
        pause=float(given.get("pause", "0.2")),
        factor=2.0,
        deaths=int(given.get("deaths", "50")),
    )
    options = WorkerOptions(opener=open_fake, retrying=retrying, silence=float(given.get("silence", "40")))
    stop_on_signals(options.stop)
    run_worker(settings, options)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except QAError as error:
        sys.stderr.write(error.message + "\n")
        sys.exit(2)
