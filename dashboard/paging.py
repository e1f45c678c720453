"""Pages of a list, one after the other and back. Where a page begins stands in the address."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from dashboard.address import cursor_of
from dashboard.i18n import _
from qa.errors import InvalidSetting

T = TypeVar("T")
BESIDE = ("after", "lang", "comment")
"""Parts of an address that say nothing of which list it is."""


def place() -> str | None:
    """Where the page in the address begins; ``None`` for the first."""
    return cursor_of(st.query_params.get("after"))


def opened(read: Callable[[str | None], T]) -> T:
    """The page that begins at the place in the address; the first, where that is no place of this list."""
    try:
        return read(place())
    except InvalidSetting:
        st.query_params.pop("after", None)
        return read(None)


def buttons(page: str, following: str | None, rest: int = 6) -> None:
    """Back and More under a list. ``page`` begins their names, ``following`` is where the next page begins,
    ``rest`` how wide the place between them is.
    """
    first, _rest, last = st.columns([1, rest, 1])
    if place():
        first.button(_("Back"), key=f"{page}_back", on_click=back, args=(page,), width="stretch")
    if following:
        last.button(_("More"), key=f"{page}_more", on_click=forward, args=(page, following), width="stretch")


def forward(page: str, after: str) -> None:
    """To the page that begins after this place."""
    _keep(page, [*_before(page), place() or ""])
    st.query_params["after"] = after


def back(page: str) -> None:
    """To the page before this one; whoever came by a link into the middle gets to the first."""
    before = _before(page)
    cursor = before.pop() if before else ""
    _keep(page, before)
    if cursor:
        st.query_params["after"] = cursor
    else:
        st.query_params.pop("after", None)


def _list() -> str:
    return repr(sorted((k, v) for k, v in st.query_params.items() if k not in BESIDE))


def _before(page: str) -> list[str]:
    """Where the pages before this one begin, while it is still the same list."""
    name, cursors = st.session_state.get(f"{page}_before", ("", []))
    return list(cursors) if name == _list() and place() else []


def _keep(page: str, cursors: list[str]) -> None:
    st.session_state[f"{page}_before"] = (_list(), cursors)
