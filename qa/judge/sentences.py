"""A side's words as sentences, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.judge.case import Case
from qa.scorecard import Window
from qa.scorecard.model import Side

_SENTENCE = re.compile(r"[^.!?؟…\n]+[.!?؟…]*")
FEWEST = 2  # words; "yes" and "okay" say nothing by themselves
LONGEST = 400  # characters; a recogniser without stops may give a whole minute as one sentence


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: the utterance's index in the call and the characters there (half open)."""

    utterance: int
    start: int
    end: int
    text: str


def sentences(case: Case, side: Side, window: Window | None) -> tuple[Said, ...]:
    """What a side says in a window, in order."""
    return tuple(
        said
        for index, utterance in enumerate(case.utterances)
        if case.is_side(utterance.speaker, side) and case.inside(side, window, index)
        for said in split(index, utterance.text)
    )


def split(index: int, text: str) -> Iterator[Said]:
    """The sentences of an utterance, by its index in the call."""
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        while start < end and text[start].isspace():
            start += 1
        whole = text[start:end].rstrip()
        if len(whole.split()) >= FEWEST:
            yield Said(index, start, start + len(whole), whole[:LONGEST])
