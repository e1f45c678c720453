"""A demo centre that people have worked in for a while: what pictures of the desk's pages need to show.

Everything goes through the doors that the pages use, so that nothing is in the pictures that a person could
not have done. The colleagues cannot sign in: nobody knows their passwords.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dashboard import passwords
from dashboard.data import accounts, calibration, calls, disputes, listing, review, site, targets
from dashboard.data.calibration import Among, RoundOrder
from dashboard.data.disputes import Answer, DisputeOutcome
from dashboard.data.kinds import CallStatus, Role
from dashboard.data.review import Mark, Person, ReviewRow
from dashboard.data.site import Scope
from qa.calendar import local_day
from qa.records import Verdict
from qa.store.people import list_agents, list_teams

DONE_OF_PLAN = 28
BLIND_CALLS = 3  # of each calibration: six calls of a language can be heard
LENIENT = {"empathy", "recap_next_step", "ownership"}
STRICT = {"greeting", "probing"}


@dataclass(frozen=True, slots=True)
class Words:
    """What people write, in the language of the centre."""

    manager: str
    lead: str
    rounds: tuple[str, str]
    reason: str
    contests: tuple[str, str, str]
    answer: str


WORDS = {
    "en": Words(
        "Neda Karimi",
        "Arash Tavakoli",
        ("Calibration of October", "Calibration of November"),
        "It is said later in the call.",
        (
            "I did say what happens next, at the very end.",
            "The customer laughed; I answered in the same tone.",
            "The line was silent because the customer looked for the number.",
        ),
        "Heard again: it is there, only late. Next time say it before the goodbye.",
    ),
    "fa": Words(
        "ندا کریمی",
        "آرش توکلی",
        ("هم‌سنجی مهر", "هم‌سنجی آبان"),
        "بعدتر در همین تماس گفته می‌شود.",
        (
            "گام بعدی را در پایان تماس گفتم.",
            "مشتری شوخی کرد و من هم با همان لحن پاسخ دادم.",
            "سکوت برای این بود که مشتری دنبال شماره می‌گشت.",
        ),
        "دوباره شنیده شد: گفته شده، ولی دیر. دفعهٔ بعد پیش از خداحافظی بگویید.",
    ),
}


def work(language: str, administrator: int) -> int:
    """Do what a desk does in some weeks; gives the number of the calibration that is being debriefed."""
    words = WORDS[language]
    with site.database().read() as tx:
        teams = [team.id for team in list_teams(tx)]
        agent = list_agents(tx)[0]
    manager = _colleague("neda", words.manager, Role.MANAGER)
    lead = _colleague("arash", words.lead, Role.SUPERVISOR, teams=frozenset(teams))
    own = _colleague("agent", agent.name, Role.AGENT, agent_id=agent.id)
    targets.change(Role.MANAGER, manager.user_id, None, {"quality": 85.0, "dead_air": 8.0})
    targets.change(Role.MANAGER, manager.user_id, teams[0], {"quality": 87.0})
    found = _calibrate((manager, lead), words)  # first: nobody calibrates on calls that they know
    _review_the_plan((manager, lead), words.reason)
    _contest((own.user_id, agent.id), manager, words)
    _give_to(administrator, lead)
    return found


def _colleague(name: str, shown: str, role: Role, **more: object) -> Person:
    hidden = passwords.hashed(os.urandom(16).hex())
    new = accounts.NewUser(name=name, role=role, password_hash=hidden, display_name=shown, **more)  # type: ignore[arg-type]
    return Person(accounts.add(new), Scope.all())


def _said(row: ReviewRow, leaning: Iterable[str], reason: str, person: Person) -> None:
    """Agree with the machine but for a few criteria, as people do."""
    stored = review.open_review(row.id, person)
    if stored is None:
        return
    marks = []
    for one in stored.verdicts:
        human = one.automatic
        if human is Verdict.CANNOT_TELL or (one.key in leaning and (row.call_id + len(one.key)) % 3 == 0):
            human = Verdict.NOT_MET if one.automatic is Verdict.MET else Verdict.MET
        marks.append(Mark(one.key, human, "" if human is one.automatic else reason))
    review.keep(row.id, person, marks, 150.0 + row.call_id % 200)
    review.finish(row.id, person)


def _review_the_plan(people: tuple[Person, Person], reason: str) -> None:
    _own, free = review.queue(people[0])
    for number, row in enumerate(free[:DONE_OF_PLAN]):
        _said(row, LENIENT if number % 2 else STRICT, reason, people[number % 2])


def _calibrate(people: tuple[Person, Person], words: Words) -> int:
    """Two calibrations: one judged by everybody, with most references set, and one that waits."""
    today = local_day(datetime.now(UTC), site.settings().zone)
    among = Among(first_day=today - 60, last_day=today)
    card = max(calibration.cards(among), key=lambda card: card.calls)
    ids = tuple(person.user_id for person in people)
    made = []
    for name in words.rounds:
        order = RoundOrder(
            name,
            (card.scorecard, card.version),
            ids,
            among,
            BLIND_CALLS,
            due=datetime.now(UTC) + timedelta(days=5),
            seed=7,
            made_by=people[0].user_id,
        )
        made.append(calibration.make(Role.MANAGER, order))
        if len(made) == 1:
            for person, leaning in zip(people, (STRICT, LENIENT), strict=True):
                for row in calibration.to_do(person):
                    _said(row, leaning, "", person)
            calibration.set_agreed((Role.MANAGER, people[0].user_id), made[0].id)
    return made[0].id


def _contest(agent: tuple[int, int], manager: Person, words: Words) -> None:
    wanted = listing.CallFilter(agents=frozenset({agent[1]}), statuses=frozenset({CallStatus.DONE}))
    rows = list(listing.every_row(Scope.all(), wanted, listing.Order.LOWEST))
    made = []
    for row, text in zip(rows[:3], words.contests, strict=True):
        made.append(disputes.contest(row.key, _lost(row.key), text, agent))
    said = Answer(DisputeOutcome.ACCEPTED, words.answer, Verdict.MET)
    disputes.answer(made[0], (manager.user_id, manager.scope), said)
    disputes.answer(made[1], (manager.user_id, manager.scope), Answer(DisputeOutcome.REJECTED, words.answer))


def _lost(key: str) -> str:
    """A criterion that the machine found not met."""
    found = calls.load_call(key, Scope.all())
    assert found is not None
    assert found.automatic is not None
    return next(r.key for r in found.automatic.scoring.criteria if r.judgement.verdict is Verdict.NOT_MET)


def _give_to(administrator: int, lead: Person) -> None:
    """Some of the plan's reviews are begun by the administrator, so that an own queue is there."""
    person = Person(administrator, lead.scope)
    _own, free = review.queue(person)
    for row in free[:4]:
        review.keep(row.id, person, [], 0.0)
