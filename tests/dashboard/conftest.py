"""Every test gets a site of its own: empty data folder, real tables, real users and sessions."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient
from streamlit.components.v2 import manifest_scanner

from dashboard import identity, settings
from dashboard.data import demo, site
from tests.dashboard import browser, centre
from tests.dashboard.centre import Language
from tests.dashboard.desk import Site, new_client, site_at
from tests.made_once import made_once
from tests.store.fresh import fresh


@pytest.fixture(scope="session", autouse=True)
def one_look_at_the_packages() -> Iterator[None]:
    """AppTest reads the metadata of every installed package at each start, for four fifths of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture
def desk_site(tmp_path: Path) -> Iterator[Site]:
    with site_at(tmp_path):
        fresh(site.settings().url)
        demo.refresh()
        yield Site(tmp_path)


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    """A browser for the tests of a file."""
    with browser.browser() as found:
        yield found


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Set an environment variable of the desk."""

    def change(name: str, value: str) -> None:
        monkeypatch.setenv(name, value)
        settings.desk.cache_clear()
        site.settings.cache_clear()

    yield change
    settings.desk.cache_clear()


@pytest.fixture
def client(desk_site: Site) -> TestClient:
    return new_client()


@pytest.fixture
def sign_in_as(monkeypatch: pytest.MonkeyPatch, desk_site: Site) -> Callable[[str], None]:
    """Make page scripts run by AppTest see this user's session; AppTest itself has no cookies."""

    def sign_in(name: str) -> None:
        sid = desk_site.session(name)
        monkeypatch.setattr(identity, "session_id", lambda: sid)

    return sign_in


@pytest.fixture(scope="session")
def centres(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Language], Path]:
    """A centre in a language, made at its first use; to be copied."""

    @cache
    def centre_in(language: Language) -> Path:
        return made_once(tmp_path_factory, f"centre-{language}", partial(centre.make, language=language))

    return centre_in


@pytest.fixture
def filled(desk_site: Site, centres: Callable[[Language], Path]) -> Site:
    """The site with an English centre in it."""
    return centre.open_copy(centres("en"), desk_site)
