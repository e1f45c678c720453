"""Sign-in with the organisation's own account (OpenID Connect), through Streamlit's ``st.login`` machinery.

Streamlit does the exchange and leaves a signed cookie; the desk trades it at once for a session of its own,
so that everything behind the gate knows one kind of session (docs/sign-in.md).
"""

import json
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from dashboard.data import accounts
from dashboard.i18n import _, speaking
from dashboard.identity import COOKIE
from dashboard.server.forms import render
from dashboard.server.requests import address, pick_language, start_session
from dashboard.settings import desk

PROVIDER = "default"
COOKIE_OF_STREAMLIT = "_streamlit_user"


async def begin(_request: Request) -> Response:
    """To Streamlit's own sign-in route, with the token that it wants."""
    if not desk().single_sign_on:
        return RedirectResponse("/qa/login", 303)
    return RedirectResponse(f"/auth/login?provider={encode_provider_token(PROVIDER)}", 303)


async def finish(request: Request) -> Response:
    """From Streamlit's cookie to a session of the desk, for a user that an administrator linked."""
    if not desk().single_sign_on:
        return RedirectResponse("/qa/login", 303)
    subject = str(claims(request).get("sub", ""))
    user = await to_thread.run_sync(accounts.by_subject, subject) if subject else None
    if user is None or user.disabled:
        with speaking(pick_language(request)):
            text = _("This account is not known here. Ask the person who runs Shenava.")
        response: Response = render(request, "signin.html", 403, name="", error=text, single_sign_on=True)
    else:
        old = request.cookies.get(COOKIE, "")
        sid = await to_thread.run_sync(_open, user.id, address(request), old)
        response = RedirectResponse("/", 303)
        start_session(response, sid, request)
    for name in request.cookies:
        if name.startswith(COOKIE_OF_STREAMLIT):
            response.delete_cookie(name, path="/")
    return response


def _open(user_id: int, client: str, old: str) -> str:
    return accounts.open_session(user_id, client, instead_of=old)


def claims(request: Request) -> dict[str, Any]:
    """What the provider said, from the cookie that Streamlit signed; empty without a good signature."""

    def signed(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    found = get_cookie_with_chunks(signed, COOKIE_OF_STREAMLIT)
    return dict(json.loads(found)) if found else {}
