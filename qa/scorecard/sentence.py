"""Example sentences, in the languages of scorecards."""

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["en", "fa"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """An example of what is meant, or (``positive`` false) of what only looks like it."""

    text: str
    language: Language
    positive: bool


@dataclass(frozen=True, slots=True)
class ExampleSet:
    """Sentences of both languages that together say what is meant; two with one ``key`` are equal."""

    name: str
    key: str
    sentences: tuple[Sentence, ...] = field(compare=False)
