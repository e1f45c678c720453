"""Who was coached in the demo centre, when and on what: the truth behind the generated verdicts."""

from dataclasses import dataclass
from datetime import datetime

from qa.calendar import local_day, week_start
from qa.demo.people import COACHED, COACHED_FROM, Language
from qa.settings import Settings

WEEKS = 16
"""Weeks of history, the running one the last."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One coaching session. ``agent`` is a place in ``qa.demo.people.AGENTS``; from the first day of ``week``
    (0 the oldest) on the agent's chance of meeting ``key`` is another one, where it ``helped``.
    """

    agent: int
    key: str
    week: int
    helped: bool


PLANTED = (
    Planted(COACHED, "recap_next_step", COACHED_FROM, helped=True),
    Planted(6, "empathy", 10, helped=False),  # Nasrin Kazemi
)


def day_of(planted: Planted, now: datetime, settings: Settings, language: Language) -> int:
    """The local day of the session, the last before its week begins, in a history up to ``now``."""
    last = week_start(local_day(now, settings.zone), language)
    return last - 7 * (WEEKS - 1 - planted.week) - 1
