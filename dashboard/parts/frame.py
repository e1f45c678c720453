"""The places that parts stand in: page head, panel, whole-area link."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st
from markupsafe import Markup

from dashboard import plain
from dashboard.registry import page, streamlit_page
from dashboard.roles import Role

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def show(body: str | Markup) -> None:
    """Put a part on the page; a plain ``str`` is shown as text."""
    st.html(plain.straight(str(Markup.escape(body))))


def head(
    title: str | Markup, sub: str | Markup = "", controls: Sequence[float] = ()
) -> "list[DeltaGenerator]":
    """The page head: title, one line under it, and a column for each width in ``controls`` at the end.

    Widths are shares of a head whose title takes the rest of ten: ``controls=(1.35, 1.35, 1)``.
    Returns the control columns; a widget in one has ``label_visibility="collapsed"``.
    """
    line = Markup("<p>{}</p>").format(sub) if sub else ""
    body = Markup('<div class="head"><h1>{}</h1>{}</div>').format(title, line)
    if not controls:
        show(body)
        return []
    first, *others = st.columns([10 - sum(controls), *controls], vertical_alignment="bottom")
    with first:
        show(body)
    return others


def panel_title(title: str | Markup, note: str | Markup = "") -> None:
    """The title of a panel with an explanation on the same line."""
    small = Markup("<small>{}</small>").format(note) if note else ""
    show(Markup('<h2 class="panel-t">{} {}</h2>').format(title, small))


@contextmanager
def panel(
    key: str, title: str | Markup = "", note: str | Markup = "", *, stretch: bool = True, dense: bool = False
) -> "Iterator[DeltaGenerator]":
    """A panel; what is drawn in the block stands inside.

    ``stretch`` makes neighbours equally high; ``dense`` leaves no gap between parts, for a list of rows.
    """
    box = st.container(
        key=f"panel_{key}", height="stretch" if stretch else "content", gap=None if dense else "small"
    )
    with box:
        if title:
            panel_title(title, note)
        yield box


def go(key: str, body: str | Markup, to: str, *, label: str, params: Mapping[str, str] | None = None) -> None:
    """A part that is one whole-area link to a page; ``label`` says where it goes.

    ``to`` is a page of the registry, ``params`` its address parameters. A page whose script is not
    there yet leaves the part without a link.
    """
    with st.container(key=f"go_{key}", gap=None):
        show(body)
        if page(to).path.is_file():
            st.page_link(streamlit_page(to), label=plain.label(label), query_params=dict(params or {}))


def may_open(role: Role, to: str) -> bool:
    """True when a link to the page leads somewhere for this role."""
    return page(to).allows(role) and page(to).path.is_file()
