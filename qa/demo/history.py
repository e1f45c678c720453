"""Sixteen weeks of generated history, so that every page has a course to show."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np

from qa.calendar import as_date, local_day, week_start
from qa.demo.coaching import WEEKS
from qa.demo.complaints import complaints_of
from qa.demo.customers import Callers
from qa.demo.people import AGENTS, QUEUES, TEAMS, Language
from qa.demo.promises import promises_of
from qa.demo.verdicts import Drawn, draw
from qa.promise import Office
from qa.records import LeftOut
from qa.scorecard import Scorecard, default_scorecards
from qa.settings import Settings
from qa.store import people
from qa.store.call.calls import NewCall
from qa.store.database import Database, Transaction
from qa.store.kinds import CallSource, Direction
from qa.store.made.bulk import FinishedCall, save_finished

SEED = 14050903  # one whose unchanged agents look unchanged on every day of the week
BATCH = 1000
SHORT = 0.05  # of the calls are under the minimum length
BUSY_HOURS = np.array([2, 5, 8, 9, 8, 6, 6, 7, 8, 7, 5, 3], dtype=float)  # 8:00 to 20:00


@dataclass(frozen=True, slots=True)
class History:
    """How much to make: ``calls`` over ``WEEKS`` weeks up to ``now``, in the language of the centre."""

    calls: int
    language: Language
    now: datetime


@dataclass(frozen=True, slots=True)
class Staff:
    """The numbers that the store gave to ``qa.demo.people``, in the same order."""

    agents: tuple[int, ...]
    teams: tuple[int, ...]
    queues: tuple[int, ...]


def write_history(database: Database, settings: Settings, history: History) -> Iterator[int]:
    """Write the history batch by batch; yields how many calls are written so far.

    The same seed, day and count make the same calls, so a second run finds them in place and fails on the
    first; remove the demo centre before making it anew.
    """
    card = next(c for c in default_scorecards() if c.language == history.language)
    with database.write() as tx:
        staff = hire(tx, history.language)
    random = np.random.default_rng(SEED)
    callers = Callers(settings, history.calls)
    moments = sorted(_moments(history, settings, random))
    for start in range(0, len(moments), BATCH):
        batch = [
            _call(number, moment, (staff, callers), (card, settings, history), random)
            for number, moment in enumerate(moments[start : start + BATCH], start)
        ]
        with database.write() as tx:
            save_finished(tx, batch)
        yield start + len(batch)


def hire(tx: Transaction, language: Language) -> Staff:
    """Teams, agents and queues of the demo centre, marked as generated."""
    teams = tuple(people.team_id(tx, team.name(language), generated=True) for team in TEAMS)
    agents = tuple(
        people.agent_id(tx, agent.name(language), team=teams[agent.team], generated=True) for agent in AGENTS
    )
    queues = tuple(people.queue_id(tx, queue.name(language), generated=True) for queue in QUEUES)
    for number, queue in zip(queues, QUEUES, strict=True):
        if people.get_queue(tx, number).generated:  # a real queue of this name keeps what its site decided
            people.set_queue(tx, number, people.QueueSettings(service=queue.service))
    return Staff(agents, teams, queues)


def _moments(history: History, settings: Settings, random: np.random.Generator) -> Iterator[datetime]:
    """Moments of calls: whole weeks and the running one until now, few on Fridays, busy before noon."""
    today = local_day(history.now, settings.zone)
    first = week_start(today, history.language) - 7 * (WEEKS - 1)
    days = np.arange(first, today + 1)
    weight = np.array([0.35 if as_date(int(day)).weekday() == 4 else 1.0 for day in days])
    made = 0
    while made < history.calls:
        day = as_date(int(random.choice(days, p=weight / weight.sum())))
        hour = 8 + int(random.choice(12, p=BUSY_HOURS / BUSY_HOURS.sum()))
        at = datetime.combine(day, time(hour), settings.zone) + timedelta(seconds=int(random.integers(3600)))
        if at <= history.now:
            made += 1
            yield at.astimezone(UTC)


def _call(
    number: int,
    moment: datetime,
    known: tuple[Staff, Callers],
    made: tuple[Scorecard, Settings, History],
    random: np.random.Generator,
) -> FinishedCall:
    staff, callers = known
    card, settings, history = made
    agent = int(random.integers(len(AGENTS)))
    queue = int(random.choice(len(QUEUES), p=[q.share for q in QUEUES]))
    day = local_day(moment, settings.zone)
    last = week_start(local_day(history.now, settings.zone), history.language)
    week = WEEKS - 1 - (last - week_start(day, history.language)) // 7
    scoring, measures = draw(card, Drawn(agent, queue, week, WEEKS), random)
    short = random.random() < SHORT
    name = f"demo-{history.language}-{number:05d}"
    own = np.random.default_rng((SEED, number))  # of its own, so that the rest of the history stays as it was
    about = Drawn(agent, queue, week, WEEKS)
    call = NewCall(
        sha256=hashlib.sha256(f"{name} {moment.isoformat()}".encode()).hexdigest(),
        file_name=f"{name}.wav",
        started_at=moment,
        local_day=day,
        source=CallSource.DEMO,
        generated=True,
        direction=Direction.INBOUND,
        agent_id=staff.agents[agent],
        team_id=staff.teams[AGENTS[agent].team],
        queue_id=staff.queues[queue],
        customer_hash=callers.who(moment, about, int(random.integers(callers.count))),
        duration=float(random.uniform(4, 19)) if short else float(random.gamma(3.0, 70.0)) + 30.0,
        channels=2,
        language=history.language,
    )
    left_out = LeftOut.TOO_SHORT if short else LeftOut.INSUFFICIENT if scoring.score is None else None
    office = Office(settings.zone, settings.rest_weekdays, history.language)
    said = promises_of(moment, about, office, history.now, own)
    voiced = () if short else complaints_of(about, history.language, np.random.default_rng((SEED, number, 1)))
    return FinishedCall(call, measures, scoring, left_out, promises=tuple(said), complaints=voiced)
