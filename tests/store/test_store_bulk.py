"""Generated history goes in fast and comes out without a trace."""

import time

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from qa.store import tables
from qa.store.account.users import NewUser, add_user
from qa.store.call.calls import all_media, register
from qa.store.call.detail import load_call
from qa.store.call.notes import NewNote, add_note
from qa.store.call.reviews import save_review
from qa.store.database import Database
from qa.store.kinds import Role
from qa.store.made.bulk import FinishedCall, delete_calls, delete_generated, save_finished
from qa.store.people import agent_id, list_agents, list_queues, list_teams, queue_id, team_id
from qa.store.scope import Scope
from tests.store.samples import measures, new_call, review, scoring
from tests.store.volume import fill


def rows(database: Database) -> dict[str, int]:
    with database.read() as tx:
        counts = {
            t.name: tx.scalar(select(func.count()).select_from(t)) or 0 for t in tables.metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count and not name.startswith("rollup_")}


def test_a_finished_call_is_the_same_as_a_reviewed_one(database: Database) -> None:
    with database.write() as tx:
        save_finished(tx, [FinishedCall(new_call(seed), measures(seed), scoring(seed)) for seed in (1, 2)])
        page = load_call(tx, new_call(2).sha256[:12], Scope.all())
    assert page.automatic is not None
    assert (page.automatic.scoring, page.measures, page.transcript) == (scoring(2), measures(2), None)


def test_a_call_that_is_here_already_stops_the_batch_whole(database: Database) -> None:
    with database.write() as tx:
        register(tx, new_call(2))
    with pytest.raises(IntegrityError), database.write() as tx:
        save_finished(tx, [FinishedCall(new_call(seed), (), scoring()) for seed in (1, 2)])
    assert rows(database) == {"calls": 1}


def test_the_demo_is_removed_without_a_trace(database: Database) -> None:
    fill(database, 300)
    with database.write() as tx:
        call = new_call(900, generated=True, agent_id=1, queue_id=1, team_id=1, media="ab/demo.wav")
        call_id = register(tx, call).call_id
        save_review(tx, call_id, review(900))
        user = add_user(tx, NewUser("Mina", Role.MANAGER, "x"))
        add_note(tx, NewNote(call_id, user, "good"))
        assert delete_generated(tx) == ("ab/demo.wav",)
        if tx.dialect.name == "sqlite":
            assert tx.exec_driver_sql("SELECT count(*) FROM call_fts").scalar() == 0
    assert rows(database) == {"users": 1}


def test_what_real_calls_and_users_need_outlives_the_demo(database: Database) -> None:
    with database.write() as tx:
        night, day, gone = (team_id(tx, name, generated=True) for name in ("night", "day", "gone"))
        sara, reza = (agent_id(tx, name, team=night, generated=True) for name in ("Sara", "Reza"))
        agent_id(tx, "Gone", team=gone, generated=True)
        queue, real = queue_id(tx, "500", generated=True), queue_id(tx, "600")
        register(tx, new_call(1, agent_id=sara, queue_id=queue, media="aa/real.wav"))
        register(tx, new_call(2, agent_id=reza, queue_id=real, generated=True, media=None))
        add_user(tx, NewUser("Reza", Role.AGENT, "x", agent_id=reza))
        add_user(tx, NewUser("Boss", Role.SUPERVISOR, "x", teams=frozenset({day})))
        assert delete_generated(tx) == ()
        assert [(a.name, a.generated) for a in list_agents(tx)] == [("Reza", False), ("Sara", False)]
        assert [q.name for q in list_queues(tx)] == ["500", "600"]
        assert [t.name for t in list_teams(tx)] == ["day", "night"]
        assert all_media(tx) == {"aa/real.wav"}
        assert delete_generated(tx) == ()


def test_deleting_calls_gives_their_files(database: Database) -> None:
    with database.write() as tx:
        ids = [
            register(tx, new_call(seed, media=media)).call_id
            for seed, media in ((1, "aa/1.wav"), (2, None), (3, "aa/3.wav"))
        ]
        assert set(delete_calls(tx, ids[:2])) == {"aa/1.wav"}
        assert delete_calls(tx, []) == ()
        assert all_media(tx) == {"aa/3.wav"}


def test_a_thousand_calls_go_in_within_ten_seconds(database: Database) -> None:
    begin = time.process_time()  # not the clock: other work on the machine must not fail this
    fill(database, 1000)
    seconds = time.process_time() - begin
    print(f"1000 calls with 19 criteria each on {database.dialect}: {seconds:.1f} s")
    assert rows(database)["criterion_results"] == 19_000
    assert seconds < 10
