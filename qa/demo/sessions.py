"""Coaching of the demo centre: sessions that helped and one that did not, one to follow up, one that waits.

All of it goes through the same functions as at the desk; only the dates are moved into the past afterwards.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from qa.calendar import as_date, local_day
from qa.demo.coaching import PLANTED, day_of
from qa.demo.history import History, hire
from qa.demo.people import AGENTS
from qa.demo.sayings import SAID, Saying
from qa.demo.written import Written, write_calls
from qa.review.coach import Order, prepare_session
from qa.scorecard import Scorecard, default_scorecards
from qa.settings import Settings
from qa.store.account.users import NewUser, add_user, list_users
from qa.store.coaching import holding
from qa.store.coaching.holding import Plan
from qa.store.coaching.items import Change, NewItem, add_item, change_item
from qa.store.coaching.kinds import ItemOrigin, ItemState
from qa.store.coaching.plan import ItemFilter, list_items
from qa.store.coaching.planted import SessionTimes, date_item, date_session
from qa.store.coaching.reach import Person
from qa.store.database import Database, Transaction
from qa.store.kinds import Role
from qa.store.scope import Scope

DUE = 14
HOUR = time(10, 30)
COACH = "demo-reviewer-2"


@dataclass(frozen=True, slots=True)
class Course:
    """A session: ``agents`` are places in ``AGENTS``; held so many days ago (negative: to be held); due so
    many days after it. ``seen``: how many of the agents acknowledged; ``followed``: somebody followed up.
    """

    agents: tuple[int, ...]
    key: str
    ago: int
    due: int = DUE
    seen: int = 0
    followed: bool = False


COURSES = (
    Course((7,), "further_help", 20, 14, 1),  # its follow-up is overdue
    Course((11,), "recap_next_step", 2),  # waits for the agent
    Course((4, 5, 6), "survey_announced", 9, 21, 2),  # a group, of whom one has yet to see it
    Course((2,), "recap_next_step", -1),  # planned for tomorrow
)
WRITTEN = tuple(
    Written(agent, dialogue, ago)
    for agent, ago in ((2, 3), (11, 5), (7, 22), (9, 40))
    for dialogue, ago in (
        ("refund-long-silence", ago),
        ("booking-angry-customer", ago + 2),
        ("refund-hard-promise", ago + 5),
        ("order-late-parcel", ago + 9),
    )
)


def plant_coaching(database: Database, settings: Settings, history: History) -> None:
    """Plant sessions, plans and action items; nothing where the demo's desk was not made."""
    with database.write() as tx:
        coach = next((one for one in list_users(tx) if one.name == COACH), None)
        if coach is None:
            return
        staff = hire(tx, history.language)
        write_calls(tx, WRITTEN, (settings, history, staff))
    today = local_day(history.now, settings.zone)
    planted = tuple(
        Course(
            (one.agent,), one.key, today - day_of(one, history.now, settings, history.language), DUE, 1, True
        )
        for one in PLANTED
    )
    work = _Work(database, settings, history, Person(coach.id, Scope.of_teams(staff.teams)), staff.agents)
    for course in (*planted, *COURSES):
        _plant(work, course, today)
    _plant_items(work, staff.teams, today)


@dataclass(frozen=True, slots=True)
class _Work:
    database: Database
    settings: Settings
    history: History
    coach: Person
    agents: tuple[int, ...]

    def said(self, key: str) -> Saying:
        """What is written about a criterion."""
        return SAID[self.history.language][key]

    def moment(self, day: int) -> datetime:
        """Mid-morning of a local day, not after now."""
        at = datetime.combine(as_date(day), HOUR, self.settings.zone).astimezone(UTC)
        return min(at, self.history.now - timedelta(hours=1))


def _plant(work: _Work, course: Course, today: int) -> None:
    said, held = work.said(course.key), today - course.ago
    agents = tuple(work.agents[place] for place in course.agents)
    order = Order(agents, course.key, said.focus, min(today, held), held)
    number = prepare_session(work.database, work.coach, order, _card)
    plan = Plan(said.goal, said.value, said.action, max(today, held) + course.due, said.try_aloud)
    with work.database.write() as tx:
        holding.write_plan(tx, work.coach, number, plan, said.notes if course.ago >= 0 else "")
        prepared = work.moment(min(today, held) - 2)
        if course.ago < 0:
            date_session(tx, SessionTimes(number, prepared, due_day=today + course.due))
            return
        holding.agree(tx, work.coach, number, today)
        _see(tx, work, (number, course), today)
        if course.followed:
            holding.follow_up(tx, work.coach, number, said.followed)
        due, known = held + course.due, course.seen > 0
        times = SessionTimes(
            number, prepared, work.moment(held), held, due,
            work.moment(held + 1) if known else None, work.moment(due) if course.followed else None,
        )  # fmt: skip
        date_session(tx, times)
        _date_items(tx, work, number, (held + 1, due), done=course.followed)


def _see(tx: Transaction, work: _Work, about: tuple[int, Course], today: int) -> None:
    number, course = about
    for place in course.agents[: course.seen]:
        words = work.said(course.key).words if place == course.agents[0] else ""
        holding.acknowledge(tx, number, (_user(tx, work, place), work.agents[place]), words, today)


def _date_items(tx: Transaction, work: _Work, number: int, days: tuple[int, int], *, done: bool) -> None:
    made, due = days
    for item in list_items(tx, work.coach, ItemFilter(origin=ItemOrigin.COACHING, origin_id=number), 50):
        if done:
            change_item(tx, work.coach, item.id, Change(ItemState.DONE))
        date_item(tx, item.id, (work.moment(made), made), due)


def _plant_items(work: _Work, teams: tuple[int, ...], today: int) -> None:
    """Items that came from elsewhere: one by hand that is overdue, one from a calibration."""
    said, me = SAID[work.history.language], work.coach.user_id
    with work.database.write() as tx:
        for new, ago, due in (
            (NewItem(me, said["csat"].action, today, kpi="csat", team_id=teams[1]), 24, -3),
            (
                NewItem(
                    me, said["empathy_rule"].action, today, ItemOrigin.CALIBRATION,
                    criterion="empathy", team_id=teams[0],
                ), 12, 5,
            ),
            (NewItem(me, said["dead_air"].action, today, kpi="dead_air", team_id=teams[0]), 33, 10),
        ):  # fmt: skip
            item = add_item(tx, new, today, me)
            date_item(tx, item, (work.moment(today - ago), today - ago), today + due)


def _user(tx: Transaction, work: _Work, place: int) -> int:
    """The user of an agent of the demo, made if there is none."""
    agent = work.agents[place]
    known = next((one.id for one in list_users(tx) if one.agent_id == agent), None)
    if known is not None:
        return known
    name = AGENTS[place].name(work.history.language)
    new = NewUser(f"demo-agent-{place + 1}", Role.AGENT, display_name=name, agent_id=agent, generated=True)
    return add_user(tx, new)


def _card(name: str, version: int) -> Scorecard | None:
    return next((one for one in default_scorecards() if (one.id, one.version) == (name, version)), None)
