"""What a judge is: a rule and a call in, a finding out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qa.judge.case import Case
from qa.records import Evidence, Share, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its reasons. ``looked_for`` is in the scorecard's language."""

    verdict: Verdict
    confidence: Share
    evidence: tuple[Evidence, ...]
    looked_for: str


Decide = Callable[[Any, Case], Finding]


@dataclass(frozen=True, slots=True)
class Judge:
    """One way to decide. ``version`` goes up whenever the same call could get another verdict.

    ``decide`` takes the rule (an instance of ``handles``), the case, and the way to decide a rule inside it.
    """

    name: str
    version: int
    handles: type
    decide: Callable[[Any, Case, Decide], Finding]

    @property
    def label(self) -> str:
        """Name and version as stored with a verdict: ``phrase/1``."""
        return f"{self.name}/{self.version}"
