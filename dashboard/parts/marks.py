"""Small marks with a meaning: chips, verdict glyphs, evidence numbers, redactions, identifiers."""

from collections.abc import Iterable
from typing import Literal

from markupsafe import Markup

from dashboard.i18n import number, percent

VERDICT_CLASS = {
    "met": "met",
    "partly": "partly",
    "not met": "notmet",
    "not applicable": "na",
    "cannot tell": "cant",
}


def chip(text: str | Markup, kind: Literal["", "accent", "now", "line"] = "") -> Markup:
    """A chip: a fill is a state (``accent``, ``now`` for what is late), ``line`` a tag or a setting."""
    return Markup('<span class="chip {}">{}</span>').format(kind, text)


def code(text: str) -> Markup:
    """An identifier: Latin digits, left to right, in both languages."""
    return Markup('<span class="id">{}</span>').format(text)


def redaction(kind: str) -> Markup:
    """Masked personal data; ``kind`` says in words what was there."""
    return Markup('<span class="redact">{}</span>').format(kind)


def verdict_glyph(verdict: str, label: str) -> Markup:
    """The shape of a verdict; ``label`` is the verdict in words, for a reader that sees no shapes."""
    return Markup('<span class="v {}" role="img" aria-label="{}"></span>').format(
        VERDICT_CLASS[verdict], label
    )


def evidence_mark(place: int, *, urgent: bool = False) -> Markup:
    """The number that timeline, line and criterion share."""
    return Markup('<span class="ev {}">{}</span>').format("now" if urgent else "", number(place))


def confidence_bar(share: float) -> Markup:
    """How sure a verdict is, 0-1, as a short bar with its figure in words."""
    width = max(0.0, min(1.0, share)) * 100
    return Markup(
        '<span class="conf" role="img" aria-label="{0}" title="{0}"><i style="width:{1:.0f}%"></i></span>'
    ).format(percent(share), width)


def stack(parts: Iterable[str | Markup]) -> Markup:
    """Parts one after the other; plain text is escaped."""
    return Markup("").join(parts)
