"""Why a row is refused, in the viewer's words."""

from dashboard.i18n import _, rtl
from dashboard.imports.words import FIELDS, field
from dashboard.intake.told import SENTENCES, said


def reason(text: str) -> str:
    """A row's reason: the machine's own words, or what they mean in the viewer's language."""
    if not rtl():
        return text
    if text in SENTENCES:
        return _(text)
    name, _space, rest = text.partition(" ")
    return said(f"{field(name)} {rest}" if name in FIELDS else text) or text
