"""A user signs in through a real OpenID provider: discovery, code, token, signature, and our own user table.

The provider is an independent package; it knows registered clients alone, wants a nonce, and listens on
another host name than the desk, so that cookies meet the rules for other sites.
"""

import logging
from collections.abc import Iterator

import httpx
import pytest
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Browser, expect

from dashboard import passwords
from dashboard.data import accounts, site
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from dashboard.registry import present
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, Visit, free_port, visit
from tests.dashboard.desk import site_at
from tests.store.fresh import fresh

pytestmark = pytest.mark.browser
SECRETS = """[auth]
redirect_uri = "{desk}/oauth2callback"
cookie_secret = "a long random text of this test alone"
client_id = "{client_id}"
client_secret = "{client_secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with run_server_in_thread(require_client_registration=True, require_nonce=True) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[Server]:
    """A desk that is a registered client, with an agent linked to ``idp|sara`` and one who is disabled."""
    folder, port = tmp_path_factory.mktemp("desk"), free_port()
    desk = f"http://localhost:{port}"
    asked = httpx.post(f"{provider}/oauth2/clients", json={"redirect_uris": [f"{desk}/oauth2callback"]})
    secrets = SECRETS.format(desk=desk, provider=provider, **asked.raise_for_status().json())
    (folder / "secrets.toml").write_text(secrets)
    with site_at(folder):
        fresh(site.settings().url)
        for name in ("sara", "reza"):
            hidden = passwords.hashed(f"nobody types this for {name}")
            new = accounts.NewUser(name, Role.AGENT, hidden, name.title(), subject=f"idp|{name}")
            found = accounts.add(new)
            accounts.set_disabled(found, disabled=name == "reza")
        with desk_browser.cold_server(
            folder, port, QA_SINGLE_SIGN_ON="true", STREAMLIT_SECRETS_FILES=str(folder / "secrets.toml")
        ) as started:
            yield started
    site.forget()


def at_the_provider(tab: Visit, provider: str, wanted: str = "/?lang=en") -> Visit:
    """From the desk's own sign-in page to the form of the provider."""
    tab.page.context.route("https://**", lambda route: route.abort())  # its style sheet
    tab.open(wanted)
    tab.page.get_by_role("link", name="Continue with your organisation").click()
    tab.page.wait_for_url(f"{provider}/oauth2/authorize**")
    tab.faults.clear()  # of the provider's page
    return tab


def cookies(tab: Visit) -> set[str]:
    return {str(cookie.get("name")) for cookie in tab.page.context.cookies(tab.url)}


def test_a_linked_user_comes_in_as_our_table_says(opened: Browser, server: Server, provider: str) -> None:
    tab = at_the_provider(visit(opened, server.url), provider, "/account?lang=en")
    tab.page.fill("input[name=sub]", "idp|sara")
    tab.page.get_by_role("button", name="Authorize").click()
    tab.page.wait_for_url(f"{server.url}/account**")  # the page that was asked for
    tab.settled()
    expect(tab.page.get_by_text("Sara").first).to_be_visible()
    shown = [entry for entry in present() if entry.allows(Role.AGENT) and not entry.hidden]
    expect(tab.page.locator('[data-testid="stSidebarNavLink"]')).to_have_count(len(shown))
    tab.open("/people").settled()
    expect(tab.page.get_by_text("You cannot open this page")).to_be_visible()
    held = {str(cookie.get("name")): cookie for cookie in tab.page.context.cookies(tab.url)}
    assert not any(name.startswith("_streamlit_user") for name in held)  # traded in, not kept
    assert held[COOKIE].get("sameSite") == "Strict"
    assert [fault for fault in tab.faults if not fault.startswith((provider, "https://"))] == []
    tab.page.context.close()


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        pytest.param("idp|stranger", "not known here", id="nobody is linked"),
        pytest.param("idp|reza", "not known here", id="disabled"),
        pytest.param(None, "not completed", id="refused at the provider"),
    ],
)
def test_nobody_else_does(
    opened: Browser, server: Server, provider: str, subject: str | None, said: str
) -> None:
    tab = at_the_provider(visit(opened, server.url), provider)
    if subject is None:
        tab.page.get_by_role("button", name="Deny").click()
    else:
        tab.page.fill("input[name=sub]", subject)
        tab.page.get_by_role("button", name="Authorize").click()
    expect(tab.page.get_by_text(said)).to_be_visible()
    assert COOKIE not in cookies(tab)
    assert not any(name.startswith("_streamlit_user") for name in cookies(tab))
    tab.open("/people")
    assert "/qa/login" in tab.page.url
    tab.page.context.close()
