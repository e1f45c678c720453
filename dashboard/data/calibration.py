"""Calibrations for the pages. As long as one is open nothing here gives anybody a verdict."""

import streamlit as st

from dashboard.data import scorecards
from dashboard.data.acting import Act, audited, audited_alone
from dashboard.data.frames import KEPT
from dashboard.data.kinds import Role
from dashboard.data.review import PLANNERS, Person
from dashboard.data.site import Scope, database
from dashboard.rights import ask
from qa.errors import InvalidSetting
from qa.records import Verdict
from qa.review import calibrate
from qa.review.calibrate import FEWEST_PEOPLE, MOST_CALLS, RoundOrder
from qa.store.database import Transaction
from qa.store.desk import comparable, references, rounds
from qa.store.desk.comparable import Among, CardInUse
from qa.store.desk.reading import ReviewFilter, ReviewRow, list_reviews
from qa.store.desk.references import Place, Reference
from qa.store.desk.rounds import Progress, Round
from qa.store.kinds import ReviewKind, ReviewState, RoundState

__all__ = [
    "FEWEST_PEOPLE",
    "MOST_CALLS",
    "PLANNERS",
    "Among",
    "CardInUse",
    "Place",
    "Progress",
    "Reference",
    "ReviewRow",
    "Round",
    "RoundOrder",
    "RoundState",
]

BLIND = frozenset({ReviewKind.CALIBRATION})
OPEN = frozenset({ReviewState.ASSIGNED, ReviewState.STARTED})


def of_viewer(person: Person, role: Role) -> tuple[Round, ...]:
    """The rounds that a viewer may know of: all for those who make them, else those one takes part in."""
    with database().read() as tx:
        return rounds.list_rounds(tx, None if role in PLANNERS else person.user_id)


def find(round_id: int, person: Person, role: Role) -> Round | None:
    """One of them; ``None`` when the viewer may not know of it."""
    return next((one for one in of_viewer(person, role) if one.id == round_id), None)


def to_do(person: Person) -> tuple[ReviewRow, ...]:
    """The viewer's own open blind reviews, what is due first stands first."""
    wanted = ReviewFilter(reviewer_id=person.user_id, states=OPEN, kinds=BLIND)
    with database().read() as tx:
        return list_reviews(tx, person.scope, wanted)


def progress(round_id: int, person: Person, role: Role) -> tuple[Progress, ...]:
    """How far each reviewer is; nothing of a round that the viewer may not know of."""
    if find(round_id, person, role) is None:
        return ()
    with database().read() as tx:
        return rounds.progress(tx, round_id)


def blind_review(call_id: int, user_id: int) -> int | None:
    """The open blind review of this call by this user; while there is one no verdict may reach the user."""
    with database().read() as tx:
        return rounds.blind_reviews(tx, user_id).get(call_id)


def cards(among: Among) -> tuple[CardInUse, ...]:
    """The versions of scorecards that calls of these days were scored with."""
    return _in_use(among) if among.keys else _cards(among)


@st.cache_resource(ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs={Among: repr})
def _cards(among: Among) -> tuple[CardInUse, ...]:
    """Every call of the days is looked at, and the form asks again at each click."""
    return _in_use(among)


def _in_use(among: Among) -> tuple[CardInUse, ...]:
    with database().read() as tx:
        return comparable.cards_in_use(tx, among)


def make(role: Role, wanted: RoundOrder) -> Round:
    """Make a round.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: no name, too few people, or not enough calls that all of them may judge.
    """
    ask("calibration.make", role)
    made = calibrate.make_round(database(), wanted)
    audited_alone(Act.CALIBRATED, f"round:{made.id}", step="made")
    return made


def end_blind(role: Role, round_id: int) -> None:
    """Go to the debrief before everybody is done.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: nobody has finished a review, or it is no longer open.
    """
    ask("calibration.end_blind", role)
    with database().write() as tx:
        rounds.end_blind(tx, round_id)
        audited(tx, Act.CALIBRATED, f"round:{round_id}", step="debriefed")


def close(role: Role, round_id: int) -> None:
    """End the debrief.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: it is not being debriefed.
    """
    ask("calibration.close", role)
    with database().write() as tx:
        rounds.close_round(tx, round_id)
        audited(tx, Act.CALIBRATED, f"round:{round_id}", step="closed")


def set_reference(who: tuple[Role, int], place: Place, verdict: Verdict | None) -> None:
    """Set or take back the reference of a criterion.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the round is not being debriefed.
        NotFound: nobody judged the criterion in it.
    """
    role, user_id = who
    ask("calibration.set_reference", role)
    with database().write() as tx:
        references.set_reference(tx, place, verdict, user_id)
        audited(tx, Act.CALIBRATED, f"round:{place.round_id}", step="reference", criterion=place.key)


def set_agreed(who: tuple[Role, int], round_id: int) -> int:
    """Set what all the people agree on where no reference stands yet; gives how many were set.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the round is not being debriefed.
    """
    role, user_id = who
    ask("calibration.set_agreed", role)
    with database().write() as tx:
        known = {(one.call_id, one.key) for one in references.list_references(tx, round_id)}
        agreed = {place: said for place, said in _agreed(tx, round_id).items() if place not in known}
        for (call_id, key), verdict in agreed.items():
            references.set_reference(tx, Place(round_id, call_id, key), verdict, user_id)
        audited(tx, Act.CALIBRATED, f"round:{round_id}", step="references", count=len(agreed))
    return len(agreed)


def card_of(one: Round) -> scorecards.Scorecard:
    """The scorecard of a round.

    Raises:
        InvalidSetting: it is not known here.
    """
    card = scorecards.card(one.scorecard, one.version)
    if card is None:
        raise InvalidSetting(f"Scorecard {one.scorecard} is not published here; publish it.")
    return card


def _agreed(tx: Transaction, round_id: int) -> dict[tuple[int, str], Verdict]:
    finished = ReviewFilter(states=frozenset({ReviewState.FINISHED}), kinds=BLIND, round_id=round_id)
    verdicts = references.finished_verdicts(tx, round_id)
    said: dict[tuple[int, str], list[Verdict]] = {}
    for row in list_reviews(tx, Scope.all(), finished):
        for one in verdicts[row.id]:
            if one.human is not None:
                said.setdefault((row.call_id, one.key), []).append(one.human)
    return {
        place: found[0]
        for place, found in said.items()
        if len(found) >= FEWEST_PEOPLE and len(set(found)) == 1
    }
