"""Sign-in with the organisation's own account (OpenID Connect), through Streamlit's ``st.login`` machinery.

Streamlit does the exchange and leaves a signed cookie; the desk trades it at once for a session of its own,
so that everything behind the gate knows one kind of session (docs/sign-in.md).
"""

import json
import logging
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks, get_secrets_auth_section
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from dashboard.data import accounts
from dashboard.i18n import _, speaking
from dashboard.identity import COOKIE
from dashboard.server.forms import notice, render
from dashboard.server.requests import address, next_path, pick_language, secure, start_session
from dashboard.settings import desk
from dashboard.states import reference
from qa.logs import about

PROVIDER = "default"
COOKIE_OF_STREAMLIT = "_streamlit_user"
WANTED_COOKIE = "qa_wanted"
"""The page to open at the end. It is there while a sign-in is under way."""
UNDER_WAY = 600  # seconds
PATIENCE = 5.0  # seconds that the provider has to answer

log = logging.getLogger(__name__)


def link(request: Request) -> str:
    """The address that begins a sign-in and ends at the page that was asked for; empty when there is none."""
    wanted = request.query_params.get("next")
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return f"/qa/organisation{query}" if desk().single_sign_on else ""


async def begin(request: Request) -> Response:
    """To Streamlit's own sign-in route, with the token that it wants, if the provider is there."""
    if not desk().single_sign_on:
        return RedirectResponse("/qa/login", 303)
    if fault := await _fault():
        code = reference()
        log.warning("%s", fault, extra=about("provider.failed", reference=code))
        return notice(request, "provider", 503, code)
    response = RedirectResponse(f"/auth/login?provider={encode_provider_token(PROVIDER)}", 303)
    wanted = next_path(request.query_params.get("next"))
    response.set_cookie(
        WANTED_COOKIE, wanted, UNDER_WAY, httponly=True, samesite="lax", secure=secure(request)
    )
    return response


async def _fault() -> str:
    """What is in the way of a sign-in; empty when the provider describes itself."""
    import httpx2

    metadata = str(get_secrets_auth_section().get("server_metadata_url", ""))
    if not metadata:
        return "secrets.toml has no [auth] section with server_metadata_url (docs/sign-in.md)"
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE, follow_redirects=True) as client:
            (await client.get(metadata)).raise_for_status().json()["authorization_endpoint"]
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError) as error:
        return f"the sign-in provider at {metadata} does not describe itself ({type(error).__name__})"
    return ""


async def finish(request: Request) -> Response:
    """From Streamlit's cookie to a session of the desk, for a user that an administrator linked."""
    if not desk().single_sign_on:
        return RedirectResponse("/qa/login", 303)
    subject = str(claims(request).get("sub", ""))
    user = await to_thread.run_sync(accounts.by_subject, subject) if subject else None
    if user is None or user.disabled:
        response = _turned_away(request, known_there=bool(subject))
    else:
        old = request.cookies.get(COOKIE, "")
        sid = await to_thread.run_sync(_open, user.id, address(request), old)
        response = RedirectResponse(next_path(request.cookies.get(WANTED_COOKIE)), 303)
        start_session(response, sid, request)
    for name in request.cookies:
        if name.startswith(COOKIE_OF_STREAMLIT) or name == WANTED_COOKIE:
            response.delete_cookie(name, path="/")
    return response


def _turned_away(request: Request, *, known_there: bool) -> Response:
    with speaking(pick_language(request)):
        if known_there:
            text = _("This account is not known here. Ask the person who runs Shenava.")
        else:
            text = _("The sign-in with your organisation was not completed. Try again.")
    return render(request, "signin.html", 403, name="", error=text, organisation=link(request))


def _open(user_id: int, client: str, old: str) -> str:
    return accounts.open_session(user_id, client, instead_of=old)


def claims(request: Request) -> dict[str, Any]:
    """What the provider said, from the cookie that Streamlit signed; empty without a good signature."""

    def signed(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    found = get_cookie_with_chunks(signed, COOKIE_OF_STREAMLIT)
    return dict(json.loads(found)) if found else {}
