"""What the routes ask of a request: where it comes from, its form, its language, where to go next."""

from urllib.parse import parse_qs, urlsplit

from starlette.background import BackgroundTask
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from dashboard.data.accounts import User
from dashboard.data.audit import seal_end
from dashboard.data.site import settings
from dashboard.i18n import LANGUAGES
from dashboard.identity import COOKIE, LANGUAGE_COOKIE, THEME_COOKIE
from dashboard.settings import desk

LONGEST_FORM = 8192
YEAR = 365 * 24 * 3600
THEMES = ("auto", "light", "dark")
USER_KEY = "qa.user"
"""Where the gate leaves the user for the inner layers."""


def user_of(connection: HTTPConnection) -> User | None:
    """The user that the gate let in, ``None`` on an open path."""
    return connection.scope.get(USER_KEY)


def address(connection: HTTPConnection) -> str:
    """The client's address; behind a trusted proxy the one that the proxy saw."""
    if desk().trust_proxy:
        forwarded = connection.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return connection.client.host if connection.client else ""


def secure(connection: HTTPConnection) -> bool:
    """True when the browser speaks TLS: to us, to a trusted proxy, or because the site says that people
    reach it so (``QA_PUBLIC_URL``).
    """
    if (settings().public_url or "").startswith("https://"):
        return True
    if desk().trust_proxy and connection.headers.get("x-forwarded-proto", "").lower() == "https":
        return True
    return connection.url.scheme in ("https", "wss")


def same_origin(connection: HTTPConnection) -> bool:
    """True when a page of this desk sent the request. No origin at all is not enough."""
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site") == "same-origin"
    return urlsplit(origin).netloc == connection.headers.get("host")


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a posted form; a body that is too long gives none."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def next_path(wanted: str | None) -> str:
    """A path inside this desk; anything else becomes the first page."""
    path = wanted or "/"
    outside = not path.startswith("/") or path.startswith(("//", "/\\", "/qa/")) or "\\" in path
    return "/" if outside or any(ord(letter) < 32 for letter in path) else path


def pick_language(connection: HTTPConnection) -> str:
    """The language of a page load: the address, else the user, the last visit, the browser, the site."""
    user = user_of(connection)
    accepted = (part.strip()[:2].lower() for part in connection.headers.get("accept-language", "").split(","))
    for wanted in (
        connection.query_params.get("lang"),
        user.language if user else None,
        connection.cookies.get(LANGUAGE_COOKIE),
        next((code for code in accepted if code in LANGUAGES), None),
        settings().language,
    ):
        if wanted in LANGUAGES:
            return str(wanted)
    return "en"


def pick_theme(connection: HTTPConnection) -> str:
    """The theme of a page load: of the user, else of the last visit, else the browser's own."""
    user = user_of(connection)
    wanted = str(user.theme) if user else connection.cookies.get(THEME_COOKIE)
    return wanted if wanted in THEMES else "auto"


def keep(response: Response, name: str, value: str, connection: HTTPConnection) -> None:
    """Remember a choice in this browser."""
    response.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="lax", secure=secure(connection), path="/"
    )


def start_session(response: Response, sid: str, connection: HTTPConnection) -> None:
    """Give the browser its session; it ends with the browser or by its own clock, whichever comes first.

    Every way to sign in ends here, so the audit log is sealed here, once the answer is on its way.
    """
    response.background = BackgroundTask(seal_end)
    response.set_cookie(
        COOKIE,
        sid,
        max_age=desk().session_hours * 3600,
        httponly=True,
        samesite="strict",
        secure=secure(connection),
        path="/",
    )


def end_session(response: Response, connection: HTTPConnection) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=secure(connection))
