"""Users, sessions, tries to sign in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from qa.errors import InvalidSetting, NotFound
from qa.store.account import sessions, users
from qa.store.account.sessions import Lifetime
from qa.store.account.users import NewUser
from qa.store.database import Database, Transaction
from qa.store.kinds import Role, Theme
from qa.store.people import agent_id, team_id
from qa.store.scope import Scope
from qa.store.tables import sessions as sessions_table
from qa.store.types import utc_now

LIFETIME = Lifetime(absolute=timedelta(hours=12), idle=timedelta(hours=1))


def made(tx: Transaction, name: str = "Mina", role: Role = Role.MANAGER, **more: object) -> int:
    return users.add_user(tx, NewUser(name, role, password_hash="$argon2id$x", **more))  # type: ignore[arg-type]


def test_a_user_is_found_however_the_name_is_typed(database: Database) -> None:
    with database.write() as tx:
        user_id = made(tx, "Mina", display_name="Mina R.", subject="sso|1")
        user = users.find_user(tx, " mina ")
        assert user == users.get_user(tx, user_id) == users.find_subject(tx, "sso|1")
        assert user is not None
        assert (user.name, user.display_name, user.password_hash) == ("Mina", "Mina R.", "$argon2id$x")
        assert (user.theme, user.language, user.disabled) == (Theme.AUTO, None, False)
        assert users.find_user(tx, "nobody") is None
        assert users.find_user(tx, "  ") is None
        assert users.find_subject(tx, "sso|2") is None


@pytest.mark.parametrize(("name", "subject"), [("MINA", None), ("Other", "sso|1")])
def test_a_name_or_subject_is_taken_once(database: Database, name: str, subject: str | None) -> None:
    with database.write() as tx:
        made(tx, subject="sso|1")
        with pytest.raises(InvalidSetting, match="taken"):
            made(tx, name, subject=subject)
        assert users.count_users(tx) == 1  # the transaction goes on


def test_the_first_administrator_is_made_once(database: Database) -> None:
    with database.write() as tx:
        users.add_first_administrator(tx, NewUser("a", Role.ADMINISTRATOR, "x"))
        with pytest.raises(InvalidSetting, match="made already"):
            users.add_first_administrator(tx, NewUser("b", Role.ADMINISTRATOR, "x"))


def test_what_each_role_may_see(database: Database) -> None:
    with database.write() as tx:
        team, sara = team_id(tx, "Night"), agent_id(tx, "Sara")
        wanted = {
            made(tx, "a", Role.ADMINISTRATOR): Scope.all(),
            made(tx, "m", Role.MANAGER): Scope.all(),
            made(tx, "s", Role.SUPERVISOR, teams=frozenset({team})): Scope.of_teams([team]),
            made(tx, "s2", Role.SUPERVISOR): Scope(),
            made(tx, "g", Role.AGENT, agent_id=sara, teams=frozenset({team})): Scope.of_agent(sara),
            made(tx, "g2", Role.AGENT): Scope(),
        }
        assert {user.id: user.scope for user in users.list_users(tx)} == wanted
        manager = users.find_user(tx, "m")
        assert manager is not None
        users.set_disabled(tx, manager.id, disabled=True)
        assert users.get_user(tx, manager.id).scope == Scope()


def test_a_user_is_changed_field_by_field(database: Database) -> None:
    with database.write() as tx:
        user_id = made(tx)
        users.change_user(tx, user_id, language="fa", theme=Theme.DARK, role=Role.SUPERVISOR)
        users.set_teams(tx, user_id, [team_id(tx, "a"), team_id(tx, "b")])
        users.set_teams(tx, user_id, [team_id(tx, "b")])
        user = users.get_user(tx, user_id)
        assert (user.language, user.theme, user.role, user.teams) == (
            "fa",
            Theme.DARK,
            Role.SUPERVISOR,
            frozenset({team_id(tx, "b")}),
        )
        with pytest.raises(InvalidSetting, match="'password_hash' cannot be changed here"):
            users.change_user(tx, user_id, password_hash="y")
        with pytest.raises(NotFound, match="user 99"):
            users.change_user(tx, 99, language="fa")


def test_the_last_administrator_stays(database: Database) -> None:
    with database.write() as tx:
        first = made(tx, "a", Role.ADMINISTRATOR)
        with pytest.raises(InvalidSetting, match="last administrator"):
            users.set_disabled(tx, first, disabled=True)
        made(tx, "b", Role.ADMINISTRATOR)
        users.set_disabled(tx, first, disabled=True)
        assert users.get_user(tx, first).disabled
        users.set_disabled(tx, first, disabled=False)
        assert not users.get_user(tx, first).disabled


def test_of_a_session_id_only_the_hash_is_kept(database: Database) -> None:
    with database.write() as tx:
        user_id = made(tx)
        sessions.create(tx, "sid-1", user_id, LIFETIME, address="10.0.0.1")
        assert "sid-1" not in str(tx.execute(select(sessions_table)).all())
        found = sessions.find(tx, "sid-1", LIFETIME)
        assert found is not None
        assert (found.user_id, found.address) == (user_id, "10.0.0.1")
        assert sessions.find(tx, found.sid_hash, LIFETIME) is None
        assert sessions.find(tx, "sid-2", LIFETIME) is None


@pytest.mark.parametrize(
    ("after", "touched", "lives"),
    [
        (timedelta(minutes=59), None, True),
        (timedelta(minutes=61), None, False),  # idle for too long
        (timedelta(minutes=61), timedelta(minutes=30), True),
        (timedelta(hours=11, minutes=59), timedelta(hours=11, minutes=30), True),
        (timedelta(hours=12, minutes=1), timedelta(hours=11, minutes=50), False),  # too old, however busy
    ],
)
def test_a_session_ends_by_itself(
    database: Database, after: timedelta, touched: timedelta | None, lives: bool
) -> None:
    with database.write() as tx:
        sessions.create(tx, "s", made(tx), LIFETIME)
        now = utc_now()
        if touched is not None:
            sessions.touch(tx, "s", now=now + touched)
        assert (sessions.find(tx, "s", LIFETIME, now=now + after) is not None) is lives


@pytest.mark.parametrize("way", ["revoke", "everywhere", "password", "disabled"])
def test_ways_to_end_sessions(database: Database, way: str) -> None:
    with database.write() as tx:
        user_id, other = made(tx), made(tx, "other")
        for sid, owner in (("s1", user_id), ("s2", user_id), ("s3", other)):
            sessions.create(tx, sid, owner, LIFETIME)
        assert {s.sid_hash for s in sessions.list_sessions(tx, user_id, LIFETIME)} == {
            sessions.sid_hash(s) for s in ("s1", "s2")
        }
        if way == "revoke":
            sessions.revoke(tx, "s1")
        elif way == "everywhere":
            assert sessions.revoke_all(tx, user_id) == 2
        elif way == "password":
            users.set_password(tx, user_id, "$argon2id$y", must_change=True)
            assert users.get_user(tx, user_id).must_change_password
        else:
            users.set_disabled(tx, user_id, disabled=True)
        live = [sid for sid in ("s1", "s2", "s3") if sessions.find(tx, sid, LIFETIME)]
        assert live == (["s2", "s3"] if way == "revoke" else ["s3"])
        sessions.touch(tx, "s1")
        assert sessions.find(tx, "s1", LIFETIME) is None


def test_purging_deletes_only_what_is_over(database: Database) -> None:
    with database.write() as tx:
        user_id = made(tx)
        sessions.create(tx, "old", user_id, Lifetime(absolute=timedelta(0)))
        sessions.create(tx, "gone", user_id, LIFETIME)
        sessions.revoke(tx, "gone")
        sessions.create(tx, "live", user_id, LIFETIME)
        sessions.record_attempt(tx, "x", "10.0.0.1", succeeded=False)
        assert sessions.purge(tx, utc_now() - timedelta(days=1)) == 0
        assert sessions.purge(tx, utc_now() + timedelta(seconds=1)) == 3
        assert sessions.find(tx, "live", LIFETIME) is not None


def test_failed_tries_are_counted_by_user_and_by_address(database: Database) -> None:
    since = utc_now() - timedelta(minutes=15)
    tries = [("mina", "A", False), ("MINA ", "B", False), ("reza", "A", False), ("", "A", False)]
    with database.write() as tx:
        for name, address, succeeded in tries:
            sessions.record_attempt(tx, name, address, succeeded=succeeded)
        found = sessions.failures(tx, "Mina", "A", since)
        assert (found.by_user, found.by_address) == (2, 3)
        assert found.newest is not None
        sessions.record_attempt(tx, "mina", "A", succeeded=True)
        found = sessions.failures(tx, "mina", "A", since)
        assert (found.by_user, found.by_address) == (
            0,
            3,
        )  # an address does not buy itself free with one password
        sessions.record_attempt(tx, "mina", "C", succeeded=False)
        assert sessions.failures(tx, "mina", "C", since).by_user == 1
        assert sessions.failures(tx, "mina", "A", utc_now() + timedelta(seconds=1)) == sessions.Failures(
            0, 0, None
        )
