"""What the worker asks of a job engine and of a reviewer; everything else can be exchanged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.audio import Source
from qa.records import Recording, Redaction, Review, Share, Spans, Speaker, Transcript
from qa.scorecard import Assignment
from qa.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What is known of a call before it is scored: its redacted words, when who spoke, and the waveform
    ``(channels, count)``, 0-1; without a recording only the words.
    """

    recording: Recording | None
    transcript: Transcript
    redactions: tuple[Redaction, ...]
    speech: dict[Speaker, Spans] | None
    peaks: NDArray[np.float32] | None


class Progress(Protocol):
    """Told how far a review has come."""

    def __call__(self, stage: str, share: Share) -> None:
        """The stage and the share of it that is done."""

    def heard(self, words: Words) -> None:
        """The words are there; measures and score follow."""


class TaskState(StrEnum):
    """What the engine knows of a task."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"
    DEAD = "dead"
    UNKNOWN = "unknown"


class JobQueue(Protocol):
    """A durable queue. A submitted task runs until it ends once, whatever happens to the process."""

    def submit(self, task: str, call_id: int) -> None:
        """Queue a task; the same name a second time changes nothing."""

    def state(self, task: str) -> TaskState:
        """What became of a task. ``DEAD``: processes died over it too often, it is not tried again."""

    def holds(self, task: str) -> bool:
        """True while this process works on a task, pauses between its tries included."""

    def cancel(self, task: str) -> None:
        """Give a task up that another process holds; one that is not known or has ended stays as it is."""

    def close(self) -> None:
        """Stop starting tasks; a running one is left to be resumed."""


@dataclass(frozen=True, slots=True)
class Task:
    """One call to review: a recording, words from elsewhere, or both. ``language`` is ``None`` to follow the
    site; ``service`` is the queue's.

    ``assignments`` say which scorecard judges which calls; ``published`` is the newest published text of
    every scorecard by id; ``started_at`` is when the call began, aware;
    ``people_decide`` are (scorecard, criterion) that the machine does not score.
    """

    call_id: int
    recording: Source | None
    language: str | None = None
    service: str | None = None
    queue: int | None = None
    direction: str | None = None
    assignments: tuple[Assignment, ...] = ()
    published: tuple[tuple[str, str], ...] = ()
    started_at: datetime | None = None
    agent_voice: bytes | None = None
    people_decide: frozenset[tuple[str, str]] = frozenset()
    transcript: Source | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Reviewed:
    """A review, and the waveform that is stored beside it, ``(channels, count)``, 0-1."""

    review: Review
    peaks: NDArray[np.float32] | None


Reviewer = Callable[[Task, Progress], Reviewed]
"""Reviews one recording; raises QAError, or OSError for what may pass."""

OpenReviewer = Callable[[Settings], Reviewer]
"""Loads what a reviewer needs, once a process. A function of a module: it crosses into another process."""
