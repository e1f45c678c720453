"""The weekly plan: population, layers, reviewers; and the call that replaces an unusable one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from qa.analytics.sampling import Aim, Candidate, Drawn, Sizes, draw, order, reasons, risky, share_out
from qa.calendar import day_bounds, local_day, week_start
from qa.errors import InvalidSetting
from qa.review.people import reviewers
from qa.review.settings import DeskSettings, desk_settings
from qa.settings import Settings
from qa.store.account.users import User, list_users
from qa.store.database import Database, Transaction
from qa.store.desk.assigning import NewReview, Replacement, assign_all, replace_review
from qa.store.desk.plans import NewPlan, find_plan, get_plan, save_plan
from qa.store.desk.population import Reviewable, reviewable
from qa.store.desk.reading import ReviewFilter, ReviewRow, list_reviews, load_review
from qa.store.kinds import Band, Layer, ReviewState
from qa.store.scope import Scope
from qa.store.types import utc_now

WEEK = 7
UNSURE = 0.6
"""Verdicts surer than this on average need no second ear."""
PROMISE, RUDE = "no_unrealistic_promise", "no_rude_words"


@dataclass(frozen=True, slots=True)
class Order:
    """A plan to make for the week that begins on ``week``. ``seed`` ``None`` takes a new one."""

    week: int
    seed: int | None = None
    made_by: int | None = None


def weeks_of(settings: Settings) -> Literal["fa", "en"]:
    """Whose weeks a site keeps: Saturday in Iran or where calls are Persian, Monday elsewhere."""
    persian = settings.language == "fa" or settings.time_zone == "Asia/Tehran"
    return "fa" if persian and settings.language != "en" else "en"


def last_week(settings: Settings, now: datetime) -> int:
    """First day of the last whole week."""
    return week_start(local_day(now, settings.zone), weeks_of(settings)) - WEEK


def make_plan(database: Database, settings: Settings, wanted: Order) -> tuple[ReviewRow, ...]:
    """Draw, share out and store a week's sample in one transaction; gives the reviews.

    Raises:
        InvalidSetting: the week has a plan, or no call that could be reviewed.
    """
    seed = secrets.randbits(48) if wanted.seed is None else wanted.seed
    with database.write() as tx:
        desk, users = desk_settings(tx), list_users(tx)
        calls = _population(tx, wanted.week)
        if not calls:
            raise InvalidSetting("This week has no scored call to review; choose another week.")
        drawn = draw(map(candidate, calls), _sizes(desk), _aim(desk), seed)
        demo = all(call.generated for call in calls)
        new = NewPlan(wanted.week, desk.stored, seed, len(calls), demo, wanted.made_by)
        plan = save_plan(tx, new)
        due = day_bounds(local_day(utc_now(), settings.zone) + desk.due_days, settings.zone)[1]
        assign_all(tx, _reviews(drawn, _shared(drawn, users, desk), (wanted.week, plan, due)))
        found = list_reviews(tx, Scope.all(), ReviewFilter(first_week=wanted.week))
    return tuple(row for row in found if row.plan_id == plan)


def due_plan(database: Database, settings: Settings, now: datetime) -> bool:
    """Make last week's plan if the site wants that and it is not made; True when it was made now."""
    week = last_week(settings, now)
    with database.read() as tx:
        wanted = desk_settings(tx).automatic and find_plan(tx, week) is None
    if not wanted:
        return False
    try:
        make_plan(database, settings, Order(week))
    except InvalidSetting:
        return False  # no call in that week, or another worker was quicker
    return True


def replace(database: Database, review_id: int, who: tuple[int, Scope], reason: str) -> int | None:
    """Set a review aside and give the reviewer the next call of the same layer (of the same agent in the
    random layer); gives the new review's number, ``None`` when no call is left.

    Raises:
        InvalidSetting: there is no reason.
        NotFound: the review is not this user's, or it is finished.
    """
    user_id, scope = who
    with database.write() as tx:
        row = load_review(tx, review_id, scope).row
        instead = _next(tx, row, scope)
        return replace_review(tx, review_id, user_id, scope, Replacement(reason, instead))


def candidate(call: Reviewable) -> Candidate:
    """A call as the draw sees it."""
    found = {
        "critical": call.critical,
        "abuse": call.abusive or RUDE in call.lost,
        "promise": PROMISE in call.lost,
        "complaint": call.complained,
        "low score": call.band is Band.FLAG,
        "low confidence": call.confidence is not None and call.confidence < UNSURE,
    }
    risks = frozenset(name for name, holds in found.items() if holds)
    return Candidate(
        call.call_id, call.key, call.agent_id, call.team_id, call.queue_id, risks, call.lost, call.agent_days
    )  # fmt: skip


def _population(tx: Transaction, week: int) -> tuple[Reviewable, ...]:
    return reviewable(tx, week, week + WEEK - 1)


def _sizes(desk: DeskSettings) -> Sizes:
    return Sizes(desk.per_agent, desk.risk, desk.targeted)


def _aim(desk: DeskSettings) -> Aim:
    return Aim(desk.queue_id, desk.criterion, desk.new_agent_days)


def _shared(drawn: Sequence[Drawn], users: Sequence[User], desk: DeskSettings) -> dict[int, int | None]:
    able = {one.call.call_id: reviewers(users, one.call.agent_id, one.call.team_id, desk) for one in drawn}
    return share_out(drawn, able)


def _reviews(
    drawn: Sequence[Drawn], shared: dict[int, int | None], plan: tuple[int, int, datetime]
) -> list[NewReview]:
    week, plan_id, due = plan
    return [
        NewReview(
            one.call.call_id,
            layer=Layer(one.layer),
            week=week,
            plan_id=plan_id,
            reviewer_id=shared[one.call.call_id],
            due=due,
            reasons=one.reasons,
        )
        for one in drawn
    ]


def _next(tx: Transaction, row: ReviewRow, scope: Scope) -> NewReview | None:
    plan = get_plan(tx, row.plan_id) if row.plan_id is not None else None
    if plan is None or row.layer is None:
        return None
    every = ReviewFilter(states=frozenset(ReviewState), first_week=plan.week)
    taken = {r.call_id for r in list_reviews(tx, Scope.all(), every) if r.plan_id == plan.id}
    free = [candidate(call) for call in _population(tx, plan.week) if call.call_id not in taken]
    free = [call for call in free if scope.everything or call.team_id in scope.teams]
    free.sort(key=lambda call: order(plan.seed, call.key))
    stored = plan.settings
    aim = Aim(stored.get("queue_id"), stored.get("criterion", ""), stored.get("new_agent_days", 0))
    fitting = {
        Layer.RANDOM: [call for call in free if call.agent_id == row.agent_id],
        Layer.RISK: risky(free),
        Layer.TARGETED: [call for call in free if aim.hits(call)],
    }[row.layer]
    if not fitting:
        return None
    why = reasons(fitting[0]) if row.layer is Layer.RISK else row.reasons
    return NewReview(
        fitting[0].call_id,
        layer=row.layer,
        week=row.week,
        plan_id=plan.id,
        reviewer_id=row.reviewer_id,
        due=row.due,
        reasons=why,
    )
