"""The page shell in the viewer's language: ``<html lang dir>``, ``navigator.language``, the chosen theme.

Streamlit's calendar and slider read ``navigator.language`` once, when the page loads, and know no right to
left; so the shell says both before anything else runs. Streamlit has no setting for it: keep the version
pinned and the browser tests running.
"""

import json
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.identity import LANGUAGE_COOKIE
from dashboard.registry import PAGES
from dashboard.server.forms import notice
from dashboard.server.headers import policy
from dashboard.server.health import PATHS
from dashboard.server.requests import pick_language, pick_theme, secure

LOCALES = {"fa": "fa-IR", "en": "en-GB"}
SERVED_BY_STREAMLIT = (
    *("/_stcore/", "/static/", "/app/static/", "/media/", "/component/"),
    *("/qa/", "/auth/", "/oauth2callback"),
)
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STORED_THEME = {"light": "Light", "dark": "Dark"}
PRELOAD = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', re.DOTALL)


def is_page(path: str) -> bool:
    """True when the address is answered with the shell."""
    return (
        path not in PATHS and "." not in path.rsplit("/", 1)[-1] and not path.startswith(SERVED_BY_STREAMLIT)
    )


def known(path: str) -> bool:
    """True when a page has this address."""
    return path.strip("/") in {page.address for page in PAGES}


def first_script(language: str, theme: str) -> str:
    """What must be said before the page starts."""
    locale = json.dumps(LOCALES[language])
    stored = json.dumps(json.dumps(STORED_THEME[theme])) if theme in STORED_THEME else ""
    key = "'stActiveTheme-'+location.pathname+'-v2'"
    choice = f"localStorage.setItem({key},{stored})" if stored else f"localStorage.removeItem({key})"
    return (
        f"Object.defineProperty(navigator,'language',{{get:()=>{locale}}});"
        f"Object.defineProperty(navigator,'languages',{{get:()=>[{locale}]}});"
        f"try{{{choice}}}catch(error){{}}"
        # Without it the page asks for its server under its own address first, and the browser logs an error.
        "window.__streamlit={BACKEND_BASE_URL:location.origin+'/'};"
    )


def rewritten(html: str, language: str, theme: str) -> str:
    """The shell with language, direction and theme."""
    direction = "rtl" if language == "fa" else "ltr"
    html = re.sub(r"<html lang=\"en\"", f'<html lang="{language}" dir="{direction}"', html, count=1)
    html = html.replace("<head>", f"<head><script>{first_script(language, theme)}</script>", 1)
    html = html.replace(
        "<title>Streamlit</title>", f"<title>{'شنوا' if language == 'fa' else 'Shenava'}</title>", 1
    )
    html = html.replace('href="./favicon.png"', 'href="/app/static/favicon.png"', 1)
    return PRELOAD.sub("", html, count=1)


class LocaleShell:
    """Rewrites the HTML shell; every other answer passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a page of the desk gets its language first."""
        if scope["type"] != "http" or scope["method"] != "GET" or not is_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if scope["path"].strip("/") == PAGES[0].file:
            query = connection.url.query
            await RedirectResponse("/" + (f"?{query}" if query else ""), 303)(scope, receive, send)
            return
        if not known(scope["path"]):
            await notice(connection, "unknown", 404)(scope, receive, send)
            return
        skip = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
        headers = [(name, value) for name, value in scope["headers"] if name not in skip]
        await self.app({**scope, "headers": headers}, receive, _Rewriter(connection, send))


class _Rewriter:
    """Holds the answer until it is whole, then sends it rewritten."""

    def __init__(self, connection: HTTPConnection, send: Send) -> None:
        self.connection, self.send = connection, send
        self.start: Message = {}
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        if "text/html" in Headers(raw=self.start["headers"]).get("content-type", ""):
            self._rewrite()
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": self.body})

    def _rewrite(self) -> None:
        language = pick_language(self.connection)
        html = rewritten(self.body.decode(), language, pick_theme(self.connection))
        self.body = html.encode()
        headers = MutableHeaders(raw=[pair for pair in self.start["headers"] if pair[0].lower() != b"etag"])
        headers["content-length"] = str(len(self.body))
        headers["cache-control"] = "no-store"
        headers["content-security-policy"] = policy(INLINE.findall(html))
        safe = "; Secure" if secure(self.connection) else ""
        headers.append(
            "set-cookie",
            f"{LANGUAGE_COOKIE}={language}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{safe}",
        )
        self.start = {**self.start, "headers": headers.raw}
