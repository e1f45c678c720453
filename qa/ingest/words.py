"""The words of tables and file names, in both languages, and how they are compared."""

import unicodedata
from typing import Final

from qa.ingest.facts import Direction, Language

_DIRECTIONS: Final[dict[str, Direction]] = {
    **dict.fromkeys(("inbound", "in", "incoming", "ورودی"), "inbound"),
    **dict.fromkeys(("outbound", "out", "outgoing", "خروجی"), "outbound"),
    **dict.fromkeys(("internal", "داخلی"), "internal"),
}
_LANGUAGES: Final[dict[str, Language]] = {
    **dict.fromkeys(("fa", "fas", "per", "farsi", "persian", "فارسی"), "fa"),
    **dict.fromkeys(("en", "eng", "english", "انگلیسی"), "en"),
}
COLUMNS: Final[dict[str, str]] = {
    **dict.fromkeys(("file", "filename", "file name", "recording", "فایل", "نام فایل"), "file"),
    **dict.fromkeys(("agent", "agent id", "extension", "کارشناس", "شماره داخلی"), "agent"),
    **dict.fromkeys(("agent name", "نام کارشناس"), "agent_name"),
    **dict.fromkeys(("team", "تیم"), "team"),
    **dict.fromkeys(("queue", "صف"), "queue"),
    **dict.fromkeys(("time", "date", "datetime", "date time", "start time", "زمان", "تاریخ"), "time"),
    **dict.fromkeys(("customer", "customer id", "number", "phone", "caller", "مشتری"), "customer"),
    **dict.fromkeys(("direction", "جهت"), "direction"),
    **dict.fromkeys(("language", "lang", "زبان"), "language"),
    **dict.fromkeys(("transcript", "transcript file", "متن", "متن گفت و گو", "فایل متن"), "transcript"),
}

_SAME_LETTER = str.maketrans("يكى", "یکی")


def plain(text: str) -> str:
    """A word as it is compared: trimmed, lower case, one letter for one sound, underscores as spaces."""
    words = text.translate(_SAME_LETTER).replace("\u200c", " ").replace("_", " ").replace("\ufeff", "")
    return " ".join(words.lower().split())


def read_direction(text: str) -> Direction | None:
    """Who called whom; ``None`` for a word that is not known."""
    return _DIRECTIONS.get(plain(text))


def read_language(text: str) -> Language | None:
    """The language of a call; ``None`` for a word that is not known."""
    return _LANGUAGES.get(plain(text))


def file_key(path: str) -> tuple[str, ...]:
    """The parts of a path as they are compared: either slash, and the letters that Windows-1256 changes."""
    text = unicodedata.normalize("NFC", path).translate(_SAME_LETTER).replace("\u200c", "").casefold()
    return tuple(part.strip() for part in text.replace("\\", "/").split("/") if part.strip() not in ("", "."))
