"""The dictionary of aspects: a name in both languages, the words that show it, the service it belongs to."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import yaml

from qa.errors import InvalidSetting
from qa.settings import ROOT
from qa.text import fold, phrase_pattern

PATH = ROOT / "data" / "aspects" / "aspects.yaml"
LANGUAGES = ("en", "fa")
MOST_WORDS = 400  # of one aspect in one language
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect. ``service`` ``None`` counts everywhere; ``words`` are phrases of whole words in any
    spelling, a ``*`` at the end of a word stands for any ending.
    """

    key: str
    service: str | None
    names: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.names.get(language) or self.key


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Every aspect of a site, in the order in which they are shown."""

    aspects: tuple[Aspect, ...]

    @property
    def version(self) -> str:
        """24 hexadecimal digits that change with every word."""
        content = json.dumps(self.rows(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:24]

    def rows(self) -> list[dict[str, Any]]:
        """The dictionary as plain values, as ``parse_dictionary`` takes them."""
        return [asdict(one) | {"words": {k: list(v) for k, v in one.words.items()}} for one in self.aspects]

    def put(self, changed: Aspect) -> "Dictionary":
        """The dictionary with an aspect changed or added."""
        kept = [changed if one.key == changed.key else one for one in self.aspects]
        known = any(one.key == changed.key for one in self.aspects)
        return Dictionary(tuple(kept if known else [*kept, changed]))

    def without(self, key: str) -> "Dictionary":
        """The dictionary without an aspect."""
        return Dictionary(tuple(one for one in self.aspects if one.key != key))


def parse_dictionary(rows: Iterable[Mapping[str, Any]]) -> Dictionary:
    """A dictionary from plain values.

    Raises:
        InvalidSetting: a key, a name or a word cannot be used; the sentence says which.
    """
    found: dict[str, Aspect] = {}
    for row in rows:
        key = str(row.get("key", ""))
        if not _KEY.fullmatch(key) or key in found:
            raise InvalidSetting(f"The aspect {key!r} has no usable key; use a-z, 0-9 and _ once for each.")
        names = {code: str(text).strip() for code, text in dict(row.get("names") or {}).items()}
        if not all(names.get(code) for code in LANGUAGES):
            raise InvalidSetting(f"The aspect {key!r} lacks a name; give it one in English and in Persian.")
        words = {code: _words(key, (row.get("words") or {}).get(code) or ()) for code in LANGUAGES}
        service = row.get("service")
        found[key] = Aspect(key, str(service) if service else None, names, words)
    return Dictionary(tuple(found.values()))


def _words(key: str, words: Iterable[object]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text for word in words if (text := " ".join(str(word).split()))))
    if len(found) > MOST_WORDS:
        raise InvalidSetting(f"The aspect {key!r} has {len(found)} words; use at most {MOST_WORDS}.")
    for word in found:
        if len(fold(word.replace("*", ""))) < 2 or phrase_pattern(word, fold).search("") is not None:
            raise InvalidSetting(
                f"The word {word!r} of the aspect {key!r} finds too much; use two letters or more."
            )
    return found


@lru_cache(maxsize=1)
def shipped_dictionary() -> Dictionary:
    """The dictionary of the product.

    Raises:
        InvalidSetting: its file is missing or damaged.
    """
    try:
        return parse_dictionary(yaml.safe_load(PATH.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, AttributeError) as error:
        raise InvalidSetting(f"The aspects {PATH.name} cannot be read; put the shipped file back.") from error
