"""The page shell: language, direction, theme, and headers that let nothing else run."""

import base64
import hashlib
import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from dashboard.data import accounts
from dashboard.identity import COOKIE
from dashboard.registry import PAGES
from dashboard.server.requests import LANGUAGE_COOKIE
from tests.dashboard.desk import Site

HTML = {"Accept": "text/html"}


@pytest.fixture
def inside(client: TestClient, desk_site: Site) -> TestClient:
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    return client


@pytest.mark.parametrize(
    ("url", "user", "said", "language"),
    [
        ("/?lang=fa", "en", ("en", "en"), "fa"),  # the address wins
        ("/?lang=de", "fa", ("", ""), "fa"),  # but only with a language we speak
        ("/", "fa", ("en", "en-US"), "fa"),  # then the user
        ("/", None, ("fa", "en-US"), "fa"),  # then the last visit
        ("/", None, ("", "fa-IR,fa;q=0.9"), "fa"),  # then the browser
        ("/", None, ("", "de-DE,en;q=0.5"), "en"),
        ("/", None, ("", ""), "en"),
    ],
)
def test_language_of_a_page_load(
    inside: TestClient, url: str, user: str | None, said: tuple[str, str], language: str
) -> None:
    cookie, accept = said
    boss = accounts.by_name("boss")
    assert boss is not None
    accounts.change(boss.id, {"language": user})
    if cookie:
        inside.cookies.set(LANGUAGE_COOKIE, cookie)
    answer = inside.get(url, headers=HTML | {"Accept-Language": accept})
    direction = {"fa": "rtl", "en": "ltr"}[language]
    assert f'<html lang="{language}" dir="{direction}"' in answer.text
    assert {"fa": '"fa-IR"', "en": '"en-GB"'}[language] in answer.text
    assert answer.cookies[LANGUAGE_COOKIE] == language


def test_the_site_may_speak_persian_first(inside: TestClient, setting: Callable[[str, str], None]) -> None:
    setting("QA_LANGUAGE", "fa")
    assert 'lang="fa"' in inside.get("/", headers=HTML | {"Accept-Language": ""}).text


def test_every_inline_script_is_in_the_policy(inside: TestClient) -> None:
    answer = inside.get("/", headers=HTML)
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert len(scripts) >= 2
    allowed = answer.headers["content-security-policy"]
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed
    script_sources = re.search(r"script-src ([^;]*)", allowed)
    assert script_sources is not None
    assert "unsafe" not in script_sources.group(1)
    assert "http" not in allowed


@pytest.mark.parametrize("path", ["/", "/qa/login", "/_stcore/health", "/nowhere", "/app/static/logo.svg"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_headers_on_every_answer(inside: TestClient, path: str, signed_in: bool) -> None:
    if not signed_in:
        inside.cookies.clear()
    headers = inside.get(path, headers=HTML).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"


def test_the_shell_is_not_kept_by_the_browser(inside: TestClient) -> None:
    answer = inside.get("/", headers=HTML | {"If-None-Match": "*"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


@pytest.mark.parametrize("path", ["/nowhere", "/people/more", "/qa", "/call/extra"])
def test_an_unknown_address_has_a_page_of_its_own(inside: TestClient, path: str) -> None:
    answer = inside.get(path, headers=HTML)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_page_has_its_address(inside: TestClient, page: object) -> None:
    assert inside.get(f"/{page.address}", headers=HTML).status_code == 200  # type: ignore[attr-defined]


def test_the_first_page_by_its_name_is_the_root(inside: TestClient) -> None:
    answer = inside.get("/overview?lang=fa", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=fa")


@pytest.mark.parametrize(
    ("theme", "said"),
    [
        ("dark", """'-v2',"\\"Dark\\"")"""),
        ("light", """'-v2',"\\"Light\\"")"""),
        ("auto", "localStorage.removeItem"),
    ],
)
def test_the_chosen_theme_is_set_before_the_page_starts(inside: TestClient, theme: str, said: str) -> None:
    answer = inside.get(f"/qa/theme?to={theme}&next=/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert said in inside.get("/account", headers=HTML).text


def test_a_language_switch_keeps_page_and_filters(inside: TestClient, desk_site: Site) -> None:
    answer = inside.get("/qa/language", params={"to": "fa", "next": "/calls?agent=3&lang=en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/calls?agent=3&lang=fa")
    user = accounts.by_name("boss")
    assert user is not None
    assert user.language == "fa"


@pytest.mark.parametrize("url", ["/qa/language?to=de", "/qa/language", "/qa/theme?to=pink"])
def test_other_choices_are_refused(inside: TestClient, url: str) -> None:
    assert inside.get(url).status_code == 400


def test_choices_lead_only_inside(inside: TestClient) -> None:
    assert inside.get("/qa/language?to=fa&next=//evil.example").headers["location"] == "/?lang=fa"
