"""Finding aspects: one pattern an aspect over the folded text."""

import re

from qa.aspects.dictionary import Dictionary
from qa.text import fold, phrase_pattern


class Reader:
    """Reads texts with one dictionary; building it costs milliseconds, a text about a tenth of one."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._patterns = tuple(
            (aspect.key, aspect.service, _joined([word for words in aspect.words.values() for word in words]))
            for aspect in dictionary.aspects
        )

    def aspects(self, text: str, service: str | None = None) -> tuple[str, ...]:
        """The keys of the aspects that a text speaks of, in the order of the dictionary. Aspects of a service
        count in its own comments, and where nobody knows the service.
        """
        folded = fold(text)
        return tuple(
            key
            for key, own, pattern in self._patterns
            if pattern is not None
            and (own is None or service is None or own == service)
            and pattern.search(folded)
        )


def _joined(words: list[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile("|".join(f"(?:{phrase_pattern(word, fold).pattern})" for word in words))
