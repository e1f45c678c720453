"""Changing one's own password; a one-time password leads nowhere else."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard import passwords
from dashboard.data import accounts
from dashboard.data.accounts import User
from dashboard.i18n import _, number, speaking
from dashboard.identity import COOKIE
from dashboard.server import throttle
from dashboard.server.forms import render
from dashboard.server.requests import (
    address,
    pick_language,
    read_form,
    same_origin,
    start_session,
    user_of,
)

Fault = tuple[str, str]
"""The field that is wrong, and the sentence under it."""


async def change(request: Request) -> Response:
    """``GET`` shows the form, ``POST`` changes it: every session ends, this browser gets a new one."""
    user = user_of(request)
    if user is None:
        return RedirectResponse("/qa/login", 303)
    if request.method == "GET":
        return _form(request, user)
    if not same_origin(request):
        return PlainTextResponse("bad origin", 403)
    form = await read_form(request)
    with speaking(pick_language(request)):
        fault = await to_thread.run_sync(_fault, user, form, address(request))
    if fault:
        return _form(request, user, fault)
    sid = await to_thread.run_sync(
        _store, user, form["new"], address(request), request.cookies.get(COOKIE, "")
    )
    response = RedirectResponse("/", 303)
    start_session(response, sid, request)
    return response


def _fault(user: User, form: dict[str, str], client: str) -> Fault | None:
    old, new = form.get("old", "")[: passwords.LONGEST], form.get("new", "")
    if throttle.wait(accounts.recent_failures(user.name, client)):
        return "old", _("Too many tries. Wait a little and try again.")
    if not passwords.matches(user.password_hash, old):
        accounts.record_attempt(user.name, client, succeeded=False)
        return "old", _("This is not your password now.")
    weak = passwords.weakness(new, user.name)
    if weak:
        return "new", weak
    if new == old:
        return "new", _("Choose a password that differs from the old one.")
    if form.get("again") != new:
        return "again", _("The two are not the same. Type the new password again.")
    return None


def _store(user: User, password: str, client: str, old_sid: str) -> str:
    accounts.set_password(user.id, passwords.hashed(password))
    return accounts.open_session(user.id, client, instead_of=old_sid)


def _form(request: Request, user: User, fault: Fault | None = None) -> Response:
    wrong, error = fault or ("", "")
    with speaking(pick_language(request)):
        shortest = number(passwords.SHORTEST)
    return render(
        request,
        "password.html",
        400 if fault else 200,
        name=user.name,
        forced=user.must_change_password,
        wrong=wrong,
        error=error,
        shortest=shortest,
    )
