"""The pages in front of the gate: rendered here, without Streamlit, script or outside host."""

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from dashboard.i18n import LANGUAGES, N_, _, ngettext, speaking
from dashboard.identity import LANGUAGE_COOKIE
from dashboard.server.requests import keep, pick_language, pick_theme
from dashboard.settings import desk
from dashboard.theme import HERE, STYLES

NOTICES = {
    "failed": (N_("The desk cannot reach its data"), N_("Nothing is lost. Try again in a moment.")),
    "unknown": (N_("There is no such page"), N_("The address may be old or mistyped.")),
    "provider": (
        N_("Your organisation's sign-in does not answer"),
        N_("Try again in a moment, or sign in with a password."),
    ),
    "closed": (
        N_("This link has been used"),
        N_("The first administrator is made. Sign in, or ask that person."),
    ),
    "token": (
        N_("Open the link from the terminal"),
        N_("The first administrator is made with a link that the desk printed when it started."),
    ),
}


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE.parent / "server" / "templates"), autoescape=select_autoescape()
    )


@cache
def _tokens() -> str:
    """The colours, from the one place where they stand."""
    found = re.search(r":root \{.*?\n\}", STYLES.read_text(encoding="utf-8"), re.DOTALL)
    return found.group(0) if found else ""


def render(connection: HTTPConnection, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the visitor's language and theme; it is never cached."""
    code = pick_language(connection)
    with speaking(code):
        body = (
            _templates()
            .get_template(template)
            .render(
                _=_,
                ngettext=ngettext,
                lang=code,
                dir="rtl" if code == "fa" else "ltr",
                other=next((name, text) for name, text in LANGUAGES.items() if name != code),
                switch=_switch(connection, code),
                scheme={"auto": "light dark"}.get(pick_theme(connection), pick_theme(connection)),
                tokens=_tokens(),
                site_name=desk().site_name,
                **values,
            )
        )
    response = HTMLResponse(body, status, headers={"Cache-Control": "no-store"})
    if connection.query_params.get("lang") in LANGUAGES:
        keep(response, LANGUAGE_COOKIE, code, connection)
    return response


def _switch(connection: HTTPConnection, code: str) -> str:
    other = next(name for name in LANGUAGES if name != code)
    return str(connection.url.include_query_params(lang=other).query)


def notice(connection: HTTPConnection, kind: str, status: int, reference: str = "") -> HTMLResponse:
    """One sentence on a page of its own; ``kind`` is one of ``NOTICES``."""
    title, text = NOTICES[kind]
    with speaking(pick_language(connection)):
        said = {"title": _(title), "text": _(text)}
    return render(connection, "notice.html", status, reference=reference, **said)
