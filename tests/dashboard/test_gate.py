"""Nothing passes without a session but the way in."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard.data import accounts, site
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from dashboard.registry import PAGES
from qa.store.tables import sessions
from tests.dashboard.desk import Site

HTML = {"Accept": "text/html"}
CLOSED = [
    "/",
    *(f"/{page.address}" for page in PAGES[1:]),
    "/nowhere",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/upload_file/session/file",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/stream",
    "/media/d025075473351fd90929aaf8f12314c9.wav",
    "/component/any/index.html",
    "/static/js/index.js",
    "/auth/login",
    "/oauth2callback",
    "/qa/audio/0123456789ab",
    "/qa/password",
    "/qa/language?to=fa",
    "/qa/theme?to=dark",
    "/qa/organisation",
    "/qa/login/extra",
    "/app/staticx/fonts",
]


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("cookie", ["", "made-up"])
def test_closed_without_a_session(client: TestClient, path: str, cookie: str) -> None:
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    assert client.get(path, headers=headers).status_code == 401
    page = client.get(path, headers=headers | HTML)
    assert (page.status_code, page.headers["location"].split("?")[0]) == (303, "/qa/login")
    for method in ("post", "put", "delete", "options"):
        assert getattr(client, method)(path, headers=headers | HTML).status_code == 401


@pytest.mark.parametrize("path", ["/_stcore/health", "/app/static/logo.svg", "/app/static/signin.css"])
def test_open_paths(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code != 401
    assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/_stcore/stream", "/people/_stcore/stream", "/anything"])
def test_websocket_is_refused(client: TestClient, path: str) -> None:
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(path):
        pass
    assert refused.value.code == 4401


def test_the_wanted_page_is_kept_for_after_sign_in(client: TestClient) -> None:
    answer = client.get("/call?call=0123456789ab&t=14", headers=HTML)
    assert answer.headers["location"] == "/qa/login?next=%2Fcall%3Fcall%3D0123456789ab%26t%3D14"


def test_a_link_followed_from_elsewhere_is_sent_on_by_a_page_of_ours(client: TestClient) -> None:
    answer = client.get("/calls", headers=HTML | {"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert 'content="0;url=/qa/login?next=%2Fcalls"' in answer.text


def _enter(client: TestClient, desk_site: Site, name: str = "boss", **more: object) -> str:
    desk_site.add(name, **more)  # type: ignore[arg-type]
    sid = desk_site.session(name)
    client.cookies.set(COOKIE, sid)
    return sid


def test_a_session_opens_the_shell_and_streamlits_routes(client: TestClient, desk_site: Site) -> None:
    _enter(client, desk_site)
    assert client.get("/", headers=HTML).status_code == 200
    assert client.get("/_stcore/host-config").status_code == 200


@pytest.mark.parametrize(
    ("column", "back"),
    [
        ("last_seen", timedelta(minutes=61)),  # idle for longer than an hour
        ("expires_at", timedelta(seconds=1)),  # past its own end, however busy
    ],
)
def test_a_session_ends_by_itself(client: TestClient, desk_site: Site, column: str, back: timedelta) -> None:
    _enter(client, desk_site)
    assert client.get("/_stcore/host-config").status_code == 200
    with site.database().write() as tx:
        tx.execute(update(sessions).values({column: datetime.now(UTC) - back}))
    assert client.get("/_stcore/host-config").status_code == 401


def test_use_keeps_a_session_alive(client: TestClient, desk_site: Site) -> None:
    sid = _enter(client, desk_site)
    with site.database().write() as tx:
        tx.execute(update(sessions).values(last_seen=datetime.now(UTC) - timedelta(minutes=50)))
    client.get("/_stcore/host-config")
    found = accounts.signed_in(sid)
    assert found is not None
    assert datetime.now(UTC) - found.session.last_seen < timedelta(minutes=1)


@pytest.mark.parametrize(
    "end",
    [
        lambda user: accounts.set_disabled(user, disabled=True),
        accounts.close_all_sessions,
        lambda user: accounts.set_password(user, "x"),
    ],
    ids=["disabled", "signed out everywhere", "password reset"],
)
def test_what_ends_every_session(client: TestClient, desk_site: Site, end: object) -> None:
    desk_site.add("boss")
    _enter(client, desk_site, "sara", role=Role.AGENT)
    end(desk_site.users["sara"])  # type: ignore[operator]
    assert client.get("/_stcore/host-config").status_code == 401


ELSEWHERE = ("http://evil.example", "null", "http://testserver:81", "http://testserver.evil.example")
SENT = (
    ("post", "/_stcore/agent/interact"),
    ("put", "/_stcore/upload_file/a/b"),
    ("delete", "/_stcore/upload_file/a/b"),
    ("patch", "/"),
    *(("post", f"/qa/{name}") for name in ("login", "logout", "logout-everywhere", "password", "first-run")),
    *(("post", f"/qa/{name}") for name in ("code", "second-factor", "language", "theme")),
)


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_nothing_is_sent_from_a_page_of_another_site(
    client: TestClient, desk_site: Site, origin: str
) -> None:
    _enter(client, desk_site)
    for method, path in SENT:
        assert client.request(method, path, headers={"Origin": origin}).status_code == 403, (method, path)
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/_stcore/stream", headers={"Origin": origin}),
    ):
        pass
    assert refused.value.code == 4401
    assert client.get("/_stcore/host-config").status_code == 200  # nobody was signed out


def test_files_are_taken_from_roles_that_bring_them(client: TestClient, desk_site: Site) -> None:
    answers = {}
    for role in Role:
        _enter(client, desk_site, role.value, role=role)
        answers[role] = client.put("/_stcore/upload_file/a/b", content=b"x").status_code
    refused = {role for role, status in answers.items() if status == 403}
    # To the others Streamlit says itself that it knows no such page, or wants its own token.
    assert {Role.SUPERVISOR, Role.AGENT} <= refused
    assert client.put("/_stcore/upload_file/a/b").text == "this role brings no files"
    _enter(client, desk_site, "again", role=Role.MANAGER)
    assert client.put("/_stcore/upload_file/a/b").text != "this role brings no files"


def test_an_unreachable_store_lets_nobody_in(client: TestClient, desk_site: Site) -> None:
    _enter(client, desk_site)
    with site.database().write() as tx:
        tx.exec_driver_sql("ALTER TABLE sessions RENAME TO elsewhere")
    answer = client.get("/", headers=HTML)
    assert answer.status_code == 503
    assert "Nothing is lost" in answer.text
