"""Suggestions and requests: what a customer asks the house to do otherwise, told by its form.

Advice to other buyers, reports of what was asked for in vain, and wishes about one's own past are none. The
patterns stand in ``data/aspects/suggestions.yaml``.
"""

import hashlib
import re
from functools import lru_cache

import yaml

from qa.errors import InvalidSetting
from qa.settings import ROOT
from qa.text import fold

PATH = ROOT / "data" / "aspects" / "suggestions.yaml"
_SENTENCE = re.compile(r"[.!?؟…\n]+|،\s*(?=ولی|اما|فقط)|؛")


def is_suggestion(text: str) -> bool:
    """True when a text asks or proposes something of the house."""
    wanted, unwanted = _patterns()
    for sentence in _SENTENCE.split(text):
        folded = fold(sentence)
        if wanted.search(folded) and not unwanted.search(folded):
            return True
    return False


@lru_cache(maxsize=1)
def rules_version() -> str:
    """64 hexadecimal digits that change with every pattern."""
    return hashlib.sha256(_content().encode()).hexdigest()


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    read = yaml.safe_load(_content())
    sets = {f"<{name}>": "|".join(words) for name, words in read["sets"].items()}
    return _joined(read["wanted"], sets), _joined(read["unwanted"], sets)


def _joined(rules: list[str], sets: dict[str, str]) -> re.Pattern[str]:
    source = "|".join(f"(?:{rule})" for rule in rules)
    for mark, words in sets.items():
        source = source.replace(mark, words)
    return re.compile(source)


@lru_cache(maxsize=1)
def _content() -> str:
    try:
        return PATH.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSetting(
            f"The patterns {PATH.name} cannot be read; put the shipped file back."
        ) from error
