"""Language and theme: kept for the user, in effect after a full page load."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard.data import accounts
from dashboard.i18n import LANGUAGES
from dashboard.identity import LANGUAGE_COOKIE, THEME_COOKIE
from dashboard.server.requests import THEMES, keep, next_path, user_of


async def language(request: Request) -> Response:
    """``?to=fa&next=/calls``: the page comes back with the language in its address."""
    wanted = request.query_params.get("to", "")
    if wanted not in LANGUAGES:
        return PlainTextResponse("no such language", 400)
    back = urlsplit(next_path(request.query_params.get("next")))
    rest = [(name, value) for name, value in parse_qsl(back.query) if name != "lang"]
    return await _keep(request, "language", wanted, f"{back.path}?{urlencode([*rest, ('lang', wanted)])}")


async def theme(request: Request) -> Response:
    """``?to=dark&next=/account``."""
    wanted = request.query_params.get("to", "")
    if wanted not in THEMES:
        return PlainTextResponse("no such theme", 400)
    return await _keep(request, "theme", wanted, next_path(request.query_params.get("next")))


async def _keep(request: Request, field: str, value: str, back: str) -> Response:
    user = user_of(request)
    if user:
        await to_thread.run_sync(
            accounts.change, user.id, {field: accounts.Theme(value) if field == "theme" else value}
        )
    response = RedirectResponse(back, 303)
    keep(response, {"language": LANGUAGE_COOKIE, "theme": THEME_COOKIE}[field], value, request)
    return response
