"""Every sentence of the machine that a page may show, said in the viewer's language.

``qa`` writes reasons in English and stores them: they outlive the language of whoever reads them. Each is
known here by its fixed words; what stands in braces is a value and is kept, ``…`` stands for words that the
translation says in its own way. A test walks the sources of ``qa`` and fails for a sentence that is not here.
"""

import re
from functools import cache

from dashboard.i18n import _
from dashboard.i18n.numbers import END, OWN_DIRECTION, digits
from dashboard.intake.told import alerts, imports, recordings, tables, weights

SENTENCES = (
    *recordings.SENTENCES,
    *tables.SENTENCES,
    *weights.SENTENCES,
    *imports.SENTENCES,
    *alerts.SENTENCES,
)
COUNTED = frozenset(("count", "limit", "low", "length", "line", "year", "hour"))
UNITS = re.compile(r"(?<=\d) (s|min|h)\b")


def said(sentence: str) -> str | None:
    """The sentence in the viewer's language; ``None`` when it is not known here."""
    for pattern, template in _patterns():
        if found := pattern.fullmatch(sentence):
            values = {name: _value(name, value) for name, value in found.groupdict().items()}
            return _(template, **values)
    return None


def _value(name: str, value: str) -> str:
    """Figures in the viewer's digits and units; names and words of the machine in a piece of their own."""
    if name == "rest":
        return said(value) or value
    if name in COUNTED:
        units = {"s": _("s"), "min": _("min"), "h": _("h")}
        return digits(UNITS.sub(lambda found: f" {units[found[1]]}", value))
    return f"{OWN_DIRECTION}{value}{END}"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(template), template) for template in SENTENCES)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    made = [f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)]
    return re.compile("".join(made).replace("…", ".+"), re.DOTALL)
