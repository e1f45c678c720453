"""What a page shows when it has no numbers to show: empty, loading, failed, not allowed, stale."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Literal

import streamlit as st
from markupsafe import Markup

from dashboard.i18n import _
from dashboard.parts import chip, code, head, image, panel, show
from dashboard.parts.drawing import svg
from dashboard.registry import PAGES, Page, streamlit_page
from dashboard.roles import role_label
from dashboard.theme import colours

ICONS = {
    "empty": '<path d="M5 24v.1M11 20v8M17 24v.1M23 24v.1M29 24v.1M35 20v8M41 24v.1"/>',
    "failed": '<path d="M24 15v11M24 32.5v.5"/><circle cx="24" cy="24" r="18"/>',
    "locked": (
        '<rect x="11" y="21" width="26" height="19" rx="3"/><path d="M16 21v-6a8 8 0 0 1 16 0v6M24 29v4"/>'
    ),
}
BARS = (46, 60, 52, 70, 64, 58, 34, 55, 66, 62, 62, 78)


def _state(kind: Literal["empty", "failed", "locked"], title: str | Markup, text: str | Markup) -> Markup:
    lines = (
        f'<g fill="none" stroke="{colours().ink3}" stroke-width="2.4" stroke-linecap="round" '
        f'stroke-linejoin="round">{ICONS[kind]}</g>'
    )
    return Markup('<div class="state" role="status">{}<b>{}</b><p>{}</p></div>').format(
        image(svg(48, 48, lines)), title, text
    )


def empty(key: str, title: str, text: str, action: str = "") -> bool:
    """Nothing here yet: what it is, and the next event. ``action`` adds a button; True when pressed."""
    return _box(key, _state("empty", title, text), action, primary=False)


def failed(key: str, reference: str, text: str = "") -> bool:
    """The numbers could not be read. True when "Try again" is pressed."""
    words = Markup("{} {}").format(
        text or _("Nothing is lost."), _with_code(_("Reference {code}."), reference)
    )
    return _box(
        key, _state("failed", _("The numbers could not be read"), words), _("Try again"), primary=True
    )


def _with_code(sentence: str, reference: str) -> Markup:
    return Markup.escape(sentence).format(code=code(reference))


def not_allowed(key: str, title: str, text: str, action: str = "") -> bool:
    """Not for this viewer: the rule, and who can share. True when the button is pressed."""
    return _box(key, _state("locked", title, text), action, primary=False)


def _box(key: str, body: Markup, action: str, *, primary: bool) -> bool:
    with panel(f"state_{key}"), st.container(horizontal_alignment="center"):
        show(body)
        if not action:
            return False
        return st.button(action, key=f"state_{key}_action", type="primary" if primary else "secondary")


def bones(*, chart: bool = True) -> Markup:
    """The shape of what comes, while it is being read."""
    bars = Markup("").join(Markup('<div class="bone" style="height:{}%"></div>').format(h) for h in BARS)
    drawing = Markup('<div class="bone-chart">{}</div>').format(bars) if chart else ""
    return Markup(
        '<div class="bones" aria-busy="true"><div class="bone" style="width:38%;height:1.15rem"></div>'
        '<div class="bone" style="width:22%"></div>{}</div>'
    ).format(drawing)


@contextmanager
def loading(*, chart: bool = True) -> Iterator[None]:
    """Bones where the block draws, until it is done."""
    place = st.empty()
    place.html(str(bones(chart=chart)))
    try:
        yield
    finally:
        place.empty()


def stale(time: str) -> Markup:
    """The chip beside a title whose figures are being refreshed."""
    return chip(_("figures of {time}, updating", time=time))


def reference() -> str:
    """A short code that joins what a person saw with the line in the log."""
    text = token_hex(3).upper()
    return f"{text[:2]}-{text[2:]}"


def not_for_role(entry: Page) -> None:
    """The page exists and is for other roles."""
    head(_("You cannot open this page"))
    roles = sorted(role_label(role) for role in entry.roles)
    text = _("This page is for: {roles}.", roles=_(", ").join(roles))
    if not_allowed(entry.file, _(entry.title), text, _("To the first page")):
        st.switch_page(streamlit_page(PAGES[0].file))


def signed_out() -> None:
    """The session ended while the page was open; the way back is a full page load."""
    body = _state("locked", _("You are signed out"), _("Sign in again to go on. Nothing you stored is lost."))
    link = Markup('<p class="center"><a class="button" href="/qa/login">{}</a></p>').format(_("Sign in"))
    with panel("state_signed_out"):
        show(body + link)
