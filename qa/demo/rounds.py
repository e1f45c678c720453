"""Two calibrations of the demo centre: one that is over, with its debrief, and one still judged blind."""

from datetime import timedelta

import numpy as np

from qa.demo.history import SEED, History
from qa.demo.people import Language
from qa.demo.reviewers import Desk, blind_opinion
from qa.records import Verdict
from qa.review.calibrate import RoundOrder, make_round
from qa.scorecard import Scorecard
from qa.store.database import Database, Transaction
from qa.store.desk.comparable import Among, Comparable, cards_in_use, comparable
from qa.store.desk.marking import Mark, finish, save_draft
from qa.store.desk.reading import ReviewFilter, ReviewRow, list_reviews, load_review
from qa.store.desk.references import Place, set_reference
from qa.store.desk.rounds import Round, close_round
from qa.store.kinds import ReviewKind, ReviewState
from qa.store.made.planted import ReviewTimes, date_reviews, date_round
from qa.store.scope import Scope

NAMES: dict[Language, tuple[str, str]] = {
    "en": ("Calibration of last month", "Calibration of this month"),
    "fa": ("هم‌سنجی ماه پیش", "هم‌سنجی این ماه"),
}
FIRST = 4
"""Calls of the round that is over; the others are judged in the open one."""
BLIND = frozenset({ReviewKind.CALIBRATION})
Cards = dict[tuple[str, int], Scorecard]


def plant_rounds(database: Database, history: History, desk: Desk, cards: Cards) -> frozenset[int]:
    """Make both rounds of the calls that can be heard or read; gives the numbers of their calls."""
    with database.read() as tx:
        used = [one for one in cards_in_use(tx, Among()) if (one.scorecard, one.version) in cards]
        calls = comparable(tx, (used[0].scorecard, used[0].version), Among(), desk.reviewers) if used else ()
    if len(calls) <= FIRST:
        return frozenset()
    card = cards[used[0].scorecard, used[0].version]
    over = _make(database, (history, desk, card), calls[:FIRST], 0)
    _judge(database, (history, desk, card), over, len(desk.reviewers) * FIRST)
    _debrief(database, (history, desk), over)
    still = _make(database, (history, desk, card), calls[FIRST:], 1)
    _judge(database, (history, desk, card), still, len(calls) - FIRST)
    return frozenset(call.call_id for call in calls)


Made = tuple[History, Desk, Scorecard]


def _make(database: Database, made: Made, calls: tuple[Comparable, ...], place: int) -> Round:
    history, desk, card = made
    keys = tuple(call.key for call in calls)
    name = NAMES[history.language][place]
    due = history.now + timedelta(days=5 if place else -20)
    order = RoundOrder(name, (card.id, card.version), desk.reviewers, Among(keys=keys), due=due)
    return make_round(database, order)


def _judge(database: Database, made: Made, one: Round, most: int) -> None:
    """The first ``most`` blind reviews of a round, those of one reviewer after the other."""
    history, desk, card = made
    random = np.random.default_rng((SEED, one.id))
    with database.write() as tx:
        wanted = ReviewFilter(kinds=BLIND, round_id=one.id)
        rows = sorted(list_reviews(tx, Scope.all(), wanted), key=lambda row: (row.reviewer_id or 0, row.id))
        ago = timedelta(days=2 if one.due and one.due > history.now else 24)
        for row in rows[:most]:
            _say(tx, row, (desk, card), random)
            begun = history.now - ago
            end = begun + timedelta(seconds=400)
            date_reviews(tx, [ReviewTimes(row.id, begun - ago / 4, one.due or end, begun, end)])
        date_round(tx, one.id, history.now - ago - ago / 4, None)


def _say(tx: Transaction, row: ReviewRow, by: tuple[Desk, Scorecard], random: np.random.Generator) -> None:
    desk, card = by
    user = row.reviewer_id or 0
    place = desk.reviewers.index(user)
    marks = [
        Mark(one.key, blind_opinion(one.key, one.automatic, place, card, random))
        for one in load_review(tx, row.id, Scope.all()).verdicts
        if one.automatic is not None
    ]
    save_draft(tx, row.id, (user, Scope.all()), marks, 400.0)
    finish(tx, row.id, user, Scope.all(), card)


def _debrief(database: Database, made: tuple[History, Desk], one: Round) -> None:
    """What most of them said is the reference; where all differ it is the second reviewer's word."""
    history, desk = made
    said: dict[tuple[int, str], list[tuple[int, Verdict]]] = {}
    with database.write() as tx:
        done = ReviewFilter(kinds=BLIND, round_id=one.id, states=frozenset({ReviewState.FINISHED}))
        for row in list_reviews(tx, Scope.all(), done):
            for each in load_review(tx, row.id, Scope.all()).verdicts:
                if each.human is not None:
                    said.setdefault((row.call_id, each.key), []).append((row.reviewer_id or 0, each.human))
        for (call_id, key), every in said.items():
            verdicts = [verdict for _, verdict in every]
            most = max(set(verdicts), key=verdicts.count)
            agreed = most if verdicts.count(most) > 1 else dict(every)[desk.reviewers[1]]
            set_reference(tx, Place(one.id, call_id, key), agreed, desk.reviewers[1])
        close_round(tx, one.id)
        date_round(tx, one.id, history.now - timedelta(days=30), history.now - timedelta(days=20))
