"""Words for the calls of a large made-up centre, so that searching has something to look through.

Lines are drawn from the written dialogues of the demo centre and from made-up words of which a few are very
common and most are rare (Zipf's law); every call holds one word that no other holds.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qa.demo.dialogues import read_dialogues
from qa.demo.people import Language
from qa.records import Span, Speaker, Transcript, Utterance
from qa.store.database import Database
from qa.store.mass_words import wordless, write_words

SEED, BATCH = 71, 2000
LINES, LONG = 36, 9  # utterances of a call, words of an utterance
VOCABULARY, STEEP = 40_000, 1.05
DIALOGUES = 0.3  # of the utterances are written ones
LETTERS = {"en": "abcdefghijklmnoprstuvwy", "fa": "ابپتجچخدرزسشغفقکگلمنوهی"}
PACE = 2.5  # words a second


def give_words(database: Database, language: Language) -> Iterator[int]:
    """Give words to every generated call that has none; yields how many calls have them by then."""
    random = np.random.default_rng(SEED)
    vocabulary = _vocabulary(language, random)
    chance = 1.0 / np.arange(1, vocabulary.size + 1) ** STEEP
    chance /= chance.sum()
    written = [line.text for one in read_dialogues() if one.language == language for line in one.lines]
    done = 0
    while True:
        with database.write() as tx:
            numbers = wordless(tx, BATCH)
            drawn = random.choice(vocabulary, size=(len(numbers), LINES, LONG), p=chance)
            told = [
                (n, _transcript(n, lines, written, language, random))
                for n, lines in zip(numbers, drawn, strict=True)
            ]
            write_words(tx, told)
        if not numbers:
            return
        done += len(numbers)
        yield done


def ranked(language: Language) -> list[str]:
    """The made-up words, the commonest first."""
    return [str(word) for word in _vocabulary(language, np.random.default_rng(SEED))]


def own_word(call_id: int) -> str:
    """The word that this call alone holds."""
    return f"order{call_id}"


def _transcript(
    number: int, lines: NDArray[np.str_], written: list[str], language: Language, random: np.random.Generator
) -> Transcript:
    borrowed = random.random(LINES) < DIALOGUES
    which = random.integers(len(written), size=LINES)
    clock, told = 0.0, []
    for place, words in enumerate(lines):
        text = written[which[place]] if borrowed[place] else " ".join(words)
        if place == 2:
            text += f" {own_word(number)}"
        length = len(text.split()) / PACE
        who = Speaker.CUSTOMER if place % 2 else Speaker.AGENT
        told.append(Utterance(place, who, Span(clock, clock + length), text, 0.9, ()))
        clock += length + 0.4
    return Transcript(language, "generated", "generated", tuple(told))


def _vocabulary(language: Language, random: np.random.Generator) -> NDArray[np.str_]:
    letters = list(LETTERS[language])
    made = {"".join(random.choice(letters, size=random.integers(3, 9))) for _word in range(VOCABULARY)}
    return np.array(sorted(made))[random.permutation(len(made))]
