"""The first administrator: a token from the terminal, once."""

import stat

import pytest
from starlette.testclient import TestClient

from dashboard.data import accounts
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from dashboard.server import start, token
from tests.dashboard.desk import PASSWORD, Site, log_is_sealed

FORM = {"d": "Nazanin Moradi", "u": "n.moradi", "new": PASSWORD, "again": PASSWORD}


def test_the_link_is_printed_and_its_file_is_private(desk_site: Site) -> None:
    sentence = start.prepare()
    assert f"/qa/first-run?token={token.path().read_text()}" in sentence
    assert stat.S_IMODE(token.path().stat().st_mode) == 0o600
    assert start.prepare() == sentence  # a restart does not make an old line useless


@pytest.mark.parametrize("given", ["", "?token=", "?token=wrong"])
def test_no_form_without_the_token(client: TestClient, given: str) -> None:
    token.read_or_make()
    answer = client.get(f"/qa/first-run{given}")
    assert answer.status_code == 403
    assert "<form" not in answer.text


def test_no_token_file_means_no_token(client: TestClient) -> None:
    assert client.get("/qa/first-run?token=").status_code == 403
    assert client.post("/qa/first-run", data=FORM | {"token": ""}).status_code == 403


def test_the_token_makes_one_administrator(client: TestClient, desk_site: Site) -> None:
    given = token.read_or_make()
    assert "<form" in client.get(f"/qa/first-run?token={given}").text
    answer = client.post("/qa/first-run", data=FORM | {"token": given})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/_stcore/host-config").status_code == 200  # signed in
    assert log_is_sealed()
    (user,) = accounts.everybody()
    assert (user.name, user.display_name, user.role) == ("n.moradi", "Nazanin Moradi", Role.ADMINISTRATOR)
    assert not token.path().exists()
    client.cookies.clear()
    again = client.post("/qa/first-run", data=FORM | {"token": given, "u": "second"})
    assert again.status_code == 410
    assert len(accounts.everybody()) == 1
    assert client.get(f"/qa/first-run?token={given}").status_code == 410


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"new": "short", "again": "short"}, "at least 10 characters"),
        ({"new": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"}, "more different characters"),
        ({"new": "n.moradi and more", "again": "n.moradi and more"}, "user name out of the password"),
        ({"again": "something else"}, "not the same"),
        ({"u": " "}, "Type a user name"),
    ],
)
def test_a_bad_form_costs_nothing(
    client: TestClient, desk_site: Site, change: dict[str, str], said: str
) -> None:
    given = token.read_or_make()
    answer = client.post("/qa/first-run", data=FORM | {"token": given} | change)
    assert answer.status_code == 400
    assert said in answer.text
    assert accounts.everybody() == ()
    assert token.holds(given)
    assert COOKIE not in answer.cookies


def test_another_site_cannot_post_it(client: TestClient, desk_site: Site) -> None:
    given = token.read_or_make()
    answer = client.post(
        "/qa/first-run", data=FORM | {"token": given}, headers={"Origin": "http://evil.example"}
    )
    assert answer.status_code == 403
    assert accounts.everybody() == ()


def test_with_users_the_terminal_shows_the_way_in(desk_site: Site) -> None:
    token.read_or_make()
    desk_site.add("boss")
    assert start.prepare().endswith("/qa/login")
    assert not token.path().exists()
