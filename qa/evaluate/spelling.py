"""What normalising does to a word error rate: the same words compared as written and as they count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qa.evaluate.listening import Answer
from qa.evaluate.wer import WordErrors, compare, total_errors
from qa.text import to_ascii_digits, wer_words

_MARKS = str.maketrans(dict.fromkeys('.,;:!?()[]«»"…-–—؟،؛', " "))
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا"})

STEPS: tuple[tuple[str, Callable[[str, str], list[str]]], ...] = (
    ("as written", lambda text, _: text.split()),
    ("without marks", lambda text, _: text.translate(_MARKS).split()),
    ("one letter, one sign", lambda text, _: _signs(text).split()),
    ("normalised", wer_words),
)
"""Each step with what it makes of a text; the last is what every other figure of the project uses."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """Word errors of a set after each step, in the order of ``STEPS``."""

    group: str
    language: str
    recordings: int
    errors: tuple[WordErrors, ...]


def spelled(answers: Iterable[Answer]) -> tuple[Spelled, ...]:
    """The errors of every set."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.reference.group, []).append(answer)
    return tuple(_spelled(group, found) for group, found in groups.items())


def _spelled(group: str, answers: list[Answer]) -> Spelled:
    language = answers[0].reference.language
    sides = [
        (said, answer.text(channel))
        for answer in answers
        for channel, said in enumerate(answer.reference.channels)
    ]
    errors = tuple(
        total_errors(compare(step(said, language), step(heard, language)) for said, heard in sides)
        for _, step in STEPS
    )
    return Spelled(group, language, len(answers), errors)


def _signs(text: str) -> str:
    """Marks gone, Persian letters for Arabic ones, ASCII digits, lower case; half-spaces as they are."""
    return to_ascii_digits(text.translate(_MARKS)).translate(_LETTERS).lower()
