"""How the desk looks: colour tokens and the style sheets."""

from pathlib import Path

import streamlit as st

from dashboard.theme.tokens import TOKENS, Theme, Tokens

HERE = Path(__file__).resolve().parent
STYLES = HERE / "styles.css"
RTL_STYLES = HERE / "rtl.css"
LOGO = HERE.parent / "static" / "logo.svg"
FAVICON = HERE.parent / "static" / "favicon.png"

__all__ = ["FAVICON", "LOGO", "RTL_STYLES", "STYLES", "TOKENS", "Theme", "Tokens", "colours", "current_theme"]


def current_theme() -> Theme:
    """What the browser shows now."""
    return "dark" if st.context.theme.type == "dark" else "light"


def colours() -> Tokens:
    """The tokens of the theme that the browser shows now."""
    return TOKENS[current_theme()]
