"""The code after the password. Until it is right there is no session, only a token that waits."""

import asyncio
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard.data import accounts, second_factor
from dashboard.data.accounts import User
from dashboard.i18n import _, duration, speaking
from dashboard.identity import COOKIE
from dashboard.server import throttle
from dashboard.server.entering import START, entered, one_at_a_time
from dashboard.server.forms import render
from dashboard.server.requests import address, next_path, pick_language, read_form, same_origin, secure

TOKEN_COOKIE = "qa_pending"  # noqa: S105 (a name)
LONGEST = 64


def wanted(request: Request, token: str) -> Response:
    """To the form for the code, for a right password."""
    page = next_path(request.query_params.get("next"))
    there = "/qa/code" if page == "/" else f"/qa/code?next={quote(page, safe='')}"
    response = RedirectResponse(there, 303)
    response.set_cookie(
        TOKEN_COOKIE,
        token,
        max_age=int(second_factor.PATIENCE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure(request),
        path="/qa/code",
    )
    return response


async def code(request: Request) -> Response:
    """``GET`` shows the form, ``POST`` signs in with a code or a recovery code."""
    token = request.cookies.get(TOKEN_COOKIE, "")
    user = await to_thread.run_sync(_user, token)
    if user is None:
        return RedirectResponse("/qa/login", 303)
    if request.method == "GET":
        return _form(request)
    if not same_origin(request):
        return PlainTextResponse("bad origin", 403)
    typed = (await read_form(request)).get("code", "")[:LONGEST]
    old, run = request.cookies.get(COOKIE, ""), asyncio.get_running_loop().run_in_executor
    found = await run(one_at_a_time(), _attempt, user, typed, (address(request), old, token))
    if isinstance(found, int):
        return _refused(request, found)
    response = entered(request, found, START.get(user.role, "/"))
    response.delete_cookie(TOKEN_COOKIE, path="/qa/code")
    return response


def _user(token: str) -> User | None:
    number = second_factor.waiting(token)
    user = None if number is None else accounts.by_id(number)
    return None if user is None or user.disabled else user


def _attempt(user: User, typed: str, where: tuple[str, str, str]) -> str | int:
    """The new session id, or seconds to wait, 0 for a wrong code. Wrong codes count like wrong passwords."""
    client, old_sid, token = where
    wait = throttle.wait(accounts.recent_failures(user.name, client))
    if wait:
        return wait
    right = second_factor.check(user.id, typed) and second_factor.wait_no_more(token)
    accounts.record_attempt(user.name, client, succeeded=right)
    return accounts.open_session(user.id, client, instead_of=old_sid) if right else 0


def _refused(request: Request, wait: int) -> Response:
    with speaking(pick_language(request)):
        text = (
            _("Too many tries. Try again in {time}.", time=duration(wait))
            if wait
            else _("This code is wrong, too old, or was used already. Type the one that is shown now.")
        )
    response = _form(request, text, 429 if wait else 401)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _form(request: Request, error: str = "", status: int = 200) -> Response:
    return render(request, "code.html", status, error=error)
