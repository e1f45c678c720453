"""The gate: without a session nothing passes but the way in. The websocket and recordings included."""

import logging
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.data import accounts
from dashboard.data.accounts import User
from dashboard.data.acting import acting
from dashboard.identity import COOKIE
from dashboard.rights import allowed
from dashboard.server import health, push
from dashboard.server.forms import notice
from dashboard.server.requests import USER_KEY, same_origin
from dashboard.settings import desk
from dashboard.states import reference
from qa.errors import StoreUnavailable
from qa.logs import about

log = logging.getLogger(__name__)

OPEN = frozenset({"/qa/login", "/qa/code", "/qa/first-run", "/_stcore/health", *health.PATHS})
OPEN_BELOW = ("/app/static/",)
"""Fonts, the mark and scripts that are in the public source; never a recording."""
SINGLE_SIGN_ON = frozenset({"/qa/organisation", "/qa/organisation/return", "/auth/login", "/oauth2callback"})
BEFORE_NEW_PASSWORD = frozenset({"/qa/password", "/qa/second-factor", "/qa/logout"})
"""Where a session leads that must first choose a password or a second factor."""
REFUSED = 4401
LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
UPLOADS, UPLOADERS = "/_stcore/upload_file/", allowed("page", "ingest") | allowed("page", "imports")
"""Where Streamlit takes files in, whatever page is open, and the roles of the pages that ask for files."""
PROVIDER_COOKIES = frozenset({"_streamlit_user", "qa_wanted"})
"""Left by a sign-in with the organisation's account that is back, well or not."""

BOUNCE = '<!doctype html><meta http-equiv="refresh" content="0;url={}"><title>Shenava</title>'


def is_open(path: str) -> bool:
    """True for the few paths that need no session; ``/qa/api/`` asks for a key of its own."""
    if path in OPEN or path in push.PATHS or path.startswith(OPEN_BELOW):
        return True
    return desk().single_sign_on and path in SINGLE_SIGN_ON


class Gate:
    """Looks the session up in the store at every request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the user in the scope, or refuse."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        acting(None)
        if _from_elsewhere(connection):
            await _refuse(PlainTextResponse("bad origin", 403), scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._passed(connection, scope, receive, sending)
        except StoreUnavailable as error:
            if begun:
                raise
            await self._unavailable(connection, error)(scope, receive, send)

    async def _passed(self, connection: HTTPConnection, scope: Scope, receive: Receive, send: Send) -> None:
        found = await to_thread.run_sync(accounts.signed_in, connection.cookies.get(COOKIE, ""))
        if found is not None:
            scope = {**scope, USER_KEY: found.user}
            acting(found.user.id)
            if scope["path"].startswith(UPLOADS) and found.user.role not in UPLOADERS:
                await PlainTextResponse("this role brings no files", 403)(scope, receive, send)
                return
            if not found.limited or is_open(scope["path"]) or scope["path"] in BEFORE_NEW_PASSWORD:
                await self.app(scope, receive, send)
                return
        elif is_open(scope["path"]):
            await self.app(scope, receive, send)
            return
        await _refuse(_refusal(HTTPConnection(scope)), scope, receive, send)

    def _unavailable(self, connection: HTTPConnection, error: StoreUnavailable) -> Response:
        code = reference()
        log.warning("%s", error.message, extra=about("store.unavailable", reference=code))
        return notice(connection, "failed", 503, code)


async def _refuse(answer: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": REFUSED})
        return
    await answer(scope, receive, send)


def _from_elsewhere(connection: HTTPConnection) -> bool:
    """True when a page of another site opens the websocket, or sends what is more than a look. ``/qa/api/``
    asks for a key that no browser has; a websocket without an origin is no browser's.
    """
    if connection.scope["type"] == "websocket":
        return "origin" in connection.headers and not same_origin(connection)
    if connection.scope["method"] in LOOKS or connection.scope["path"] in push.PATHS:
        return False
    return "cookie" in connection.headers and not same_origin(connection)


def _refusal(connection: HTTPConnection) -> Response:
    html = "text/html" in connection.headers.get("accept", "")
    if not html or connection.scope.get("method") != "GET":
        return PlainTextResponse("sign in first", 401)
    if USER_KEY in connection.scope:
        first: User = connection.scope[USER_KEY]
        return RedirectResponse("/qa/password" if first.must_change_password else "/qa/second-factor", 303)
    path, query = connection.url.path, connection.url.query
    wanted = path + ("?" + query if query else "")
    target = "/qa/login" if wanted == "/" else f"/qa/login?next={quote(wanted, safe='')}"
    if desk().single_sign_on and path == "/" and not PROVIDER_COOKIES.isdisjoint(connection.cookies):
        target = "/qa/organisation/return"
    if connection.headers.get("sec-fetch-site") == "cross-site":
        # A strict cookie stays away when a link in a mail or a chat is followed. Sent on by a page of our
        # own the browser brings it, and the sign-in page lets a live session through at once.
        return HTMLResponse(BOUNCE.format(target), headers={"Cache-Control": "no-store"})
    return RedirectResponse(target, 303)
