"""A choice that stands in the address, as the filters of a page do."""

from collections.abc import Mapping

import streamlit as st

from dashboard.calls.controls import follow


def put(name: str, value: str) -> None:
    """Change one part of the address; a list starts from its beginning again."""
    for part in ("skip", "after"):
        st.query_params.pop(part, None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


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
