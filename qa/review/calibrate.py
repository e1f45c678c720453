"""Calibration rounds: the calls of one, drawn or named, and the blind reviews of those who take part."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from qa.analytics.sampling import order
from qa.errors import InvalidSetting
from qa.review.people import judges
from qa.store.account.users import User, list_users
from qa.store.database import Database, Transaction
from qa.store.desk.assigning import NewReview, assign_all
from qa.store.desk.comparable import Among, Comparable, comparable
from qa.store.desk.rounds import NewRound, Round, get_round, save_round
from qa.store.kinds import ReviewKind

FEWEST_PEOPLE = 2
MOST_CALLS = 50
LONGEST = 200


@dataclass(frozen=True, slots=True)
class RoundOrder:
    """A round to make: ``count`` calls by chance out of ``among``, or all of its keys. ``reviewers`` are
    user numbers; ``seed`` ``None`` takes a new one.
    """

    name: str
    card: tuple[str, int]
    reviewers: tuple[int, ...]
    among: Among = field(default_factory=Among)
    count: int = 5
    due: datetime | None = None
    seed: int | None = None
    made_by: int | None = None


def make_round(database: Database, wanted: RoundOrder) -> Round:
    """Choose the calls, make the round and a blind review for each call and reviewer, in one transaction.

    Only calls count that all the reviewers may hear, that none of them is the agent of and that none of
    them has reviewed before.

    Raises:
        InvalidSetting: no name, too few people, too few such calls, or a key is none of them.
    """
    _check(wanted)
    with database.write() as tx:
        people = [user for user in list_users(tx) if user.id in wanted.reviewers]
        population = _population(tx, wanted, people)
        seed = None if wanted.among.keys else _seed(wanted)
        chosen = _chosen(population, wanted, seed)
        new = NewRound(
            name=wanted.name.strip()[:LONGEST],
            scorecard=wanted.card[0],
            version=wanted.card[1],
            seed=seed,
            population=None if seed is None else len(population),
            generated=all(call.generated for call in chosen),
            made_by=wanted.made_by,
            due=wanted.due,
        )
        made = save_round(tx, new)
        kind = ReviewKind.CALIBRATION
        assign_all(
            tx,
            (
                NewReview(call.call_id, kind, round_id=made, reviewer_id=user.id, due=wanted.due)
                for call in chosen
                for user in people
            ),
        )
        return get_round(tx, made)


def _check(wanted: RoundOrder) -> None:
    if not wanted.name.strip():
        raise InvalidSetting("The name is empty; give the calibration a name.")
    if len(set(wanted.reviewers)) < FEWEST_PEOPLE:
        raise InvalidSetting(f"{len(set(wanted.reviewers))} reviewers are too few; choose at least two.")
    calls = len(wanted.among.keys) or wanted.count
    if not 1 <= calls <= MOST_CALLS:
        raise InvalidSetting(f"{calls} calls cannot be calibrated on; choose 1 to {MOST_CALLS}.")


def _seed(wanted: RoundOrder) -> int:
    return secrets.randbits(48) if wanted.seed is None else wanted.seed


def _population(tx: Transaction, wanted: RoundOrder, people: list[User]) -> list[Comparable]:
    """Calls that everybody who takes part may judge and has not judged."""
    ids = {user.id for user in people}
    found = comparable(tx, wanted.card, wanted.among, ids)
    return [call for call in found if _all_may(people, ids, call)]


def _all_may(people: list[User], ids: set[int], call: Comparable) -> bool:
    able = {user.id for user in judges(people, call.agent_id, call.team_id, generated=call.generated)}
    return len(ids) >= FEWEST_PEOPLE and able == ids


def _chosen(population: list[Comparable], wanted: RoundOrder, seed: int | None) -> list[Comparable]:
    if seed is None:
        missing = sorted(set(wanted.among.keys) - {call.key for call in population})
        if missing:
            raise InvalidSetting(
                f"{len(missing)} of the calls cannot be used, the first is {missing[0]}: all reviewers must "
                "be able to hear it, none may have reviewed it, and it must be scored under this version."
            )
        return population
    if len(population) < wanted.count:
        raise InvalidSetting(
            f"{len(population)} calls fit, {wanted.count} were asked for; choose fewer calls, more days or "
            "reviewers who may hear more teams."
        )
    return sorted(population, key=lambda call: order(seed, call.key))[: wanted.count]
