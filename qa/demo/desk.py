"""What people did in the demo centre: reviews of three weeks, two calibrations, disputes in every state,
exemplary moments.

All of it goes through the same functions as at the desk, on generated calls alone; only the dates are moved
into the past afterwards. It goes with the calls when the centre is taken out.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np

from qa.calendar import as_date
from qa.demo.disputing import plant_disputes
from qa.demo.history import SEED, History, Staff, hire
from qa.demo.moments import plant_moments
from qa.demo.reviewers import REVIEWERS, Desk, hire_desk, opinion
from qa.demo.rounds import plant_rounds
from qa.errors import InvalidSetting, NotFound
from qa.review.plan import WEEK, Order, last_week, make_plan, replace
from qa.review.trust import look_again
from qa.scorecard import Scorecard, default_scorecards
from qa.settings import Settings
from qa.store.database import Database, Transaction
from qa.store.desk.marking import Mark, finish, save_draft
from qa.store.desk.population import reviewable
from qa.store.desk.reading import ReviewRow, load_review
from qa.store.made.planted import ReviewTimes, date_plan, date_reviews
from qa.store.scope import Scope

PAST = 2
"""Whole weeks before the last one, whose sample is nearly done."""
LEFT = 3  # reviews of such a week that nobody has done
EVERY = 4  # of the last week's reviews one in so many is done: the others wait for whoever looks around
UNUSABLE = "inaudible"
DUE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Work:
    settings: Settings
    history: History
    desk: Desk
    scope: Scope
    cards: dict[tuple[str, int], Scorecard]
    random: np.random.Generator


def plant_desk(database: Database, settings: Settings, history: History) -> None:
    """What people did in the last weeks; nothing where a site has calls of its own."""
    weeks = [last_week(settings, history.now) - WEEK * back for back in range(PAST, -1, -1)]
    with database.read() as tx:
        found = reviewable(tx, weeks[0], weeks[-1] + WEEK - 1)
    if not found or not all(call.generated for call in found):
        return
    with database.write() as tx:
        staff = hire(tx, history.language)
        desk = hire_desk(tx, history.language, staff.teams, staff.agents)
    work = _work(settings, history, staff, desk)
    heard = plant_rounds(database, history, desk, work.cards)
    for week in weeks:
        with suppress(InvalidSetting):  # a week that the site has planned itself stays its own
            rows = make_plan(database, settings, Order(week, seed=SEED))
            _do(database, work, [row for row in rows if row.call_id not in heard], last=week == weeks[-1])
    plant_disputes(database, history, desk, (work.scope, work.cards))
    plant_moments(database, history, desk)
    look_again(database, history.now)


def _work(settings: Settings, history: History, staff: Staff, desk: Desk) -> _Work:
    cards = {(card.id, card.version): card for card in default_scorecards()}
    random = np.random.default_rng((SEED, 7))
    return _Work(settings, history, desk, Scope.of_teams(staff.teams), cards, random)


def _do(database: Database, work: _Work, rows: list[ReviewRow], *, last: bool) -> None:
    """One week: most reviews finished, one set aside, a few still waiting."""
    done = rows[::EVERY] if last else rows[: max(0, len(rows) - LEFT)]
    if not done or done[0].week is None:
        return
    week = done[0].week
    with suppress(NotFound):
        who = (work.desk.reviewers[1], work.scope)
        aside, done = done[0], done[1:]
        replace(database, aside.id, who, UNUSABLE)
    with database.write() as tx:
        times = [_finished(tx, work, row, place) for place, row in enumerate(done)]
        given = _morning(work, week + WEEK)
        waiting = [] if last else rows[len(rows) - LEFT :]  # by now they are late
        times += [ReviewTimes(row.id, given, given + DUE, None, None) for row in waiting]
        date_reviews(tx, times)
        date_plan(tx, week, _morning(work, week + WEEK))


def _finished(tx: Transaction, work: _Work, row: ReviewRow, place: int) -> ReviewTimes:
    number = place % len(REVIEWERS)
    who, user = REVIEWERS[number], work.desk.reviewers[number]
    found = load_review(tx, row.id, work.scope)
    marks = []
    for one in found.verdicts:
        if one.automatic is None:
            continue  # nobody is blind here
        said = opinion(one.key, one.automatic, who, work.random, work.history.language)
        marks.append(Mark(one.key, said.verdict, said.reason))
    spent = float(work.random.gamma(6.0, 60.0))
    save_draft(tx, row.id, (user, work.scope), marks, spent)
    finish(tx, row.id, user, work.scope, work.cards[row.scorecard, row.version])
    return _times(work, row, spent)


def _times(work: _Work, row: ReviewRow, spent: float) -> ReviewTimes:
    given = _morning(work, (row.week or 0) + WEEK)
    begun = given + timedelta(days=float(work.random.uniform(0.1, 5)))
    begun = min(begun, work.history.now - timedelta(hours=1))
    return ReviewTimes(row.id, given, given + DUE, begun, begun + timedelta(seconds=spent))


def _morning(work: _Work, day: int) -> datetime:
    at = datetime.combine(as_date(day), time(8), work.settings.zone).astimezone(UTC)
    return min(at, work.history.now - timedelta(hours=2))
