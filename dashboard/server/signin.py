"""Sign-in and sign-out with a name and a password."""

import asyncio
from dataclasses import dataclass

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard import passwords
from dashboard.data import accounts, second_factor
from dashboard.i18n import _, duration, speaking
from dashboard.identity import COOKIE
from dashboard.server import code, organisation, throttle
from dashboard.server.entering import START, entered, one_at_a_time
from dashboard.server.forms import render
from dashboard.server.requests import (
    address,
    end_session,
    next_path,
    pick_language,
    read_form,
    same_origin,
    user_of,
)


@dataclass(frozen=True, slots=True)
class Try:
    """A try to sign in: the new session id, or the seconds to wait, or neither (wrong). ``start``: the page
    of who asked for none. ``token``: the password is right and waits for its code.
    """

    sid: str = ""
    wait: int = 0
    start: str = "/"
    token: str = ""


def attempt(name: str, password: str, client: str, old_sid: str) -> Try:
    """Check a name and a password. An unknown name takes as long as a wrong password."""
    wait = throttle.wait(accounts.recent_failures(name, client))
    if wait:
        return Try(wait=wait)
    user = accounts.by_name(name)
    right = passwords.matches(user.password_hash if user else None, password)
    allowed = right and user is not None and not user.disabled
    if user is not None and allowed and second_factor.is_on(user.id):
        return Try(token=second_factor.wait_for_code(user.id))  # no success yet: tries at its code count on
    accounts.record_attempt(name, client, succeeded=allowed)
    if user is None or not allowed:
        return Try()
    sid = accounts.open_session(user.id, client, instead_of=old_sid)
    return Try(sid=sid, start=START.get(user.role, "/"))


async def login(request: Request) -> Response:
    """``GET`` shows the form, ``POST`` signs in; the same words whether name or password was wrong."""
    if request.method == "GET":
        if user_of(request):
            return RedirectResponse(next_path(request.query_params.get("next")), 303)
        if not await to_thread.run_sync(accounts.any_users):
            return RedirectResponse("/qa/first-run", 303)
        return _form(request)
    if not same_origin(request):
        return PlainTextResponse("bad origin", 403)
    form = await read_form(request)
    name, password = form.get("u", "").strip(), form.get("p", "")
    old = request.cookies.get(COOKIE, "")
    run = asyncio.get_running_loop().run_in_executor
    result = await run(one_at_a_time(), attempt, name, password[: passwords.LONGEST], address(request), old)
    if result.token:
        return code.wanted(request, result.token)
    return entered(request, result.sid, result.start) if result.sid else _refused(request, name, result.wait)


def _refused(request: Request, name: str, wait: int) -> Response:
    with speaking(pick_language(request)):
        if not wait:
            return _form(request, name, _("User name or password is wrong. Type both again."), 401)
        text = _("Too many tries. Try again in {time}.", time=duration(wait))
    response = _form(request, name, text, 429)
    response.headers["Retry-After"] = str(wait)
    return response


def _form(request: Request, name: str = "", error: str = "", status: int = 200) -> Response:
    link = organisation.link(request)
    return render(request, "signin.html", status, name=name, error=error, organisation=link)


async def logout(request: Request) -> Response:
    """Sign out here."""
    if not same_origin(request):
        return PlainTextResponse("bad origin", 403)
    await to_thread.run_sync(accounts.close_session, request.cookies.get(COOKIE, ""))
    return _out(request)


async def logout_everywhere(request: Request) -> Response:
    """End every session of this user."""
    if not same_origin(request):
        return PlainTextResponse("bad origin", 403)
    user = user_of(request)
    if user:
        await to_thread.run_sync(accounts.close_all_sessions, user.id)
    return _out(request)


def _out(request: Request) -> Response:
    response = RedirectResponse("/qa/login", 303)
    end_session(response, request)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
