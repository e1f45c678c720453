"""Somebody's words where more than words is read: labels know Markdown, charts a few tags."""

import re

MARKDOWN = re.compile(r"([\\`*_~\[\]<$]|:(?=[A-Za-z_]+[\[/:]))")
"""Marks, links, pictures, formulas, and the start of ``:material/…:`` or ``:red[…]``."""
TURNING = re.compile("[\u202a-\u202e]")
"""Marks that turn the letters after them until the line ends; the desk isolates (U+2066 to U+2069)."""


def straight(text: str) -> str:
    """The text without marks that would turn what stands after it."""
    return TURNING.sub("", text)


def label(text: str) -> str:
    """The text as a label shows it, letter by letter."""
    return MARKDOWN.sub(r"\\\1", straight(text))


def in_chart(text: str) -> str:
    """The text as a chart shows it, letter by letter."""
    return straight(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
