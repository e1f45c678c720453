"""Files that a person may drop on the page of recordings."""

import io
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from dashboard.data import site
from dashboard.data.intake import Upload
from qa.store.call.calls import call_id_of
from qa.store.database import Transaction
from qa.store.scope import Scope
from qa.store.work.jobs import list_jobs

NAMED = "q-support-989121234567-20261120-101500.wav"
SHOWN = "q-support-***-20261120-101500.wav"


def sound(seed: int, seconds: float = 0.5) -> bytes:
    """A WAV file of two channels of noise."""
    samples = np.random.default_rng(seed).normal(0, 3000, (int(seconds * 8000), 2)).astype("<i2")
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(samples.tobytes())
    return data.getvalue()


def upload(name: str, content: bytes) -> Upload:
    """As it comes out of the browser."""
    return Upload(f"{name}-{hash(content)}", name, io.BytesIO(content))


def left_on_disk(folder: Path) -> list[Path]:
    """What lies in the folder of uploads."""
    return sorted((folder / "uploads").glob("*"))


def queued() -> list[str]:
    """The names of all recordings that have a job."""
    with site.database().read() as tx:
        return sorted(job.file_name for job in list_jobs(tx, Scope.all()))


@contextmanager
def job(key: str) -> Iterator[tuple[Transaction, int]]:
    """A job to play the worker with."""
    with site.database().write() as tx:
        yield tx, call_id_of(tx, key, Scope.all())
