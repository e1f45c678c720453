"""Why a file was refused or a job failed: what kind of fault it is, and the machine's own sentence.

The sentences come from ``qa`` in English and name the remedy; ``dashboard.intake.told`` says them in Persian.
"""

import re

from markupsafe import Markup

from dashboard.i18n import N_, _, rtl
from dashboard.intake.told import said

KINDS = (
    (r"^Given up", N_("Given up after several tries")),
    (r"^The transcript", N_("The transcript cannot be used")),
    (r"^Lines? \d", N_("The row of the table does not fit")),
    (r"\(0 bytes\)", N_("Empty file")),
    (r"holds text|is a folder|not an ordinary file", N_("Not a recording")),
    (r"has no header", N_("The coding is not known")),
    (r"no sound file|holds no sound|breaks the decoder", N_("Damaged, or no sound file")),
    (r"cut short|breaks off|is damaged", N_("Cut short or damaged")),
    (r"QA_MAXIMUM_HOURS", N_("Too long")),
    (r"has \d+ channels", N_("Too many channels")),
    (r"memory", N_("Not enough memory")),
    (r"[Ww]eights|[Mm]odel", N_("The recogniser is not ready")),
    (r"cannot be written", N_("No room, or no right to write")),
    (r"may not be read|cannot be read|is not there|restore it", N_("The file cannot be read")),
)
OTHER = N_("It could not be heard")


def kind_of(sentence: str) -> str:
    """What kind of fault a sentence tells of, in the viewer's language."""
    return _(next((title for pattern, title in KINDS if re.search(pattern, sentence)), OTHER))


def as_told(sentence: str) -> Markup:
    """The sentence in the viewer's language; one that is not known stands from left to right in Persian."""
    if not rtl():
        return Markup('<span class="told">{}</span>').format(sentence)
    known = said(sentence)
    if known is not None:
        return Markup('<span class="told">{}</span>').format(known)
    return Markup('<span class="told" dir="ltr" lang="en">{}</span>').format(sentence)
