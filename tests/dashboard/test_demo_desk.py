"""The offer on an empty desk and the line over the pages, for each role, in both languages."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import demo, site
from dashboard.data.demo import DemoState
from dashboard.data.kinds import Role
from dashboard.i18n import _, speaking
from dashboard.registry import PAGES_DIR
from qa.store.site import set_setting
from tests.dashboard.desk import Site
from tests.demo.made import demo_centre

MAIN = str(PAGES_DIR.parent / "dashboard" / "main.py")
SignIn = Callable[[str], None]


def opened(language: str) -> AppTest:
    at = AppTest.from_file(MAIN, default_timeout=60)
    at.query_params["lang"] = language
    at.run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def buttons(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


@pytest.fixture(scope="module")
def whole_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo centre; to be copied."""
    return demo_centre(tmp_path_factory)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("role", list(Role))
def test_the_offer_is_for_those_who_bring_data_in(
    desk_site: Site, sign_in_as: SignIn, role: Role, language: str
) -> None:
    desk_site.add("boss", role)
    sign_in_as("boss")
    with speaking(language):
        at = opened(language)
        offer, title, line = _("Open the demo centre"), _("No calls yet"), _("Demo centre: generated data")
    assert title in html(at)
    assert (offer in buttons(at)) == (role in {Role.ADMINISTRATOR, Role.MANAGER})
    assert line not in html(at)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_line_stands_over_the_page_and_only_an_administrator_removes(
    whole_demo: Path, desk_site: Site, sign_in_as: SignIn, language: str
) -> None:
    site.forget()
    shutil.copytree(whole_demo, desk_site.folder, dirs_exist_ok=True)
    demo.refresh()
    for name, role in (("boss", Role.ADMINISTRATOR), ("lead", Role.MANAGER)):
        desk_site.add(name, role)
    with speaking(language):
        line, removal, sure = _("Demo centre: generated data"), _("Remove the demo"), _("Remove it now")
        sign_in_as("lead")
        at = opened(language)
        assert line in html(at)
        assert removal not in buttons(at)
        sign_in_as("boss")
        at = opened(language)
        assert line in html(at)
        at.button(key="demo_remove").click().run()
        assert sure in buttons(at)
        assert demo.state() is DemoState.READY  # asked, not yet done
        at.button(key="demo_remove_now").click().run()
        assert not at.exception
        assert demo.state() is DemoState.ABSENT
        assert line not in html(opened(language))


def test_a_half_made_one_says_so(desk_site: Site, sign_in_as: SignIn) -> None:
    with site.database().write() as tx:
        set_setting(tx, "demo", "making")
    desk_site.add("boss")
    sign_in_as("boss")
    at = opened("en")
    assert "It was not finished" in html(at)
    assert "Remove the demo" in buttons(at)


def test_pressing_the_offer_makes_it(
    desk_site: Site, sign_in_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.demo.centre.CALLS", 40)
    desk_site.add("boss")
    sign_in_as("boss")
    at = opened("en")
    at.button(key="state_overview_action").click().run()
    assert not at.exception
    until = time.monotonic() + 120
    while demo.state() is not DemoState.READY:
        assert time.monotonic() < until, demo.state()
        time.sleep(0.2)
    assert "generated data" in html(opened("en"))


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
def test_the_data_layer_refuses_other_roles(desk_site: Site, role: Role) -> None:
    with pytest.raises(PermissionError):
        demo.start(role, "en")
    with pytest.raises(PermissionError):
        demo.remove(role)
    with pytest.raises(PermissionError):
        demo.remove(Role.MANAGER)
