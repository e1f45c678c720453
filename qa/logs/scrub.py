"""What is taken out of a line before any handler sees it.

Lines are written so that they name calls, tasks and counts alone. This is the net under them, for texts that
come from outside: a database's error, a library's complaint, an exception raised over a row.
"""

import re
from collections.abc import Mapping
from typing import Any

GONE = "***"
LONGEST = 1000
"""Letters of a message; a longer one is cut."""

_MAIL = re.compile(r"[^\s@<>\"',;:()]+@[^\s@<>\"',;:()]+")
_NUMBER = re.compile(r"\+?\d(?:[\W_]{0,2}\d){6,}")
_LETTERS = re.compile(r"[^\W\d_A-Za-z]+(?:[\s\u200c]+[^\W\d_A-Za-z]+)*")
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|«[^»\n]*»")
_IDENTIFIER = re.compile(r"[0-9a-f]{12}(?:-[0-9]{1,20})?|[0-9a-f]{64}")

FREE = frozenset({"call", "job", "hash"})
"""Fields that hold identifiers made here: a call's key, a task named after it, an entry of the audit log."""


def scrub(text: str) -> str:
    """One line without e-mail addresses, words in other letters than Latin, and numbers of seven digits or
    more in any script, spaced or dashed.
    """
    text = _MAIL.sub(GONE, " ".join(text[: LONGEST * 2].split()))
    text = _LETTERS.sub(GONE, _NUMBER.sub(GONE, text))
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def scrub_foreign(text: str) -> str:
    """The same for lines of libraries, which quote what they stumbled over: quoted parts go too."""
    return scrub(_QUOTED.sub(GONE, text))


def clean_field(name: str, value: object) -> object:
    """A field of a line as it may be written; numbers are measured values and stay."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    if name in FREE and _IDENTIFIER.fullmatch(text):
        return text
    return scrub(text)


def about(event: str, **fields: object) -> Mapping[str, Any]:
    """For ``extra=``: the name of the event and what it is about.

    ``call`` a call's key, ``job`` a task, ``executor`` a worker, ``seconds`` how long it took.
    """
    return {"about": {"event": event, **fields}}
