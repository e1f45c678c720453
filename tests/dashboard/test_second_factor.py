"""The second factor: enrolled with a code, asked after the password, good once; recovery codes."""

import re
import time
from collections.abc import Callable

import pyotp
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dashboard import users
from dashboard.data import accounts, second_factor, site
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from dashboard.server.code import TOKEN_COOKIE
from qa import second_factor as codes
from qa.store.account import second_factors as stored
from tests.dashboard.desk import HOST, PASSWORD, Site

HTML = {"Accept": "text/html"}
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"


@pytest.mark.parametrize(
    ("now", "code"),  # RFC 6238, appendix B, the last six digits
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(now: int, code: str) -> None:
    assert codes.matching_step(RFC, code, now, -1) == now // 30


def test_a_code_is_good_once_and_a_step_to_either_side() -> None:
    now, step = 1_000_000_015.0, 1_000_000_015 // 30
    maker = pyotp.HOTP(RFC)
    taken = {shift: codes.matching_step(RFC, maker.at(step + shift), now, -1) for shift in range(-3, 4)}
    assert {shift for shift, found in taken.items() if found is not None} == {-1, 0, 1}
    assert codes.matching_step(RFC, maker.at(step), now, step) is None
    persian = maker.at(step).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert codes.matching_step(RFC, f" {persian[:3]} {persian[3:]}", now, -1) == step
    assert codes.matching_step(RFC, "", now, -1) is codes.matching_step(RFC, "x" * 6, now, -1) is None


def code_of(secret: str, shift: int = 0) -> str:
    return str(pyotp.HOTP(secret).at(int(time.time()) // 30 + shift))


def enrolled(user: int) -> tuple[str, tuple[str, ...]]:
    """Turn it on with the code of the step before, so that the one of now is still good."""
    secret = second_factor.enrol(user)
    made = second_factor.confirm(user, code_of(secret, -1))
    assert len(made) == 10
    return secret, made


def password(client: TestClient, name: str = "boss") -> None:
    answer = client.post("/qa/login?next=/calls", data={"u": name, "p": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/qa/code?next=%2Fcalls")


def test_enrolling_on_the_page(client: TestClient, desk_site: Site) -> None:
    boss = desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    page = client.get("/qa/second-factor").text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret is not None
    key = secret[1].replace(" ", "")
    assert "<svg" in page
    assert second_factor.enrol(boss) == key  # a reload shows the same
    for form, said in (
        ({"p": "wrong", "code": code_of(key)}, "not your password"),
        ({"p": PASSWORD, "code": "000000"}, "not the one for now"),
    ):
        answer = client.post("/qa/second-factor", data=form)
        assert (answer.status_code, said in answer.text) == (400, True)
        assert not second_factor.is_on(boss)
    shown = client.post("/qa/second-factor", data={"p": PASSWORD, "code": code_of(key)}).text
    assert len(re.findall(r"<li><code>", shown)) == 10
    assert second_factor.is_on(boss)
    again = client.get("/qa/second-factor").text
    assert key not in again.replace(" ", "")
    assert "Recovery codes left: 10" in again
    assert client.post("/qa/second-factor", data={"p": PASSWORD, "do": "off"}).status_code == 303
    assert not second_factor.is_on(boss)


def test_the_password_alone_opens_nothing(client: TestClient, desk_site: Site) -> None:
    secret, _codes = enrolled(desk_site.add("boss"))
    password(client)
    assert COOKIE not in client.cookies
    cookie = client.cookies.get(TOKEN_COOKIE)
    for path in ("/", "/calls", "/_stcore/host-config", "/qa/second-factor", "/qa/password"):
        assert client.get(path).status_code == 401
        assert client.get(path, headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass
    answer = client.post("/qa/code?next=/calls", data={"code": code_of(secret)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/calls")
    assert client.get("/_stcore/host-config").status_code == 200


def test_a_code_cannot_be_replayed(client: TestClient, desk_site: Site) -> None:
    secret, _codes = enrolled(desk_site.add("boss"))
    code = code_of(secret)
    for status in (303, 401):
        password(client)
        assert client.post("/qa/code", data={"code": code}).status_code == status
        client.cookies.clear()
    assert client.get("/qa/code", headers=HTML).headers["location"] == "/qa/login"  # nobody waits here


def test_of_two_sign_ins_with_one_code_one_is_let_in(desk_site: Site) -> None:
    """Both may have read the same row before either wrote: the database says who was first."""
    boss = desk_site.add("boss")
    enrolled(boss)
    step = int(time.time()) // 30 + 5
    with site.database().write() as tx:
        assert [stored.take_step(tx, boss, each) for each in (step, step, step - 1)] == [True, False, False]


def test_a_recovery_code_signs_in_once(client: TestClient, desk_site: Site) -> None:
    boss = desk_site.add("boss")
    _secret, made = enrolled(boss)
    for code, status in ((made[0].upper().replace("-", " "), 303), (made[0], 401), (made[1], 303)):
        password(client)
        assert client.post("/qa/code", data={"code": code}).status_code == status
        client.cookies.clear()
    assert second_factor.standing(boss).codes_left == 8
    renewed = second_factor.renew(boss)
    assert not second_factor.check(boss, made[2])
    assert second_factor.check(boss, renewed[0])


def test_guessing_codes_is_slowed_whatever_the_password_says(client: TestClient, desk_site: Site) -> None:
    secret, _codes = enrolled(desk_site.add("boss"))
    for _try in range(3):
        password(client)  # a right password wipes no wrong code
        assert client.post("/qa/code", data={"code": "000000"}).status_code == 401
    answer = client.post("/qa/code", data={"code": code_of(secret)})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


def test_the_form_of_another_site_and_a_token_that_is_over(client: TestClient, desk_site: Site) -> None:
    boss = desk_site.add("boss")
    secret, _codes = enrolled(boss)
    password(client)
    other = client.post("/qa/code", data={"code": code_of(secret)}, headers={"Origin": "http://evil.example"})
    assert other.status_code == 403
    accounts.set_disabled(desk_site.add("sara") and boss, disabled=True)
    assert client.post("/qa/code", data={"code": code_of(secret)}).headers["location"] == "/qa/login"


def test_the_secret_is_sealed_and_bound_to_its_user(desk_site: Site) -> None:
    boss, sara = desk_site.add("boss"), desk_site.add("sara")
    secret, made = enrolled(boss)
    with site.database().read() as tx:
        found = stored.find(tx, boss)
    assert found is not None
    raw = (desk_site.folder / "shenava.db").read_bytes()
    wal = desk_site.folder / "shenava.db-wal"
    raw += wal.read_bytes() if wal.exists() else b""
    assert secret.encode() not in raw
    assert made[0].encode() not in raw
    with site.database().write() as tx:
        stored.begin(tx, sara, found.sealed)
    with pytest.raises(Exception, match="damaged"):
        second_factor.enrol(sara)
    key = site.settings().keys_dir / second_factor.KEY_FILE
    assert key.stat().st_mode & 0o077 == 0


def test_a_role_that_may_not_be_without(
    client: TestClient, desk_site: Site, setting: Callable[[str, str], None]
) -> None:
    setting("QA_SECOND_FACTOR_ROLES", '["administrator"]')
    boss = desk_site.add("boss")
    desk_site.add("sara", Role.AGENT)
    client.cookies.set(COOKIE, desk_site.session("sara"))
    assert client.get("/_stcore/host-config").status_code == 200
    client.cookies.set(COOKIE, desk_site.session("boss"))
    for path in ("/", "/people", "/account", "/qa/language?to=fa"):
        answer = client.get(path, headers=HTML)
        assert (answer.status_code, answer.headers["location"]) == (303, "/qa/second-factor")
    assert client.get("/_stcore/host-config").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream"):
        pass
    assert accounts.signed_in(client.cookies[COOKIE]).limited  # type: ignore[union-attr]
    enrolled(boss)
    assert client.get("/_stcore/host-config").status_code == 200
    assert client.post("/qa/second-factor", data={"p": PASSWORD, "do": "off"}).status_code == 403


def test_an_administrator_takes_it_from_who_lost_it(client: TestClient, desk_site: Site) -> None:
    sara = desk_site.add("sara", Role.AGENT)
    enrolled(sara)
    client.cookies.set(COOKIE, desk_site.session("sara"))
    users.reset_second_factor(Role.ADMINISTRATOR, sara)
    assert client.get("/_stcore/host-config").status_code == 401
    answer = client.post("/qa/login", data={"u": "sara", "p": PASSWORD}, headers={"Origin": HOST})
    assert (answer.status_code, answer.headers["location"]) == (303, "/mine")
