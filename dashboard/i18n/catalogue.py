"""Translation: the ``.po`` file is read once with Babel; nothing is compiled."""

import gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from babel.messages.pofile import read_po
from streamlit.runtime.scriptrunner import get_script_run_ctx

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"
SOURCE = "en"
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)
_SESSION_KEY = "_language"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language; ``plural`` picks the form for a count."""

    messages: dict[str, str | tuple[str, ...]]
    plural: Callable[[int], int]


def po_path(code: str) -> Path:
    """Where the translations of a language stand."""
    return LOCALE_DIR / code / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(code: str) -> Catalogue:
    """The catalogue of one language, read once per process."""
    with po_path(code).open("rb") as file:
        read = read_po(file, locale=code)
    messages: dict[str, str | tuple[str, ...]] = {}
    for message in read:
        key = message.id[0] if isinstance(message.id, tuple | list) else message.id
        done = all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)
        if key and done and not message.fuzzy:
            messages[key] = message.string if isinstance(message.string, str) else tuple(message.string or ())
    return Catalogue(messages, gettext.c2py(read.plural_expr))


def language() -> str:
    """The language now: of ``speaking``, else of the browser session, else English."""
    return _SPOKEN.get() or _of_session() or SOURCE


def _of_session() -> str | None:
    # A fragment reruns without the main script, in a thread of its own: only the session state is there.
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return st.session_state.get(_SESSION_KEY)


def remember(code: str) -> None:
    """Set the language of this browser session; the main script does it at every rerun."""
    st.session_state[_SESSION_KEY] = code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Use a language in this block: routes, exports, tests."""
    token = _SPOKEN.set(code)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def N_(message: str) -> str:  # noqa: N802  # the name that every extraction tool knows
    """Mark a text for translation that is translated later with ``_``."""
    return message


def _(message: str, /, **values: object) -> str:
    """The text in the viewer's language, ``{name}`` filled from ``values`` (already formatted)."""
    code = language()
    found = message if code == SOURCE else catalogue(code).messages.get(message, message)
    text = found if isinstance(found, str) else found[0]
    return text.format(**values) if values else text
