"""Things of one team of the centre, and users of another who must learn and change nothing of them."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from dashboard.data import actions, calls, coaching, disputes, library, review, site
from dashboard.data.actions import NewItem
from dashboard.data.calls import Comment
from dashboard.data.coaching import NewSession, Person
from dashboard.data.kinds import Role
from dashboard.data.library import NewMoment
from qa.records import Span
from qa.review.calibrate import RoundOrder, make_round
from qa.store.alert.alerts import Found, Manner, keep_found
from qa.store.kinds import ContactOutcome, FollowUpReason, ImportKind
from qa.store.scope import Scope
from qa.store.tables import agents, comments, contacts, orders, promises, surveys
from qa.store.tables import calls as call_rows
from qa.store.types import utc_now
from qa.store.voice.import_log import Source, keep_source
from tests.dashboard.desk import Site
from tests.store.samples import sha

KEY = sha(1)[:12]
"""The call with words, of agent 1 of team 1."""
SECRETS = (
    "SECRETFOCUS",
    "SECRETITEM",
    "SECRETNOTE",
    "SECRETCOMMENT",
    "SECRETROUND",
    "SECRETTITLE",
    "SECRETREASON",
)


@dataclass(frozen=True, slots=True)
class Things:
    """Ids of team 1; ``boss`` made them. ``customer`` and what is theirs are team 1's alone. ``nobodys`` is a
    comment whose author nobody knows; ``lone`` a customer of one telephone record, which names agent 9.
    """

    boss: int
    call_id: int
    customer: str
    customer_call: tuple[int, str]
    promise: int
    survey: int
    session: int
    item: int
    dispute: int
    moment: int
    round: int
    alert: int
    note: int
    review: int
    comment: int
    nobodys: int
    lone: str


def make(desk: Site) -> Things:
    """Managers, ``near`` (agent 1), and the strangers ``lead`` (of team 3) and ``far`` (agent 9)."""
    boss = desk.add("boss", Role.MANAGER)
    judging = desk.add("second", Role.MANAGER), desk.add("third", Role.MANAGER)
    near = desk.add("near", Role.AGENT, agent_id=1)
    desk.add("lead", Role.SUPERVISOR, teams=frozenset({3}))
    desk.add("far", Role.AGENT, agent_id=9)
    every, today = Scope.all(), coaching.today()
    person = Person(boss, every)
    call_id, criterion, scorecard = _judged()
    customer, called, promise, survey = _customer()
    with site.database().write() as tx:
        found = Found("c", "g", today, team=1)
        (alert,) = keep_found(tx, Manner("abuse", lasting=False, closes=False), [found])
    round_ = make_round(site.database(), RoundOrder("SECRETROUND", scorecard, judging, count=1))
    comment, nobodys = _written(customer)
    return Things(
        comment=comment,
        nobodys=nobodys,
        lone=LONE,
        boss=boss,
        call_id=call_id,
        customer=customer,
        customer_call=called,
        promise=promise,
        survey=survey,
        session=coaching.prepare(person, NewSession(criterion, "SECRETFOCUS", (1,))),
        item=actions.add(person, NewItem(boss, "SECRETITEM", today, agent_id=1)),
        dispute=disputes.contest(KEY, criterion, "SECRETREASON", (near, 1)),
        moment=library.propose(NewMoment(KEY, criterion, Span(0.0, 30.0), "SECRETTITLE"), boss, every),
        round=round_.id,
        alert=alert.id,
        note=calls.add_comment(KEY, every, boss, Comment("SECRETNOTE")),
        review=review.take(KEY, review.Person(boss, every)),
    )


LONE = "f" * 64


def _written(customer: str) -> tuple[int, int]:
    """A comment, an order and a telephone record of a customer; a comment of nobody; a record of agent 9."""
    now = utc_now()
    with site.database().write() as tx:
        sources = {
            kind: keep_source(tx, kind, "strangers", Source(None, {}, None, None)).id for kind in ImportKind
        }
        row = {"source_id": sources[ImportKind.COMMENTS], "posted_at": now}
        said = ("own", customer, "SECRETCOMMENT"), ("nobodys", None, "A comment of nobody")
        made = [
            tx.execute(
                insert(comments).values(**row, key=key, customer_hash=whose, text=text)
            ).inserted_primary_key
            for key, whose, text in said
        ]
        bought = {"source_id": sources[ImportKind.ORDERS], "key": "own", "ordered_at": now}
        tx.execute(insert(orders).values(**bought, customer_hash=customer))
        told = {"source_id": sources[ImportKind.CDR], "started_at": now, "outcome": ContactOutcome.ANSWERED}
        nine = tx.scalar(select(agents.c.name).where(agents.c.id == 9))
        for key, whose, agent in (("own", customer, None), ("nine", LONE, nine)):
            values = told | {"key": key, "unique_id": key, "customer_hash": whose, "agent": agent}
            tx.execute(insert(contacts).values(**values))
    return made[0][0], made[1][0]


def _judged() -> tuple[int, str, tuple[str, int]]:
    detail = calls.load_call(KEY, Scope.all())
    assert detail is not None
    assert detail.automatic is not None
    scoring = detail.automatic.scoring
    return detail.head.id, scoring.criteria[0].key, (scoring.scorecard, scoring.version)


def _customer() -> tuple[str, tuple[int, str], int, int]:
    """A customer whose calls are team 1's alone and who wrote and bought nothing, a promise and a survey."""
    c = call_rows.c
    others = [
        select(table.c.customer_hash).where(table.c.customer_hash.is_not(None))
        for table in (comments, orders, contacts)
    ]
    elsewhere = select(c.customer_hash).where(c.customer_hash.is_not(None), c.team_id != 1)
    query = (
        select(c.customer_hash, c.id, c.key)
        .where(c.team_id == 1, c.customer_hash.is_not(None), c.customer_hash.not_in(elsewhere))
        .where(*(c.customer_hash.not_in(one) for one in others))
        .order_by(c.started_at.desc())
    )
    with site.database().write() as tx:
        customer, number, key = tx.execute(query).first() or ("", 0, "")
        # Today, so that it counts as a contact of late on whatever day the centre was drawn.
        now = {"started_at": utc_now(), "local_day": coaching.today()}
        tx.execute(update(call_rows).where(c.id == number).values(**now))
        owed = select(promises.c.id).join(call_rows, c.id == promises.c.call_id).where(c.team_id == 1)
        answered = select(surveys.c.id).join(call_rows, c.id == surveys.c.call_id).where(c.team_id == 1)
        return customer, (number, key), tx.scalars(owed).first() or 0, tx.scalars(answered).first() or 0


def customer_of(reason: FollowUpReason, subject: int) -> str:
    """Whose matter it is."""
    table = {FollowUpReason.LOW_SURVEY: surveys}.get(reason)
    with site.database().read() as tx:
        if table is not None:
            return str(tx.scalar(select(table.c.customer_hash).where(table.c.id == subject)))
        owed = select(call_rows.c.customer_hash).join(promises, promises.c.call_id == call_rows.c.id)
        return str(tx.scalar(owed.where(promises.c.id == subject)))


def agent_name(agent: int) -> str:
    """The name of an agent."""
    with site.database().read() as tx:
        return str(tx.scalar(select(agents.c.name).where(agents.c.id == agent)))
