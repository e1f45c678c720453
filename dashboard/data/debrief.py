"""A calibration after its blind part: what everybody said, the machine among them, and the reference."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.data.calibration import BLIND, Round, RoundState, card_of
from dashboard.data.review import Person
from dashboard.data.site import database
from qa.analytics.calibration import (
    Leaning,
    Sides,
    close_pairs,
    criterion_alpha,
    leanings,
    score_alpha,
)
from qa.records import Verdict
from qa.store.desk.marking import human_scoring
from qa.store.desk.reading import ReviewFilter, ReviewRow, ReviewVerdict, list_reviews
from qa.store.desk.references import Reference, finished_verdicts, list_references
from qa.store.kinds import ReviewState

MACHINE = ""
"""The rater that is no person."""
DONE = frozenset({ReviewState.FINISHED})


@dataclass(frozen=True, slots=True)
class Heard:
    """A call of the round."""

    id: int
    key: str
    agent: str | None
    started_on: datetime


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything of a round. A rater is a user's number as text; ``said`` has what each person said by rater
    and call, ``machine`` the automatic verdict of that time by call. ``people`` are names by rater.
    """

    round: Round
    keys: tuple[str, ...]
    people: dict[str, str]
    calls: tuple[Heard, ...]
    said: dict[tuple[str, int], dict[str, ReviewVerdict]]
    machine: dict[int, dict[str, Verdict]]
    scores: dict[tuple[str, int], float]
    machine_scores: dict[int, float]
    references: dict[tuple[int, str], Reference]
    reference_scores: dict[int, float]

    def verdicts(self, call_id: int, key: str) -> dict[str, Verdict]:
        """What the people said of one criterion of one call, by rater."""
        found = {rater: self.said[rater, call_id].get(key) for rater in self.people
                 if (rater, call_id) in self.said}  # fmt: skip
        return {rater: one.human for rater, one in found.items() if one is not None and one.human is not None}

    def disputed(self, call_id: int, key: str) -> int:
        """How far apart: 2 when people differ, 1 when the machine alone does, 0 when all say the same."""
        people = set(self.verdicts(call_id, key).values())
        if len(people) > 1:
            return 2
        return int(bool(people) and self.machine.get(call_id, {}).get(key) not in people)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a debrief says in numbers. ``referred``: leanings are against the reference scores."""

    scores: Sides
    close: Sides
    criteria: dict[str, Sides]
    leanings: tuple[Leaning, ...]
    machine: Leaning | None
    referred: bool


def load(one: Round, person: Person) -> Debrief | None:
    """The debrief of a round that the viewer may know of; ``None`` while it is open, for everybody.

    Raises:
        InvalidSetting: the scorecard of the round is not known here.
    """
    if one.state is RoundState.OPEN:
        return None
    wanted = ReviewFilter(states=DONE, kinds=BLIND, round_id=one.id)
    with database().read() as tx:
        rows = list_reviews(tx, person.scope, wanted)
        verdicts = finished_verdicts(tx, one.id)
        found = {(each.call_id, each.key): each for each in list_references(tx, one.id)}
    card = card_of(one)
    keys = tuple(criterion.key for criterion in card.criteria)
    said = {(str(row.reviewer_id), row.call_id): {v.key: v for v in verdicts[row.id]} for row in rows}
    references: dict[int, float] = {}
    for row in rows:
        agreed = {key: found[row.call_id, key].verdict for key in keys if (row.call_id, key) in found}
        score = human_scoring(card, agreed).score if len(agreed) == len(keys) else None
        if score is not None:
            references[row.call_id] = score
    return Debrief(
        round=one,
        keys=keys,
        people={str(row.reviewer_id): row.reviewer or "" for row in sorted(rows, key=_name)},
        calls=_calls(rows),
        said=said,
        machine={row.call_id: {v.key: v.automatic for v in verdicts[row.id] if v.automatic} for row in rows},
        scores={(str(r.reviewer_id), r.call_id): r.human_score for r in rows if r.human_score is not None},
        machine_scores={row.call_id: row.auto_score for row in rows if row.auto_score is not None},
        references=found,
        reference_scores=references,
    )


def figures(found: Debrief) -> Figures:
    """Agreement and leanings of a round."""
    people = {
        place: {key: v.human.value for key, v in said.items() if v.human is not None}
        for place, said in found.said.items()
    }
    machine = {
        (MACHINE, call): {key: verdict.value for key, verdict in said.items()}
        for call, said in found.machine.items()
    }
    auto = {(MACHINE, call): score for call, score in found.machine_scores.items()}
    whole = bool(found.calls) and len(found.reference_scores) == len(found.calls)
    reference = found.reference_scores if whole else None
    every = leanings({**found.scores, **auto}, reference) if whole else ()
    return Figures(
        scores=score_alpha(found.scores, auto),
        close=close_pairs(found.scores, auto),
        criteria={key: criterion_alpha(people, machine, key) for key in found.keys},
        leanings=leanings(found.scores, reference),
        machine=next((one for one in every if one.rater == MACHINE), None),
        referred=whole,
    )


def _name(row: ReviewRow) -> tuple[str, int]:
    return row.reviewer or "", row.reviewer_id or 0


def _calls(rows: tuple[ReviewRow, ...]) -> tuple[Heard, ...]:
    found = {row.call_id: Heard(row.call_id, row.call_key, row.agent, row.started_on) for row in rows}
    return tuple(sorted(found.values(), key=lambda call: (call.started_on, call.id)))
