"""Words for the calls of a large made-up centre, so that searching has something to look through.

Utterances are lines of the written dialogues of the demo centre, or made-up words of which a few are very
common and most are rare (Zipf's law). A dialogue so made is given to several calls, as writing a new one for
each of a million calls would take an hour; each holds one word that no other dialogue holds.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from qa.demo.dialogues import read_dialogues
from qa.demo.people import Language
from qa.records import Span, Speaker, Transcript, Utterance
from qa.store.database import Database
from qa.store.made.mass_words import Dialogue, pack_dialogue, wordless, write_words

SEED, BATCH = 71, 5000
DIALOGUES = 20_000  # different ones at most
LINES, LONG = 36, 9  # utterances of a call, words of an utterance
VOCABULARY, STEEP = 40_000, 1.05
WRITTEN = 0.3  # of the utterances are of the written dialogues
LETTERS = {"en": "abcdefghijklmnoprstuvwy", "fa": "ابپتجچخدرزسشغفقکگلمنوهی"}
PACE = 2.5  # words a second


def give_words(database: Database, language: Language) -> Iterator[int]:
    """Give words to every generated call that has none; yields how many calls have them by then."""
    made: list[Dialogue] = []
    drawn = _dialogues(language, np.random.default_rng(SEED))
    done = 0
    while True:
        with database.read() as tx:
            numbers = wordless(tx, BATCH)
        if not numbers:
            return
        # Outside of the transaction: PostgreSQL ends one that waits for a minute.
        made += [pack_dialogue(next(drawn)) for _one in range(min(len(numbers), DIALOGUES - len(made)))]
        with database.write() as tx:
            write_words(tx, [(number, made[number % len(made)]) for number in numbers])
        done += len(numbers)
        yield done


def ranked(language: Language) -> list[str]:
    """The made-up words, the commonest first."""
    return [str(word) for word in _vocabulary(language, np.random.default_rng(SEED))]


def own_word(dialogue: int) -> str:
    """The word that the calls of this dialogue alone hold; dialogues count from 0."""
    return f"order{dialogue}"


def _dialogues(language: Language, random: np.random.Generator) -> Iterator[Transcript]:
    vocabulary = _vocabulary(language, random)
    chance = 1.0 / np.arange(1, vocabulary.size + 1) ** STEEP
    chance /= chance.sum()
    written = [line.text for one in read_dialogues() if one.language == language for line in one.lines]
    for number in range(DIALOGUES):
        words = random.choice(vocabulary, size=(LINES, LONG), p=chance)
        borrowed = random.choice(len(written), size=LINES)
        texts = [
            written[borrowed[place]] if random.random() < WRITTEN else " ".join(line)
            for place, line in enumerate(words)
        ]
        texts[2] += f" {own_word(number)}"
        yield Transcript(language, "generated", "generated", tuple(_spoken(texts)))


def _spoken(texts: list[str]) -> Iterator[Utterance]:
    """The texts said in turn, at an even pace."""
    clock = 0.0
    for place, text in enumerate(texts):
        length = len(text.split()) / PACE
        who = Speaker.CUSTOMER if place % 2 else Speaker.AGENT
        yield Utterance(place, who, Span(clock, clock + length), text, 0.9, ())
        clock += length + 0.4


def _vocabulary(language: Language, random: np.random.Generator) -> NDArray[np.str_]:
    letters = list(LETTERS[language])
    made = {"".join(random.choice(letters, size=random.integers(3, 9))) for _word in range(VOCABULARY)}
    return np.array(sorted(made))[random.permutation(len(made))]
