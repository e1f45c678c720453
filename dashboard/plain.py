"""Somebody's words where more than words is read: labels know Markdown, charts a few tags."""

import re

MARKDOWN = re.compile(r"([\\`*_~\[\]<$]|:(?=[A-Za-z_]+[\[/:]))")
"""Marks, links, pictures, formulas, and the start of ``:material/…:`` or ``:red[…]``."""


def label(text: str) -> str:
    """The text as a label shows it, letter by letter."""
    return MARKDOWN.sub(r"\\\1", text)


def in_chart(text: str) -> str:
    """The text as a chart shows it, letter by letter."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
