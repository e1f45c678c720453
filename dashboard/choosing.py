"""A choice that stands in the address, as the filters of a page do."""

from collections.abc import Mapping

import streamlit as st

PLACES = ("skip", "after", "comment")
"""Where in a list the page is, or what of it is open: another choice begins anew."""


def put(name: str, value: str) -> None:
    """Change one part of the address; lists start from their beginning again."""
    for part in PLACES:
        st.query_params.pop(part, None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def follow(key: str, value: object) -> str:
    """Make a control show what the address says, after "Show all" and the browser's way back too."""
    st.session_state[key] = value
    return key


def said(name: str, options: Mapping[str, str], default: str = "") -> str:
    """What the address says of a choice; the default where that is none of the options."""
    now = st.query_params.get(name, default)
    return now if now in options else default


def pick(
    where: tuple[str, str], title: str, options: Mapping[str, str], now: str, *, named: bool = False
) -> None:
    """A list. ``where`` is the page and the name in the address, ``options`` are words by value."""
    page, name = where
    key = f"{page}_{name}"
    st.selectbox(
        title,
        list(options),
        format_func=lambda value: options[value],
        key=follow(key, now),
        label_visibility="visible" if named else "collapsed",
        on_change=lambda: put(name, st.session_state[key]),
    )
