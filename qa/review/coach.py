"""Preparing a coaching session in one step: choose the moments, cut them, write the session."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from qa.review.clips import BAD, GOOD, chosen, clip
from qa.scorecard import Rule, Scorecard
from qa.store.call.findings import load_words
from qa.store.coaching.candidates import Candidate, candidates
from qa.store.coaching.making import NewMoment, NewSession, prepare
from qa.store.coaching.reach import Person
from qa.store.database import Database, Transaction

Cards = Callable[[str, int], Scorecard | None]
"""A version of a scorecard by name and number, ``None`` when it is not known."""


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to coach on what. ``today`` and ``planned_day`` are local days; ``evidence`` says why."""

    agents: tuple[int, ...]
    criterion: str
    focus: str
    today: int
    planned_day: int | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


def prepare_session(database: Database, person: Person, order: Order, cards: Cards) -> int:
    """Write a session with three moments to work on and two that went well, as far as there are such; of a
    group one of each for every member. Gives its number.

    Raises:
        NotFound: an agent is not this person's to coach.
        InvalidSetting: nobody is coached, too many are, or the focus is empty.
    """
    many = (BAD, GOOD) if len(order.agents) == 1 else (1, 1)
    with database.read() as tx:
        moments = [
            moment
            for agent in order.agents
            for moment in moments_for(tx, person, (agent, order.criterion), (order.today, many), cards)
        ]
    new = NewSession(
        order.criterion, order.focus, order.agents, order.planned_day, tuple(moments), order.evidence
    )
    with database.write() as tx:
        return prepare(tx, person, new)


def moments_for(
    tx: Transaction,
    person: Person,
    about: tuple[int, str],
    wanted: tuple[int, tuple[int, int]],
    cards: Cards,
) -> list[NewMoment]:
    """The moments of one agent on one criterion, of calls up to a local day; ``wanted``: that day, and how
    many bad and good ones.
    """
    agent, criterion = about
    found = [one for one in candidates(tx, person.scope, agent, criterion) if one.local_day <= wanted[0]]
    usable = []
    for one in found:
        moment = _cut(tx, one, criterion, cards)
        if moment is not None:
            usable.append((one, moment))
    kept = {one.call_id: moment for one, moment in usable}
    return [kept[one.call_id] for one in chosen([one for one, _ in usable], *wanted)]


def _cut(tx: Transaction, one: Candidate, criterion: str, cards: Cards) -> NewMoment | None:
    words = load_words(tx, one.call_id)
    piece = None if words is None else clip(one, words.transcript, _rule(one, criterion, cards))
    if piece is None:
        return None
    return NewMoment(one.call_id, piece.start, piece.end, piece.utterances, piece.quote, one.verdict)


def _rule(one: Candidate, criterion: str, cards: Cards) -> Rule | None:
    card = cards(one.scorecard, one.version)
    return next((each.rule for each in card.criteria if each.key == criterion), None) if card else None
