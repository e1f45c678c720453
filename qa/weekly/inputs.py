"""What goes into the figures of a week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import polars as pl

from qa.analytics.weeks import STEP


@dataclass(frozen=True, slots=True)
class Ask:
    """Which week, and what narrows it. ``week`` is its first day (``qa.calendar``), ``calendar`` the language
    whose weeks are meant (fa: Saturday, en: Monday), ``language`` that of the calls ("" for all).
    """

    week: int
    calendar: str
    team: int | None = None
    queue: int | None = None
    language: str = ""

    @property
    def last(self) -> int:
        """The last day of the week."""
        return self.week + STEP - 1

    @property
    def narrowed(self) -> bool:
        """True when it is about a part of the calls."""
        return self.team is not None or self.queue is not None or bool(self.language)


class Why(StrEnum):
    """Why a KPI has no figures here at all. The words are translation keys."""

    UNKNOWN = "its records say no team or language"
    SCOPE = "only those who see everything see it"
    NARROWED = "comments belong to no team and no queue"


class MarkKind(StrEnum):
    """What a mark beside a chart is."""

    NOTE = "note"
    HOLIDAY = "holiday"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened on some days, both included: an annotation, a public holiday, an action item begun.

    ``en`` and ``fa`` are the same where a person wrote it. ``place`` names the team and the queue that it is
    about, or the owner of the item. ``about``: a holiday whose official day may be the one before or after.
    ``number`` is that of an annotation; ``kpi`` the figure that an action item is meant to move.
    """

    first: int
    last: int
    en: str
    fa: str
    kind: MarkKind
    place: str = ""
    about: bool = False
    number: int | None = None
    kpi: str = ""

    def name(self, language: str) -> str:
        """What it is called in a language."""
        return self.fa if language == "fa" else self.en

    def touches(self, week: int) -> bool:
        """Whether it lies, in part, in the week that begins on this day."""
        return self.first < week + STEP and self.last >= week


@dataclass(frozen=True, slots=True)
class Held:
    """A coaching session that was held: on which criterion, with whom (number and name), on which day."""

    id: int
    criterion: str
    agents: tuple[tuple[int, str], ...]
    day: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """The tables behind a week: the half year up to its end, already narrowed to what was asked for.

    Attributes:
        now, today: the moment of reading and its day at the site.
        midnights: the moment at which each week of the half year ends, by its first day.
        calls: ``qa.frames.CALLS_SCHEMA``, or cells of calls (``qa.frames.CELLS_SCHEMA``).
        again: ``qa.cells.RETURN_CELLS``: after how many incoming calls the customer called again.
        marked: ``local_day, abusive, reviewed``: counted calls with an abusive customer, and those that a
            person reviewed.
        criteria: ``qa.frames.CRITERIA_SCHEMA`` of this week and the one before, or cells of verdicts.
        surveys: ``qa.cells.SURVEY_CELLS``.
        answers: CSAT with verdicts, its criteria, and of how many answers they were drawn, as
            ``qa.analytics.drivers`` takes them, 13 weeks.
        contacts: cells of telephone contacts (``qa.cells.CONTACT_CELLS``), or why there are none.
        comments: ``qa.cells.COMMENT_CELLS``, or why there are none.
        promises: ``qa.cells.PROMISE_CELLS`` of any day up to the last, with ``overdue``.
        reviews: ``call_key, kind, layer, state, due, local_day`` of reviews of the week's calls.
        reply_within: the target for the first reply to a comment.
        targets: target by KPI, as it was in force at the end of the week.
        marks: what happened in the half year.
        held: coaching sessions of the last 12 weeks, the newest first.
        coached: verdicts of everybody on the criteria of these sessions: ``qa.frames.CRITERIA_SCHEMA``, or
            cells of verdicts by single days.
    """

    ask: Ask
    now: datetime
    today: int
    midnights: Mapping[int, datetime]
    calls: pl.DataFrame
    again: pl.DataFrame
    marked: pl.DataFrame
    criteria: pl.DataFrame
    surveys: pl.DataFrame
    answers: tuple[pl.DataFrame, tuple[str, ...], int]
    contacts: pl.DataFrame | Why
    comments: pl.DataFrame | Why
    promises: pl.DataFrame
    reviews: pl.DataFrame
    reply_within: timedelta
    targets: Mapping[str, float | None]
    marks: tuple[Mark, ...]
    held: tuple[Held, ...]
    coached: pl.DataFrame
