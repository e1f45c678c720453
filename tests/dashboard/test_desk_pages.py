"""Every page that is there, for every role, in both languages; what is not allowed says so."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import identity, users
from dashboard.data import accounts, site
from dashboard.data.kinds import Role
from dashboard.i18n import _, speaking
from dashboard.registry import PAGES, PAGES_DIR, SECTIONS, page
from qa.errors import InvalidSetting
from qa.store import people
from tests.dashboard.centre import MAIN, html, open_page
from tests.dashboard.desk import Site

MINE = ("people", "account")


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("file", MINE)
def test_page_for_role(
    desk_site: Site, sign_in_as: Callable[[str], None], file: str, role: Role, language: str
) -> None:
    desk_site.add("boss", role, display_name="Nazanin Moradi")
    sign_in_as("boss")
    with speaking(language):  # AppTest formats options in this thread, which has no session
        at = open_page(file, language)
        title, refusal = _(page(file).title), _("You cannot open this page")
    assert not at.exception
    body = html(at)
    allowed = page(file).allows(role)
    assert (f"<h1>{title}</h1>" in body) == allowed
    assert (refusal in body) != allowed
    assert "Nazanin Moradi" in body  # the sidebar is there either way


def test_nobody_sees_a_page_without_a_session(desk_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "session_id", lambda: "made-up")
    at = AppTest.from_file(MAIN, default_timeout=30).run()
    assert not at.exception
    assert "You are signed out" in html(at)
    assert "<h1>" not in html(at)


def test_a_session_that_ends_ends_the_open_page(desk_site: Site, sign_in_as: Callable[[str], None]) -> None:
    desk_site.add("boss")
    sign_in_as("boss")
    at = open_page("account", "en")
    accounts.close_all_sessions(desk_site.users["boss"])
    assert "You are signed out" in html(at.run())


def test_a_new_role_counts_at_once_and_ends_the_session(
    desk_site: Site, sign_in_as: Callable[[str], None]
) -> None:
    desk_site.add("boss")
    sara = desk_site.add("sara", Role.ADMINISTRATOR)
    sign_in_as("sara")
    at = open_page("people", "en")
    assert "Who may come in" in html(at)
    accounts.change(sara, {"role": Role.AGENT})
    assert "You are signed out" in html(at.run())
    sign_in_as("sara")
    assert "You cannot open this page" in html(open_page("people", "en"))


def people_page(desk_site: Site, sign_in_as: Callable[[str], None]) -> AppTest:
    desk_site.add("boss")
    sign_in_as("boss")
    return open_page("people", "en")


@pytest.mark.parametrize("name", ["", "BOSS"])
def test_a_bad_name_adds_nobody(desk_site: Site, name: str) -> None:
    desk_site.add("boss")
    with pytest.raises(InvalidSetting):
        users.add(Role.ADMINISTRATOR, name, "", users.Rights(Role.AGENT))
    assert len(accounts.everybody()) == 1


def test_a_new_user_keeps_only_the_rights_of_the_role(desk_site: Site) -> None:
    with site.database().write() as tx:
        north = people.team_id(tx, "North")
        agent = people.agent_id(tx, "Sara")
    users.add(Role.ADMINISTRATOR, "one", "One", users.Rights(Role.SUPERVISOR, frozenset({north}), agent))
    users.add(Role.ADMINISTRATOR, "two", "Two", users.Rights(Role.AGENT, frozenset({north}), agent))
    one, two = accounts.by_name("one"), accounts.by_name("two")
    assert one is not None
    assert two is not None
    assert (one.teams, one.agent_id) == ({north}, None)
    assert (two.teams, two.agent_id) == (frozenset(), agent)


def test_the_last_administrator_stays(desk_site: Site, sign_in_as: Callable[[str], None]) -> None:
    at = people_page(desk_site, sign_in_as)
    boss = desk_site.users["boss"]
    at.selectbox(key=f"rights_{boss}_role").select(Role.AGENT).run()
    at.button(key=f"save_{boss}").click().run()
    assert "needs one administrator" in at.error[0].value
    assert accounts.everybody()[0].role is Role.ADMINISTRATOR


def test_disable_and_reset(desk_site: Site, sign_in_as: Callable[[str], None]) -> None:
    sara = desk_site.add("sara", Role.AGENT)
    session = desk_site.session("sara")
    at = people_page(desk_site, sign_in_as)
    at.selectbox(key="picked").select(sara).run()
    at.button(key=f"reset_{sara}").click().run()
    assert accounts.signed_in(session) is None
    assert "secret" in html(at)
    at.button(key=f"disable_{sara}").click().run()
    user = accounts.by_name("sara")
    assert user is not None
    assert user.disabled


def test_registry_is_sound() -> None:
    assert len({entry.file for entry in PAGES}) == len(PAGES)
    assert {entry.section for entry in PAGES} <= set(SECTIONS)
    assert all(entry.roles for entry in PAGES)
    assert [entry.file for entry in PAGES if entry.address == ""] == [PAGES[0].file]
    scripts = {path.stem for path in PAGES_DIR.glob("*.py")}
    assert scripts <= {entry.file for entry in PAGES}, "a page that nothing leads to"
