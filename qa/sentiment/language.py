"""The language of a short text: ``fa``, ``en``, or ``finglish`` for Persian in Latin letters."""

import re
from functools import lru_cache
from typing import Literal

import yaml

from qa.errors import InvalidSetting
from qa.settings import ROOT
from qa.text import language_of

PATH = ROOT / "data" / "lexicons" / "finglish.yaml"
FEWEST = 0.25  # share of Finglish words; names and brands fill the rest
Language = Literal["fa", "en", "finglish"]
SCRIPT = 0.3  # share of words in Persian letters; the rest are brands and models
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[a-z]+")


def language_of_text(text: str) -> Language | None:
    """By the script: a third of Persian words is enough beside brand names. Latin letters with enough common
    Persian words are Finglish. ``None`` without words.
    """
    pieces = _LETTERS.findall(text)
    if pieces and sum(map(_is_persian, pieces)) >= SCRIPT * len(pieces):
        return "fa"
    if language_of(text) is None:
        return None
    known, shared = _words()
    words = _WORD.findall(text.casefold())
    found = [word for word in words if word in known]
    sure = [word for word in found if word not in shared]
    return "finglish" if sure and len(found) >= FEWEST * len(words) else "en"


def _is_persian(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    try:
        read = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidSetting(
            f"The word list {PATH.name} cannot be read; put the shipped file back."
        ) from error
    return frozenset(map(str, read["words"])), frozenset(map(str, read["shared"]))
