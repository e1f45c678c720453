"""The phrases of ``data/lexicons/complaint.yaml``, checked and made into two patterns over folded text."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import yaml

from qa.errors import InvalidSetting
from qa.settings import ROOT
from qa.text import fold, phrase_pattern

PATH = ROOT / "data" / "lexicons" / "complaint.yaml"
LISTS = ("asked", "again", "left", "fault", "none")
GAP = "…"
_BEGINS = r"(?<!\w)"  # with which every pattern of a phrase starts
GAP_WORDS = 4
"""How many words may stand where a phrase has a gap."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``complaint`` finds what may be one, ``none`` what says that it is not."""

    complaint: re.Pattern[str]
    none: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The phrases of all languages together: a line may mix them.

    Raises:
        InvalidSetting: the file is missing or damaged; the sentence names the list.
    """
    return parse_lexicon(_text())


@lru_cache(maxsize=1)
def lexicon_version() -> str:
    """12 hexadecimal digits that change with every phrase."""
    return hashlib.sha256(_text().encode()).hexdigest()[:12]


def parse_lexicon(text: str) -> Lexicon:
    """The two patterns of a file's text: a list of phrases under each name of ``LISTS``, by language.

    Raises:
        InvalidSetting: it is no YAML, a list is missing or unknown, or an entry is not a phrase.
    """
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise InvalidSetting(
            f"The word list {PATH.name} is not YAML; mend it or put the shipped file back."
        ) from error
    if not isinstance(read, dict) or not read:
        raise InvalidSetting(f"The word list {PATH.name} has no languages; put the shipped file back.")
    found: dict[str, list[str]] = {name: [] for name in LISTS}
    for language, lists in read.items():
        _check(str(language), lists)
        for name in LISTS:
            found[name] += lists[name]
    return Lexicon(_any_of(phrase for name in LISTS[:-1] for phrase in found[name]), _any_of(found["none"]))


def _check(language: str, lists: object) -> None:
    if not isinstance(lists, dict) or set(lists) != set(LISTS):
        names = ", ".join(LISTS)
        raise InvalidSetting(f"{language} in {PATH.name} needs the lists {names}, and no other.")
    for name, phrases in lists.items():
        for phrase in phrases if isinstance(phrases, list) else [phrases]:
            if not isinstance(phrase, str) or not all(fold(part) for part in phrase.split(GAP)):
                raise InvalidSetting(
                    f"{phrase!r} in {language}.{name} of {PATH.name} is not a phrase; mend it."
                )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    between = rf"(?: \w+){{0,{GAP_WORDS}}} "
    every = (between.join(phrase_pattern(part, fold).pattern for part in one.split(GAP)) for one in phrases)
    # Asking once whether a word begins here, not once a phrase, makes it many times as fast.
    return re.compile(rf"(?<!\w)(?:{'|'.join(one.removeprefix(_BEGINS) for one in every)})")


def _text() -> str:
    try:
        return PATH.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSetting(
            f"The word list {PATH.name} cannot be read; put the shipped file back."
        ) from error
