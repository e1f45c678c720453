"""The first administrator, made with the one-time token from the terminal. There is no default password."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard import passwords
from dashboard.data import accounts
from dashboard.i18n import _, number, speaking
from dashboard.identity import COOKIE
from dashboard.server import token
from dashboard.server.forms import notice, render
from dashboard.server.requests import address, pick_language, read_form, same_origin, start_session
from qa.errors import InvalidSetting

Fault = tuple[str, str]


async def first_run(request: Request) -> Response:
    """``GET ?token=`` shows the form, ``POST`` makes the administrator and signs in."""
    if await to_thread.run_sync(accounts.any_users):
        return notice(request, "closed", 410)
    if request.method == "GET":
        given = request.query_params.get("token", "")
        return _form(request, {"token": given}) if token.holds(given) else notice(request, "token", 403)
    if not same_origin(request):
        return PlainTextResponse("bad origin", 403)
    form = await read_form(request)
    if not token.holds(form.get("token", "")):
        return notice(request, "token", 403)
    with speaking(pick_language(request)):
        made = await to_thread.run_sync(_make, form, address(request), request.cookies.get(COOKIE, ""))
    if isinstance(made, tuple):
        return _form(request, form, made)
    response = RedirectResponse("/", 303)
    start_session(response, made, request)
    return response


def _make(form: dict[str, str], client: str, old_sid: str) -> str | Fault:
    """The session id of the new administrator, or what is wrong."""
    name, password = form.get("u", "").strip(), form.get("new", "")
    if not name:
        return "u", _("Type a user name.")
    weak = passwords.weakness(password, name)
    if weak:
        return "new", weak
    if form.get("again") != password:
        return "again", _("The two are not the same. Type the password again.")
    new = accounts.NewUser(
        name=name,
        display_name=form.get("d", "").strip() or name,
        role=accounts.Role.ADMINISTRATOR,
        password_hash=passwords.hashed(password),
    )
    try:
        user = accounts.add(new, first=True)
    except InvalidSetting:
        return "u", _("This name cannot be used, or the first administrator is made already.")
    token.remove()
    return accounts.open_session(user, client, instead_of=old_sid)


def _form(request: Request, form: dict[str, str], fault: Fault | None = None) -> Response:
    wrong, error = fault or ("", "")
    with speaking(pick_language(request)):
        shortest = number(passwords.SHORTEST)
    return render(
        request,
        "first_run.html",
        400 if fault else 200,
        token=form.get("token", ""),
        name=form.get("u", ""),
        display=form.get("d", ""),
        wrong=wrong,
        error=error,
        shortest=shortest,
    )
