"""Coaching and action items: who may see what, what is kept, what goes with the demo centre."""

import pytest
from sqlalchemy import func, select

from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.store import people, tables
from qa.store.account.users import NewUser, add_user
from qa.store.coaching import holding, making
from qa.store.coaching.holding import Plan
from qa.store.coaching.items import Change, NewItem, add_item, change_item
from qa.store.coaching.kinds import CoachingState, ItemOrigin, ItemState
from qa.store.coaching.making import NewMoment, NewSession
from qa.store.coaching.plan import ItemFilter, count_items, item_events, list_items
from qa.store.coaching.planted import forget_coaching
from qa.store.coaching.reach import Person
from qa.store.coaching.reading import SessionFilter, get_session, list_sessions, moments_of
from qa.store.database import Database, Transaction
from qa.store.kinds import Role
from qa.store.made.bulk import delete_generated
from qa.store.scope import Scope
from tests.store.desk import Centre

ALL, TODAY = Scope.all(), 20_700
PLAN = Plan(
    "Every call ends with who does what by when", 75.0, "Name, task, time\nHear two calls", TODAY + 14
)
NEXT_STEP = "recap_next_step"
EVERY = SessionFilter()


def lead(centre: Centre) -> Person:
    return Person(centre.lead, centre.scope(0))


def boss(centre: Centre) -> Person:
    return Person(centre.boss, ALL)


def own(centre: Centre, place: int = 0) -> Scope:
    return Scope.of_agent(centre.agents[place])


def moment(centre: Centre, place: int = 0, verdict: Verdict = Verdict.NOT_MET) -> NewMoment:
    return NewMoment(centre.calls[place], 3.0, 9.5, (1, 2), "They will let you know", verdict)


def prepared(tx: Transaction, centre: Centre, *places: int) -> int:
    members = tuple(centre.agents[place] for place in places or (0,))
    moments = tuple(moment(centre, place) for place in places or (0,))
    new = NewSession(NEXT_STEP, "Say the next step", members, TODAY + 1, moments, {"mean": 52.0, "n": 40})
    return making.prepare(tx, boss(centre), new)


def held(tx: Transaction, centre: Centre, *places: int) -> int:
    made = prepared(tx, centre, *places)
    holding.write_plan(tx, boss(centre), made, PLAN, "She agrees that the closing is short.")
    holding.agree(tx, boss(centre), made, TODAY)
    return made


def test_a_session_from_prepared_to_an_item_on_the_plan(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = held(tx, centre)
        agreed = get_session(tx, own(centre), made)
        steps = holding.acknowledge(tx, made, (centre.sara, centre.agents[0]), " I will try. ", TODAY + 1)
        done = get_session(tx, ALL, made)
        items = list_items(tx, lead(centre), ItemFilter(origin=ItemOrigin.COACHING, origin_id=made), 9)
        with pytest.raises(NotFound, match="no plan of yours"):
            holding.acknowledge(tx, made, (centre.sara, centre.agents[0]), "again", TODAY + 1)
        holding.write_plan(tx, boss(centre), made, Plan("another"), "A note later.")
        kept = get_session(tx, ALL, made)
    assert (agreed.state, agreed.held_day, agreed.steps) == (CoachingState.HELD, TODAY, PLAN.steps)
    assert (done.state, done.members[0].own_words) == (CoachingState.ACKNOWLEDGED, "I will try.")
    assert steps == 2
    assert {(one.what, one.owner_id, one.due_day, one.criterion, one.agent_id) for one in items} == {
        (step, centre.sara, PLAN.due_day, NEXT_STEP, centre.agents[0]) for step in PLAN.steps
    }
    assert (kept.goal, kept.notes) == (PLAN.goal, "A note later.")  # an acknowledged plan stays as it is


def test_an_agent_reads_own_sessions_alone_and_no_draft(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        draft, both, others = prepared(tx, centre), held(tx, centre, 0, 1), held(tx, centre, 1)
        holding.write_plan(tx, boss(centre), draft, PLAN, "Not yet agreed.")
        mine = {one.id: one for one in list_sessions(tx, own(centre), EVERY, 9)}
        sounds = [len(moments_of(tx, own(centre), one)) for one in (draft, both, others)]
        with pytest.raises(NotFound):
            get_session(tx, own(centre), others)
    assert set(mine) == {draft, both}
    assert (mine[draft].goal, mine[draft].action, mine[draft].notes, mine[draft].evidence) == (
        "",
        "",
        "",
        None,
    )
    assert [member.agent for member in mine[both].members] == ["Sara"]  # no name of a colleague
    assert sounds == [0, 1, 0]  # nothing of a draft, own call of the group's two, nothing of another's


def test_a_supervisor_leads_sessions_of_own_teams_alone(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        mine, both = prepared(tx, centre), prepared(tx, centre, 0, 1)
        seen = [one.id for one in list_sessions(tx, centre.scope(0), EVERY, 9)]
        other = Person(centre.other, centre.scope(1))
        for refused in (
            lambda: holding.write_plan(tx, other, mine, PLAN, ""),
            lambda: holding.agree(tx, other, mine, TODAY),
            lambda: making.discard(tx, other, mine),
            lambda: making.plan_day(tx, other, mine, TODAY),
            lambda: holding.agree(tx, lead(centre), both, TODAY),  # one of them is of another team
            lambda: making.prepare(tx, other, NewSession(NEXT_STEP, "x", (centre.agents[0],))),
            lambda: making.prepare(
                tx, lead(centre), NewSession(NEXT_STEP, "x", (centre.agents[0],), None, (moment(centre, 1),))
            ),
            lambda: making.discard(tx, Person(centre.sara, own(centre)), mine),
            lambda: holding.write_plan(tx, Person(centre.sara, own(centre)), mine, PLAN, ""),
        ):
            with pytest.raises(NotFound):
                refused()
        making.plan_day(tx, lead(centre), mine, TODAY + 3)
        making.discard(tx, lead(centre), mine)
        assert list_sessions(tx, centre.scope(0), EVERY, 9) == ()
    assert seen == [mine]


def test_private_notes_are_for_who_wrote_them(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = held(tx, centre)
        holding.write_private_note(tx, lead(centre), made, "Tired lately; ask.")
    with database.read() as tx:
        read = [holding.private_note(tx, each, made) for each in (lead(centre), boss(centre))]
        for stranger in (Person(centre.sara, own(centre)), Person(centre.other, centre.scope(1))):
            with pytest.raises(NotFound):
                holding.private_note(tx, stranger, made)
        told = repr(get_session(tx, own(centre), made)) + repr(get_session(tx, ALL, made))
    assert read == ["Tired lately; ask.", ""]
    assert "Tired" not in told


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (Plan("goal", None, "step", None), "not whole"),
        (Plan("", 75.0, "step", TODAY), "not whole"),
        (Plan("goal", 75.0, " \n ", TODAY), "not whole"),
        (Plan("goal", 75.0, "step", TODAY - 1), "past"),
    ],
    ids=["no due date", "no goal", "no action", "due yesterday"],
)
def test_a_plan_is_whole_before_it_is_agreed(database: Database, plan: Plan, why: str) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = prepared(tx, centre)
        holding.write_plan(tx, lead(centre), made, plan, "")
        with pytest.raises(InvalidSetting, match=why):
            holding.agree(tx, lead(centre), made, TODAY)
        assert get_session(tx, ALL, made).state is CoachingState.PREPARED


def test_follow_ups_are_due_until_somebody_says_what_came_of_it(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = held(tx, centre)
        prepared(tx, centre)
        asked = [SessionFilter(due_by=PLAN.due_day or 0), SessionFilter(due_by=(PLAN.due_day or 0) - 1)]
        before = [[one.id for one in list_sessions(tx, ALL, each, 9)] for each in asked]
        with pytest.raises(InvalidSetting, match="no note"):
            holding.follow_up(tx, lead(centre), made, " ")
        holding.follow_up(tx, lead(centre), made, "Three of three calls ended well.")
        assert list_sessions(tx, ALL, asked[0], 9) == ()
    assert before == [[made], []]


def test_a_group_is_acknowledged_when_all_are(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        made = held(tx, centre, 0, 1)
        holding.acknowledge(tx, made, (centre.omid, centre.agents[1]), "", TODAY)
        first = get_session(tx, ALL, made).state
        holding.acknowledge(tx, made, (centre.sara, centre.agents[0]), "", TODAY)
        assert (first, get_session(tx, ALL, made).state) == (CoachingState.HELD, CoachingState.ACKNOWLEDGED)


def test_items_by_who_asks_and_their_history(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        team = centre.teams[0]
        mine = add_item(
            tx, NewItem(centre.sara, "Hear two calls", TODAY + 2, agent_id=centre.agents[0]), TODAY, None
        )
        about = add_item(
            tx, NewItem(centre.boss, "Mend the IVR", TODAY, kpi="csat", team_id=team), TODAY, None
        )
        far = add_item(
            tx, NewItem(centre.boss, "Hire", TODAY + 1, team_id=centre.teams[1]), TODAY, centre.boss
        )
        people_ = (
            boss(centre),
            lead(centre),
            Person(centre.sara, own(centre)),
            Person(centre.omid, own(centre, 1)),
        )
        seen = [[one.id for one in list_items(tx, each, ItemFilter(), 9)] for each in people_]
        late = [one.id for one in list_items(tx, boss(centre), ItemFilter(overdue_by=TODAY + 2), 9)]
        with pytest.raises(InvalidSetting, match="Only who leads"):
            change_item(tx, people_[2], mine, Change(due_day=TODAY + 90))
        with pytest.raises(NotFound):
            change_item(tx, people_[2], about, Change(ItemState.DONE))
        with pytest.raises(InvalidSetting, match="without a reason"):
            change_item(tx, lead(centre), mine, Change(ItemState.DROPPED))
        change_item(tx, people_[2], mine, Change(ItemState.DONE, note="Heard them."))
        change_item(tx, lead(centre), mine, Change(ItemState.OPEN, due_day=TODAY + 9, note="Once more."))
        told = [(e.state, e.due_day, e.note) for e in item_events(tx, [mine])[mine]]
        counted = count_items(tx, boss(centre), TODAY + 2)
    assert seen == [[about, far, mine], [about, mine], [mine], []]
    assert late == [about, far]
    assert told == [
        (ItemState.OPEN, TODAY + 2, ""),
        (ItemState.DONE, TODAY + 2, "Heard them."),
        (ItemState.OPEN, TODAY + 9, "Once more."),
    ]
    assert (counted.open, counted.overdue, counted.done, counted.total) == (3, 2, 0, 3)


def test_the_demo_takes_its_coaching_with_it(database: Database) -> None:
    with database.write() as tx:
        centre = Centre(tx)
        real = held(tx, centre)
        kept = add_item(tx, NewItem(centre.boss, "Mend the IVR", TODAY), TODAY, centre.boss)
        team = people.team_id(tx, "made up", generated=True)
        agent = people.agent_id(tx, "Made Up", team=team, generated=True)
        user = add_user(tx, NewUser("made", Role.AGENT, agent_id=agent, generated=True))
        made = making.prepare(tx, boss(centre), NewSession(NEXT_STEP, "x", (agent,)))
        holding.write_plan(tx, boss(centre), made, PLAN, "")
        holding.agree(tx, boss(centre), made, TODAY)
        holding.acknowledge(tx, made, (user, agent), "", TODAY)
        add_item(tx, NewItem(centre.boss, "For that team", TODAY, team_id=team), TODAY, centre.boss)
        with pytest.raises(InvalidSetting, match="demo centre"):
            change_item(tx, boss(centre), kept, Change(owner_id=user))
        forget_coaching(tx)
        delete_generated(tx)
        assert [one.id for one in list_sessions(tx, ALL, EVERY, 9)] == [real]
        assert [one.id for one in list_items(tx, boss(centre), ItemFilter(), 9)] == [kept]
        for table in (tables.agents, tables.users, tables.teams):
            assert tx.scalar(select(func.count()).where(table.c.generated)) == 0
