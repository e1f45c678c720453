"""Changing a password, and the one that was made for one use."""

import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard import passwords, users
from dashboard.data import accounts
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from tests.dashboard.desk import PASSWORD, Site, log_is_sealed

HTML = {"Accept": "text/html"}
NEW = "two lamps by the door"


def change(client: TestClient, old: str = PASSWORD, new: str = NEW, again: str = NEW) -> Response:
    return client.post("/qa/password", data={"old": old, "new": new, "again": again})


def test_a_change_ends_every_other_session(client: TestClient, desk_site: Site) -> None:
    desk_site.add("boss")
    mine, other = desk_site.session("boss"), desk_site.session("boss")
    client.cookies.set(COOKIE, mine)
    answer = change(client)
    assert answer.status_code == 303
    assert log_is_sealed()
    fresh = answer.cookies[COOKIE]
    assert [accounts.signed_in(sid) is not None for sid in (mine, other, fresh)] == [False, False, True]
    user = accounts.by_name("boss")
    assert user is not None
    assert passwords.matches(user.password_hash, NEW)
    assert not passwords.matches(user.password_hash, PASSWORD)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (("wrong", NEW, NEW), "not your password"),
        ((PASSWORD, PASSWORD, PASSWORD), "differs from the old"),
        ((PASSWORD, "short", "short"), "at least 10"),
        ((PASSWORD, NEW, "other"), "not the same"),
    ],
)
def test_a_wrong_form_changes_nothing(
    client: TestClient, desk_site: Site, form: tuple[str, str, str], said: str
) -> None:
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    answer = change(client, *form)
    assert answer.status_code == 400
    assert said in answer.text
    assert client.get("/_stcore/host-config").status_code == 200


def test_guessing_the_old_password_is_slowed_too(client: TestClient, desk_site: Site) -> None:
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    for _number in range(3):
        change(client, old="wrong")
    assert "Too many tries" in change(client).text


def test_a_one_time_password_leads_only_to_a_new_one(client: TestClient, desk_site: Site) -> None:
    desk_site.add("boss")
    given = users.add(Role.ADMINISTRATOR, "sara", "Sara", users.Rights(Role.AGENT))
    answer = client.post("/qa/login", data={"u": "sara", "p": given})
    assert answer.status_code == 303
    page = client.get("/", headers=HTML)
    assert (page.status_code, page.headers["location"]) == (303, "/qa/password")
    assert client.get("/_stcore/host-config").status_code == 401
    assert client.get("/qa/audio/0123456789ab").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass
    assert change(client, old=given).status_code == 303
    assert client.get("/", headers=HTML).status_code == 200


def test_one_time_passwords_are_random_and_readable() -> None:
    made = {passwords.one_time() for _number in range(200)}
    assert len(made) == 200
    assert all(len(p) == 14 and set(p) <= set(passwords.EASY_LETTERS) | {"-"} for p in made)
    assert not {"0", "o", "1", "l", "i"} & set(passwords.EASY_LETTERS)


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
def test_nothing_matches_a_hash_that_is_none(kept: str | None) -> None:
    assert not passwords.matches(kept, "")
    assert not passwords.matches(kept, "anything")


def test_the_hash_is_argon2id() -> None:
    assert passwords.hashed("x").startswith("$argon2id$")
