"""The frame in a real browser: a cold server, the first run, languages, themes, roles, signing out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard import settings, users
from dashboard.data import accounts, site
from dashboard.data.kinds import Role
from dashboard.registry import present
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, visit
from tests.dashboard.desk import session_of

pytestmark = pytest.mark.browser
PASSWORD = "kettle on the moon"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    desk_browser.chromium()
    with desk_browser.cold_server(tmp_path_factory.mktemp("desk")) as started:
        yield started


@pytest.fixture(scope="module")
def ready(server: Server, opened: Browser) -> Server:
    """The first administrator, made as a person makes one, after a cold server refused every page."""
    tab = visit(opened, server.url)
    for path in [f"/{page.address}" for page in present()]:  # cold: nothing ran before
        tab.open(path)
        assert "/qa/" in tab.page.url
        assert tab.page.locator('[data-testid="stApp"]').count() == 0
    tab.faults.clear()  # the refusals themselves
    tab.open("/qa/first-run?" + server.said(r"/qa/first-run\?(token=\S+)"))
    for name, text in (("d", "Nazanin Moradi"), ("u", "boss"), ("new", PASSWORD), ("again", PASSWORD)):
        tab.page.fill(f"#{name}", text)
    tab.page.click("form button")
    tab.settled()
    assert tab.faults == []
    tab.page.context.close()
    return server


@pytest.fixture
def on_the_server(ready: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process looks at the server's database."""
    monkeypatch.setenv("QA_DATA_DIR", str(ready.folder))
    site.forget()
    settings.desk.cache_clear()
    yield
    site.forget()


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024])
def test_language_theme_and_width(
    ready: Server, opened: Browser, on_the_server: None, language: str, scheme: str, width: int
) -> None:
    tab = visit(opened, ready.url, scheme=scheme, width=width)
    if width == 1440:  # the form in both languages and themes
        tab.sign_in("boss", PASSWORD, language)
    else:
        tab.enter(session_of("boss"), language)
    tab.open("/account?lang=" + language).settled()
    root = tab.page.evaluate(
        "[document.documentElement.lang, document.documentElement.dir, navigator.language]"
    )
    assert root == (["fa", "rtl", "fa-IR"] if language == "fa" else ["en", "ltr", "en-GB"])
    tab.page.wait_for_function(
        "w => document.querySelector('[data-testid=stSidebar]').offsetWidth === w",
        arg=212 if width == 1440 else 60,
    )
    sidebar = tab.page.locator('[data-testid="stSidebar"]').bounding_box()
    assert sidebar is not None
    assert (sidebar["x"] > width / 2) == (language == "fa")
    ground = tab.page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert ground == ("rgb(244, 246, 246)" if scheme == "light" else "rgb(12, 20, 23)")
    assert tab.page.evaluate("document.fonts.check('16px Vazirmatn', 'شنوا')")
    wide = tab.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert tab.faults == []
    tab.page.context.close()


def test_switching_language_and_theme(ready: Server, opened: Browser) -> None:
    tab = visit(opened, ready.url).sign_in("boss", PASSWORD)
    tab.open("/account").settled()
    tab.page.click('.who-do a[lang="fa"]')
    tab.page.wait_for_url("**/account?lang=fa")
    tab.settled()
    expect(tab.page.locator(".head h1")).to_have_text("حساب من")
    assert tab.page.evaluate("navigator.language") == "fa-IR"
    tab.open("/people").settled()  # the choice is the user's: no need to say it again
    expect(tab.page.locator(".head h1")).to_have_text("کاربران")
    tab.open("/account").settled()
    tab.page.get_by_role("link", name="تیره").click()
    tab.page.wait_for_load_state()
    tab.settled()
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    assert tab.page.evaluate(ground) == "rgb(12, 20, 23)"
    tab.open("/qa/theme?to=auto&next=/account").settled()
    assert tab.page.evaluate(ground) == "rgb(244, 246, 246)"
    tab.open("/qa/language?to=en&next=/account").settled()
    assert tab.faults == []
    tab.page.context.close()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.AGENT])
def test_each_role_sees_its_pages_and_no_other(
    ready: Server, opened: Browser, on_the_server: None, role: Role
) -> None:
    name = f"the-{role}"
    given = users.add(Role.ADMINISTRATOR, name, name, users.Rights(role))
    tab = visit(opened, ready.url).open("/qa/login?lang=en")
    tab.page.fill("#u", name)
    tab.page.fill("#p", given)
    tab.page.click("form button")
    tab.page.wait_for_url("**/qa/password")  # the one-time password leads here only
    for field, text in (("old", given), ("new", PASSWORD), ("again", PASSWORD)):
        tab.page.fill(f"#{field}", text)
    tab.page.click("form button")
    tab.settled()
    listed = tab.page.locator('[data-testid="stSidebarNavLink"]')
    shown = [entry for entry in present() if entry.allows(role) and not entry.hidden]
    expect(listed).to_have_count(len(shown))
    for entry in present():  # what the menu leads to by the menu, the rest as who types an address
        if entry in shown:
            tab.follow(entry.address)
        else:
            tab.open(f"/{entry.address}")
        tab.settled()
        refused = tab.page.get_by_text("You cannot open this page").count() > 0
        assert refused != entry.allows(role), entry.file
    assert tab.faults == []
    tab.page.context.close()


@pytest.mark.parametrize(
    ("role", "closed"), [(Role.MANAGER, "people"), (Role.SUPERVISOR, "ingest"), (Role.AGENT, "review")]
)
def test_a_cold_server_refuses_the_first_link(
    ready: Server, opened: Browser, on_the_server: None, role: Role, closed: str
) -> None:
    new = accounts.NewUser(f"cold-{role}", role)
    session = accounts.open_session(accounts.add(new), "127.0.0.1")
    with desk_browser.cold_server(ready.folder) as cold:
        tab = visit(opened, cold.url)
        tab.enter(session).open(f"/{closed}?lang=en").settled()  # nothing ran on this server before
        expect(tab.page.get_by_text("You cannot open this page")).to_be_visible()
        shown = [entry for entry in present() if entry.allows(role) and not entry.hidden]
        expect(tab.page.locator('[data-testid="stSidebarNavLink"]')).to_have_count(len(shown))
        assert tab.faults == []
        tab.page.context.close()


def test_adding_a_user(ready: Server, opened: Browser, on_the_server: None) -> None:
    tab = visit(opened, ready.url).sign_in("boss", PASSWORD)
    tab.open("/people").settled()
    tab.page.get_by_role("button", name="Add user").click()
    dialog = tab.page.get_by_role("dialog")
    dialog.get_by_label("User name").fill("sara")
    dialog.get_by_label("Name shown").fill("Sara Ahmadi")
    dialog.get_by_role("button", name="Add user").click()
    secret = tab.page.locator(".secret").inner_text()
    assert len(secret) == 14
    user = accounts.by_name("sara")
    assert user is not None
    assert user.must_change_password
    tab.page.get_by_role("button", name="I have passed it on").click()
    expect(tab.page.locator(".secret")).to_have_count(0)
    assert tab.faults == []
    tab.page.context.close()


def test_signing_out_ends_the_open_page_too(ready: Server, opened: Browser) -> None:
    tab = visit(opened, ready.url).sign_in("boss", PASSWORD)
    other = visit(opened, ready.url).sign_in("boss", PASSWORD)
    other.open("/people").settled()
    tab.open("/account").settled()
    tab.page.get_by_role("button", name="Sign out everywhere").click()
    tab.page.wait_for_url("**/qa/login")
    other.page.get_by_label("Find").fill("x")
    other.page.keyboard.press("Enter")
    expect(other.page.get_by_text("You are signed out")).to_be_visible()
    expect(other.page.get_by_text("Who may come in")).to_have_count(0)
    tab.open("/people")
    assert "/qa/login?next=%2Fpeople" in tab.page.url
    tab.page.context.close()
    other.page.context.close()


def test_a_link_from_a_mail_finds_the_session(ready: Server, opened: Browser, tmp_path: Path) -> None:
    tab = visit(opened, ready.url).sign_in("boss", PASSWORD)
    mail = tmp_path / "mail.html"
    mail.write_text(f'<a href="{ready.url}/account?lang=en">open</a>')
    tab.page.goto(mail.as_uri())
    tab.page.click("a")
    tab.settled()
    expect(tab.page.locator(".head h1")).to_have_text("My account")
    tab.page.context.close()
