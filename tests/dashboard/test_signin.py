"""Signing in and out."""

import time
from collections.abc import Callable

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from dashboard.data import accounts
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from tests.dashboard.desk import HOST, PASSWORD, Site, log_is_sealed, new_client


def post(
    client: TestClient, name: str = "boss", password: str = PASSWORD, url: str = "/qa/login", **headers: str
) -> Response:
    return client.post(url, data={"u": name, "p": password}, headers=headers)


@pytest.fixture
def ready(client: TestClient, desk_site: Site) -> TestClient:
    desk_site.add("boss")
    return client


def test_sign_in_gives_a_strict_cookie(ready: TestClient) -> None:
    answer = post(ready)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Max-Age=43200" in cookie
    assert "Secure" not in cookie  # plain http on this machine
    assert ready.get("/_stcore/host-config").status_code == 200


@pytest.mark.parametrize(("trusted", "secure"), [("true", True), ("false", False)])
def test_secure_behind_a_trusted_proxy_only(
    ready: TestClient, setting: Callable[[str, str], None], trusted: str, secure: bool
) -> None:
    setting("QA_TRUST_PROXY", trusted)
    answer = post(ready, **{"X-Forwarded-Proto": "https"})
    assert all(("Secure" in cookie) == secure for cookie in answer.headers.get_list("set-cookie"))


def test_every_sign_in_seals_the_log(ready: TestClient) -> None:
    for _times in range(2):
        assert not log_is_sealed()
        post(ready)
        assert log_is_sealed()
        accounts.record_attempt("boss", "10.0.0.9", succeeded=False)  # one more entry


@pytest.mark.parametrize(
    ("public", "trusted", "forwarded", "tls"),
    [
        ("https://desk.example", "false", "", True),  # the site says so
        ("http://desk.example", "true", "https", True),  # the proxy does
        ("http://desk.example", "true", "http", False),
        ("http://desk.example", "false", "https", False),  # a proxy that nobody believes
    ],
)
def test_behind_tls_cookies_and_transport_are_for_tls_alone(
    ready: TestClient,
    setting: Callable[[str, str], None],
    public: str,
    trusted: str,
    forwarded: str,
    tls: bool,
) -> None:
    setting("QA_PUBLIC_URL", public)
    setting("QA_TRUST_PROXY", trusted)
    said = {"X-Forwarded-Proto": forwarded} if forwarded else {}
    answer = post(ready, **said)
    cookies = answer.headers.get_list("set-cookie")
    assert [("Secure" in cookie) for cookie in cookies] == [tls] * len(cookies)
    assert cookies
    for path in ("/qa/login", "/healthz", "/app/static/logo.svg"):
        assert ("strict-transport-security" in ready.get(path, headers=said).headers) == tls


def test_a_session_id_planted_before_sign_in_is_worth_nothing(ready: TestClient, desk_site: Site) -> None:
    planted = desk_site.session("boss")
    ready.cookies.set(COOKIE, planted)
    answer = post(ready)
    fresh = answer.cookies[COOKIE]
    assert fresh != planted
    assert accounts.signed_in(planted) is None
    assert accounts.signed_in(fresh) is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8080"},
    ],
)
@pytest.mark.parametrize("path", ["/qa/login", "/qa/logout", "/qa/logout-everywhere", "/qa/password"])
def test_a_form_of_another_site_is_refused(
    ready: TestClient, desk_site: Site, path: str, headers: dict
) -> None:
    ready.cookies.set(COOKIE, desk_site.session("boss"))
    assert post(ready, url=path, **headers).status_code == 403
    assert ready.get("/_stcore/host-config").status_code == 200  # and nobody was signed out


def test_a_form_without_origin_is_refused(ready: TestClient) -> None:
    del ready.headers["Origin"]
    assert post(ready).status_code == 403
    assert post(ready, **{"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_wrong_name_and_wrong_password_look_the_same(ready: TestClient) -> None:
    wrong, unknown = post(ready, password="no"), post(ready, "nobody", "no")
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace("boss", "") == unknown.text.replace("nobody", "")


def test_an_unknown_name_takes_as_long(ready: TestClient, desk_site: Site) -> None:
    def seconds(name: str) -> float:
        start = time.perf_counter()
        post(ready, name, "no")
        return time.perf_counter() - start

    desk_site.add("sara", Role.AGENT)
    seconds("boss")
    known, unknown = min(seconds("boss"), seconds("sara")), min(seconds("x1"), seconds("x2"))
    assert unknown > 0.5 * known  # without the dummy check it is under a tenth


def test_a_disabled_user_cannot_sign_in(ready: TestClient, desk_site: Site) -> None:
    accounts.set_disabled(desk_site.add("sara", Role.AGENT), disabled=True)
    assert post(ready, "sara").status_code == 401


def test_failures_cost_a_growing_delay(ready: TestClient) -> None:
    for _number in range(3):
        assert post(ready, password="no").status_code == 401
    answer = post(ready)  # the right password, too soon
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 2
    assert COOKIE not in answer.cookies
    time.sleep(2.1)
    assert post(ready).status_code == 303
    assert post(new_client()).status_code == 303  # success wipes the count


def test_an_address_that_tries_many_names_waits_too(ready: TestClient) -> None:
    for number in range(10):
        assert post(ready, f"name{number}", "no").status_code == 401
    assert post(ready, "yet-another", "no").status_code == 429


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/calls?agent=3", "/calls?agent=3"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/qa/logout", "/"),
        ("", "/"),
    ],
)
def test_sign_in_leads_only_inside(ready: TestClient, wanted: str, led: str) -> None:
    answer = ready.post("/qa/login", params={"next": wanted}, data={"u": "boss", "p": PASSWORD})
    assert answer.headers["location"] == led


def test_sign_out_here_and_everywhere(ready: TestClient, desk_site: Site) -> None:
    post(ready)
    elsewhere = desk_site.session("boss")
    answer = ready.post("/qa/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/qa/login")
    assert ready.get("/_stcore/host-config").status_code == 401
    assert accounts.signed_in(elsewhere) is not None
    post(ready)
    ready.post("/qa/logout-everywhere")
    assert accounts.signed_in(elsewhere) is None


def test_a_long_form_is_not_read(ready: TestClient) -> None:
    assert post(ready, password=PASSWORD + " " * 9000).status_code == 401


def test_a_typed_name_is_escaped(ready: TestClient) -> None:
    answer = post(ready, '"><script>alert(1)</script>', "no")
    assert "<script>" not in answer.text


def test_a_new_site_leads_to_its_first_run(client: TestClient) -> None:
    assert client.get("/qa/login").headers["location"] == "/qa/first-run"


def test_signed_in_users_skip_the_form(ready: TestClient, desk_site: Site) -> None:
    ready.cookies.set(COOKIE, desk_site.session("boss"))
    assert ready.get("/qa/login?next=/calls").headers["location"] == "/calls"
    assert ready.get(f"/qa/login?next={HOST}").headers["location"] == "/"
