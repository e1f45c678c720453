"""Why a row is refused, in the viewer's words."""

from dashboard.i18n import N_, _, rtl
from dashboard.imports.words import FIELDS, field
from dashboard.intake.told import SENTENCES, said

ON_PAGE = {
    "csat is outside its scale (1 to 5 unless --scale or a column scale says another)": N_(
        "Satisfaction is outside its scale; choose the scale above or the column that says it"
    ),
}
"""Reasons whose remedy is an option of the command: the same remedy on the page."""


def reason(text: str) -> str:
    """A row's reason in the viewer's language; a field bears the name that the page gives it."""
    if text in ON_PAGE:
        return _(ON_PAGE[text])
    if rtl() and text in SENTENCES:
        return _(text)
    name, _space, rest = text.partition(" ")
    named = f"{field(name)} {rest}" if name in FIELDS else text
    return (said(named) or text) if rtl() else named
