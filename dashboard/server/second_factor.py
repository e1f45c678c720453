"""One's own second factor: turned on with a code, recovery codes shown once, turned off again."""

from datetime import UTC, datetime

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard import passwords
from dashboard.data import accounts, second_factor
from dashboard.data.accounts import User
from dashboard.data.site import settings
from dashboard.i18n import _, moment, number, speaking
from dashboard.server import throttle
from dashboard.server.forms import render
from dashboard.server.requests import address, pick_language, read_form, same_origin, user_of
from dashboard.settings import desk
from qa import second_factor as codes

Fault = tuple[str, str]
"""The field that is wrong, and the sentence under it."""


async def own(request: Request) -> Response:
    """``GET`` shows how it stands or begins an enrolment, ``POST`` confirms, renews codes or turns it off."""
    user = user_of(request)
    if user is None:
        return RedirectResponse("/qa/login", 303)
    if request.method == "GET":
        return await to_thread.run_sync(_page, request, user, None)
    if not same_origin(request):
        return PlainTextResponse("bad origin", 403)
    form = await read_form(request)
    return await to_thread.run_sync(_changed, request, user, form)


def _changed(request: Request, user: User, form: dict[str, str]) -> Response:
    """The password is asked each time: an open desk is not enough to lock its owner out."""
    on = second_factor.is_on(user.id)
    with speaking(pick_language(request)):
        fault = _fault(user, form, address(request))
    if fault:
        return _page(request, user, fault)
    if not on or form.get("do") == "codes":
        made = second_factor.renew(user.id) if on else second_factor.confirm(user.id, form.get("code", ""))
        return _codes(request, made) if made else _page(request, user, _wrong_code(request, user))
    if second_factor.demanded(user):
        return PlainTextResponse("this role needs a second factor", 403)
    second_factor.remove(user.id)
    return RedirectResponse("/account", 303)


def _fault(user: User, form: dict[str, str], client: str) -> Fault | None:
    if throttle.wait(accounts.recent_failures(user.name, client)):
        return "p", _("Too many tries. Wait a little and try again.")
    if not passwords.matches(user.password_hash, form.get("p", "")[: passwords.LONGEST]):
        accounts.record_attempt(user.name, client, succeeded=False)
        return "p", _("This is not your password now.")
    return None


def _wrong_code(request: Request, user: User) -> Fault:
    accounts.record_attempt(user.name, address(request), succeeded=False)
    with speaking(pick_language(request)):
        return "code", _(
            "This code is not the one for now. Check the clock of your telephone, type the next."
        )


def _codes(request: Request, made: tuple[str, ...]) -> Response:
    return render(request, "second_factor_codes.html", codes=made)


def _page(request: Request, user: User, fault: Fault | None) -> Response:
    wrong, error = fault or ("", "")
    found = second_factor.standing(user.id)
    secret = "" if found.since else second_factor.enrol(user.id)
    with speaking(pick_language(request)):
        since = moment(found.since, settings().zone, datetime.now(UTC)) if found.since else ""
        left = number(found.codes_left)
    values = {
        "name": user.name,
        "demanded": second_factor.demanded(user),
        "since": since,
        "left": left,
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "picture": _picture(secret, user.name) if secret else "",
    }
    return render(request, "second_factor.html", 400 if fault else 200, wrong=wrong, error=error, **values)


def _picture(secret: str, name: str) -> str:
    """The QR code as SVG for the page itself; dark on white in every theme, which telephones need."""
    import segno

    made = segno.make(codes.uri(secret, name, desk().site_name or "Shenava"), error="m", micro=False)
    return str(made.svg_inline(scale=4, border=3, dark="#000", light="#fff", omitsize=True))
