"""Disputes of the demo centre: agents contest verdicts, the desk's people answer, in every state there is."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest

from qa.demo.history import History
from qa.demo.people import Language
from qa.demo.reviewers import Desk
from qa.records import Verdict
from qa.scorecard import Scorecard
from qa.store.database import Database, Transaction
from qa.store.desk.answering import Answer, answer
from qa.store.desk.disputes import NewDispute, close, open_dispute, reopen
from qa.store.desk.reading import ReviewFilter, ReviewRow, list_reviews, load_verdicts
from qa.store.kinds import DisputeOutcome, ReviewState
from qa.store.made.planted import DisputeTimes, date_disputes
from qa.store.scope import Scope

ACCEPT, PARTLY, REJECT, AGAIN, LEAVE = "accept", "partly", "reject", "again", "leave"
COURSES: tuple[tuple[int, tuple[str, ...]], ...] = (
    # days ago, what happened after it was opened
    (1, ()),
    (2, ()),
    (8, ()),  # past its deadline
    (5, (REJECT, AGAIN)),
    (4, (REJECT,)),
    (3, (PARTLY,)),
    (9, (ACCEPT,)),
    (10, (ACCEPT,)),
    (12, (ACCEPT,)),
    (13, (REJECT, AGAIN, ACCEPT)),
    (11, (PARTLY, LEAVE)),
    (12, (REJECT, LEAVE)),
    (14, (REJECT, LEAVE)),
)
DAYS = 5
SAID: dict[Language, dict[str, tuple[str, ...]]] = {
    "en": {
        "open": (
            "I did say it, a little later in the call.",
            "The customer interrupted before I could.",
            "It had been settled in the call before.",
        ),
        "again": ("Please hear the second half once more.",),
        ACCEPT: ("You are right, it is there.",),
        PARTLY: ("Half of it was said.",),
        REJECT: ("I heard it again; it is missing.",),
    },
    "fa": {
        "open": (
            "این را کمی بعدتر در همان تماس گفتم.",
            "مشتری پیش از آن حرفم را قطع کرد.",
            "در تماس قبلی روشن شده بود.",
        ),
        "again": ("لطفاً نیمهٔ دوم تماس را دوباره گوش کنید.",),
        ACCEPT: ("حق با شماست، گفته شده است.",),
        PARTLY: ("نیمی از آن گفته شده است.",),
        REJECT: ("دوباره گوش کردم؛ گفته نشده است.",),
    },
}
OUTCOMES = {ACCEPT: DisputeOutcome.ACCEPTED, PARTLY: DisputeOutcome.PARTLY, REJECT: DisputeOutcome.REJECTED}
RAISED = {ACCEPT: Verdict.MET, PARTLY: Verdict.PARTLY}
Cards = dict[tuple[str, int], Scorecard]
_By = tuple[Scope, Cards]
_Who = tuple[History, Desk]


@dataclass(frozen=True, slots=True)
class _Lost:
    """A verdict that cost points, of a reviewed call of an agent who disputes."""

    row: ReviewRow
    key: str
    verdict: Verdict


def plant_disputes(database: Database, history: History, desk: Desk, by: _By) -> None:
    """Open, answer and close disputes about verdicts that people reviewed."""
    with database.write() as tx:
        lost = _lost(tx, desk, by)
        times = []
        for place, ((days, course), one) in enumerate(zip(COURSES, lost, strict=False)):
            number = _open(tx, one, (history, desk), place)
            for step in course:
                _step(tx, number, step, (one, by), (history, desk))
            opened = history.now - timedelta(days=days)
            due = opened + timedelta(days=DAYS)
            times.append(DisputeTimes(number, opened, due, timedelta(hours=20)))
        date_disputes(tx, times)


def _lost(tx: Transaction, desk: Desk, by: _By) -> list[_Lost]:
    """Verdicts "not met" of reviewed calls, no two of a call, the agents in turn."""
    scope, cards = by
    own: dict[int, list[_Lost]] = {agent: [] for agent in desk.agents}
    done = ReviewFilter(states=frozenset({ReviewState.FINISHED}))
    for row in list_reviews(tx, scope, done):
        card = cards.get((row.scorecard, row.version))
        if row.agent_id not in own or card is None:
            continue
        plain = {one.key for one in card.criteria if one.critical is None}
        found = [
            _Lost(row, one.key, one.human)
            for one in load_verdicts(tx, row.id)
            if one.human is Verdict.NOT_MET and one.key in plain
        ]
        own[row.agent_id] += found[row.id % 3 :][:1]  # not always the first criterion of the card
    return [one for turn in zip_longest(*own.values()) for one in turn if one is not None]


def _open(tx: Transaction, one: _Lost, by: _Who, place: int) -> int:
    history, desk = by
    agent = one.row.agent_id or 0
    reasons = SAID[history.language]["open"]
    new = NewDispute(one.row.call_key, one.key, reasons[place % len(reasons)], DAYS)
    return open_dispute(tx, new, desk.agents[agent], agent)


def _step(tx: Transaction, number: int, step: str, about: tuple[_Lost, _By], by: _Who) -> None:
    (one, (scope, cards)), (history, desk) = about, by
    agent = one.row.agent_id or 0
    user = (desk.agents[agent], agent)
    if step == LEAVE:
        close(tx, number, user)
    elif step == AGAIN:
        reopen(tx, number, user, SAID[history.language]["again"][0], DAYS)
    else:
        said = Answer(OUTCOMES[step], SAID[history.language][step][0], RAISED.get(step))
        who = desk.reviewers[number % len(desk.reviewers)]
        answer(tx, number, (who, scope), said, cards[one.row.scorecard, one.row.version])
