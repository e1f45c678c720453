"""The review desk for the pages: queue, plan, drafts, figures. Every read and write asks for the scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl

from dashboard.data import scorecards
from dashboard.data.acting import Act, audited, audited_alone
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import allowed, ask, lead
from qa.errors import InvalidSetting, NotFound
from qa.records import Scoring, Seconds, Verdict
from qa.review import plan as planning
from qa.review.people import judges
from qa.review.settings import DeskSettings, desk_settings, save_desk_settings
from qa.store.account.users import User, list_users
from qa.store.call.calls import call_id_of
from qa.store.desk import assigning, marking, reading
from qa.store.desk.frames import EVERY, reviews_frame
from qa.store.desk.marking import Mark
from qa.store.desk.plans import Plan, find_plan
from qa.store.desk.reading import ReviewFilter, ReviewRow, ReviewVerdict, StoredReview
from qa.store.desk.rounds import blind_reviews
from qa.store.kinds import Layer, ReviewKind, ReviewState

__all__ = [
    "DeskSettings",
    "Layer",
    "Mark",
    "Person",
    "Plan",
    "ReviewKind",
    "ReviewRow",
    "ReviewState",
    "ReviewVerdict",
    "StoredReview",
]

OPEN = frozenset({ReviewState.ASSIGNED, ReviewState.STARTED})
PLANNERS = allowed("action", "review.make_plan")
"""Those who make the weekly plan and decide about the desk."""
WEEK = planning.WEEK


@dataclass(frozen=True, slots=True)
class Person:
    """Who works at the desk: the viewer as the store asks for it."""

    user_id: int
    scope: Scope


def queue(person: Person) -> tuple[tuple[ReviewRow, ...], tuple[ReviewRow, ...]]:
    """The viewer's own open reviews, and those that nobody has yet; what is due first stands first."""
    with database().read() as tx:
        own = reading.list_reviews(tx, person.scope, ReviewFilter(reviewer_id=person.user_id, states=OPEN))
        free = reading.list_reviews(tx, person.scope, ReviewFilter(unassigned=True, states=OPEN))
        able = [row for row in free if _may(list_users(tx), person.user_id, row)]
    return own, tuple(able)


def open_review(review_id: int, person: Person) -> StoredReview | None:
    """A review that the viewer may do now; ``None`` when it is another's, done or out of sight, or when a
    blind calibration of the same call comes first.
    """
    try:
        with database().read() as tx:
            found = reading.load_review(tx, review_id, person.scope)
            able = _may(list_users(tx), person.user_id, found.row)
            blind = blind_reviews(tx, person.user_id)
    except NotFound:
        return None
    mine = found.row.reviewer_id in (None, person.user_id) and found.row.state in OPEN
    able = able and (found.row.kind is ReviewKind.CALIBRATION or found.row.call_id not in blind)
    return found if mine and able else None


def human_of(call_id: int, scope: Scope) -> StoredReview | None:
    """What people say of a call now."""
    with database().read() as tx:
        return reading.latest_review(tx, call_id, scope)


def take(call_key: str, person: Person) -> int:
    """A review of this call out of turn, of no layer, for the viewer; one that is open already comes back.

    Raises:
        NotFound: the call is not there for this viewer, is the viewer's own, or has no verdicts.
    """
    lead("review.take", person.scope)
    with database().write() as tx:
        call_id = call_id_of(tx, call_key, person.scope)
        if call_id in blind_reviews(tx, person.user_id):
            raise NotFound(f"Call {call_key} is yours to judge blind first; open it from the calibration.")
        mine = ReviewFilter(reviewer_id=person.user_id, states=OPEN, call_id=call_id)
        for row in reading.list_reviews(tx, person.scope, mine):
            return row.id
        made = assigning.assign(tx, assigning.NewReview(call_id, reviewer_id=person.user_id))
        assigning.hold_own(tx, made, person.user_id, person.scope)
        audited(tx, Act.REVIEWED, f"review:{made}", step="taken")
        return made


def keep(review_id: int, person: Person, marks: list[Mark], seconds: Seconds) -> None:
    """Store the draft.

    Raises:
        NotFound: the review is not the viewer's, or it is finished.
        InvalidSetting: a criterion is not in it.
    """
    lead("review.keep", person.scope)
    with database().write() as tx:
        marking.save_draft(tx, review_id, (person.user_id, person.scope), marks, seconds)


def finish(review_id: int, person: Person) -> Scoring:
    """End a review.

    Raises:
        NotFound: the review is not the viewer's, or it is finished.
        InvalidSetting: a verdict or a reason is missing, or the scorecard is not known here.
    """
    lead("review.finish", person.scope)
    found = open_review(review_id, person)
    if found is None:
        raise NotFound(f"Review {review_id} is not yours to do now; reload your queue.")
    card = scorecards.card(found.row.scorecard, found.row.version)
    if card is None:
        raise InvalidSetting(f"Scorecard {found.row.scorecard} is not published here; publish it.")
    with database().write() as tx:
        made = marking.finish(tx, review_id, person.user_id, person.scope, card)
        audited(tx, Act.REVIEWED, f"review:{review_id}", step="finished")
        return made


def replace(review_id: int, person: Person, reason: str) -> int | None:
    """Set a review aside for the next call; ``None`` when none is left.

    Raises:
        InvalidSetting: there is no reason.
        NotFound: the review is not the viewer's, or it is finished.
    """
    lead("review.replace", person.scope)
    made = planning.replace(database(), review_id, (person.user_id, person.scope), reason)
    audited_alone(Act.REVIEWED, f"review:{review_id}", step="replaced", by_review=made)
    return made


def preview(scorecard: str, version: int, verdicts: Mapping[str, Verdict]) -> Scoring | None:
    """The human score as it stands; ``None`` while a verdict is missing or the scorecard is not known."""
    card = scorecards.card(scorecard, version)
    if card is None or {criterion.key for criterion in card.criteria} != set(verdicts):
        return None
    return marking.human_scoring(card, verdicts)


def last_week() -> int:
    """First day of the last whole week of the site."""
    return planning.last_week(settings(), datetime.now(UTC))


def plan_of(week: int) -> Plan | None:
    """The plan of a week."""
    with database().read() as tx:
        return find_plan(tx, week)


def make_plan(role: Role, user_id: int, week: int) -> int:
    """Make the plan of a week; gives the number of reviews.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the week has a plan, or nothing to review.
    """
    ask("review.make_plan", role)
    made = len(planning.make_plan(database(), settings(), planning.Order(week, made_by=user_id)))
    audited_alone(Act.REVIEWED, f"plan:{week}", step="planned", reviews=made)
    return made


def decided() -> DeskSettings:
    """The desk's settings."""
    with database().read() as tx:
        return desk_settings(tx)


def decide(role: Role, chosen: DeskSettings) -> None:
    """Change the desk's settings.

    Raises:
        PermissionError: this role may not.
    """
    ask("review.decide", role)
    with database().write() as tx:
        save_desk_settings(tx, chosen)
        audited(tx, Act.SETTING_CHANGED, "setting:review_desk")


def leads() -> tuple[User, ...]:
    """Who can be named as a reviewer."""
    with database().read() as tx:
        able = [user for user in list_users(tx) if not (user.disabled or user.generated)]
    return tuple(user for user in able if user.role is not Role.AGENT)


def frame(scope: Scope, weeks: int) -> pl.DataFrame:
    """Reviews whose calls are of the last so many weeks (``qa.frames.REVIEWS_SCHEMA``)."""
    since = last_week() - WEEK * (weeks - 1)
    wanted = ReviewFilter(states=EVERY.states, kinds=EVERY.kinds, first_week=since)
    return reviews_frame(database(), scope, wanted)


def overdue(row: ReviewRow, now: datetime) -> timedelta | None:
    """How late a review is; ``None`` while it is in time."""
    return now - row.due if row.due is not None and row.due < now else None


def _may(users: tuple[User, ...], user_id: int, row: ReviewRow) -> bool:
    return any(user.id == user_id for user in judges(users, row.agent_id, row.team_id))
