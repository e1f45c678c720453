"""Sign-in with the organisation's account: Streamlit's signed cookie is traded for a session of ours."""

import json
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from streamlit.runtime.secrets import AttrDict
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard import users
from dashboard.data import accounts
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from qa.errors import InvalidSetting
from tests.dashboard.desk import PASSWORD, Site, log_is_sealed

HTML = {"Accept": "text/html"}
NAME = "_streamlit_user"


def signed(sub: str, secret: str | None = None) -> str:
    claims = json.dumps({"sub": sub, "is_logged_in": True, "provider": "default"})
    return create_signed_value(secret or get_cookie_secret(), NAME, claims).decode()


@pytest.fixture
def linked(client: TestClient, desk_site: Site, setting: Callable[[str, str], None]) -> TestClient:
    setting("QA_SINGLE_SIGN_ON", "true")
    desk_site.add("boss-one")
    desk_site.add("sara", Role.AGENT, subject="idp|42")
    return client


def test_a_linked_account_comes_in(linked: TestClient) -> None:
    linked.cookies.set(NAME, signed("idp|42"))
    assert linked.get("/", headers=HTML).headers["location"] == "/qa/organisation/return"
    answer = linked.get("/qa/organisation/return")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    found = accounts.signed_in(answer.cookies[COOKIE])
    assert found is not None
    assert found.user.name == "sara"
    assert log_is_sealed()
    assert any(c.startswith(f'{NAME}=""') for c in answer.headers.get_list("set-cookie"))  # used up


@pytest.mark.parametrize(
    ("cookie", "said"),
    [
        pytest.param(lambda: signed("idp|43"), "not known here", id="nobody is linked to it"),
        pytest.param(lambda: signed(""), "not completed", id="no subject"),
        pytest.param(lambda: signed("idp|42", "another secret"), "not completed", id="of somebody else"),
        pytest.param(lambda: json.dumps({"sub": "idp|42"}), "not completed", id="not signed"),
    ],
)
def test_anybody_else_does_not(linked: TestClient, cookie: Callable[[], str], said: str) -> None:
    answer = linked.get("/qa/organisation/return", headers={"Cookie": f"{NAME}={cookie()}"})
    assert answer.status_code == 403
    assert COOKIE not in answer.cookies
    assert said in answer.text


def test_a_disabled_user_does_not(linked: TestClient, desk_site: Site) -> None:
    accounts.set_disabled(desk_site.users["sara"], disabled=True)
    linked.cookies.set(NAME, signed("idp|42"))
    assert linked.get("/qa/organisation/return").status_code == 403


def test_without_the_setting_the_cookie_is_worth_nothing(client: TestClient, desk_site: Site) -> None:
    desk_site.add("sara", Role.AGENT, subject="idp|42")
    client.cookies.set(NAME, signed("idp|42"))
    assert client.get("/qa/organisation/return").status_code == 401
    assert client.get("/", headers=HTML).headers["location"] == "/qa/login"


@pytest.mark.parametrize(
    "server_metadata_url",
    [
        pytest.param("", id="no section in the secrets"),
        pytest.param("http://127.0.0.1:9/.well-known/openid-configuration", id="nobody listens"),
        pytest.param("provider.example", id="no address"),
    ],
)
def test_without_a_provider_it_says_so(
    linked: TestClient, monkeypatch: pytest.MonkeyPatch, server_metadata_url: str
) -> None:
    section = AttrDict({"server_metadata_url": server_metadata_url})
    monkeypatch.setattr("dashboard.server.organisation.get_secrets_auth_section", lambda: section)
    answer = linked.get("/qa/organisation")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_the_button_is_there_only_with_the_setting(
    linked: TestClient, setting: Callable[[str, str], None]
) -> None:
    assert "/qa/organisation" in linked.get("/qa/login").text
    setting("QA_SINGLE_SIGN_ON", "false")
    assert "/qa/organisation" not in linked.get("/qa/login").text


def test_linking_leaves_one_way_in(linked: TestClient, desk_site: Site) -> None:
    reza = desk_site.add("reza", Role.AGENT)
    users.link(Role.ADMINISTRATOR, reza, "idp|7")
    assert linked.post("/qa/login", data={"u": "reza", "p": PASSWORD}).status_code == 401
    linked.cookies.set(NAME, signed("idp|7"))
    assert linked.get("/qa/organisation/return").headers["location"] == "/"
    with pytest.raises(InvalidSetting):
        users.link(Role.ADMINISTRATOR, reza, "idp|42")  # Sara's
    users.link(Role.ADMINISTRATOR, reza, "")
    assert accounts.by_subject("idp|7") is None
