"""Words go to the voice at their time; roles follow from what is said."""

import numpy as np
import pytest

from qa.diarise.phrases import phrases, said
from qa.diarise.roles import SURE, agent_of
from qa.diarise.utterances import by_speaker
from qa.diarise.voices import Voices
from qa.records import Heard, Span, Word
from qa.text import fold

CELLS = tuple(Span(n / 2, n / 2 + 0.5) for n in range(20))


def voices(pattern: str) -> Voices:
    """A digit a cell of half a second; ``m`` is a machine."""
    labels = np.array([-1 if letter == "m" else int(letter) for letter in pattern])
    return Voices(CELLS[: len(labels)], labels, np.eye(2, 256, dtype=np.float32), 1.0)


def heard(text: str, step: float = 0.5) -> Heard:
    """One word a step, from 0."""
    words = tuple(
        Word(word, Span(n * step, n * step + 0.9 * step), 0.9) for n, word in enumerate(text.split())
    )
    return Heard(0, Span(0, len(words) * step), text, 0.8, words)


TABLE = [
    ("one voice stays whole", "0000", "how are you today", [(0, "how are you today")]),
    ("cut where the voice changes", "000011", "a b c d e f", [(0, "a b c d"), (1, "e f")]),
    ("moved to a sentence end", "000111", "is it you? yes it is", [(0, "is it you?"), (1, "yes it is")]),
    ("a machine is a voice of its own", "mm00", "press one hello you", [(-1, "press one"), (0, "hello you")]),
    ("three parts", "001100", "a b. c d. e f", [(0, "a b."), (1, "c d."), (0, "e f")]),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "wanted"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE])
def test_pieces(pattern: str, text: str, wanted: list[tuple[int, str]]) -> None:
    pieces = by_speaker(heard(text), voices(pattern))
    assert [(owner, piece.text) for owner, piece in pieces] == wanted
    assert [word.text for _, piece in pieces for word in piece.words] == text.split()
    assert all(piece.span.start <= w.span.start and w.span.end <= piece.span.end + 1e-9
               for _, piece in pieces for w in piece.words)  # fmt: skip


def test_a_word_shorter_than_an_island_stays_with_its_sentence() -> None:
    assert len(by_speaker(heard("a b c d e f", step=0.3), voices("010"))) == 1


def test_without_words_all_of_it_goes_to_the_main_voice() -> None:
    bare = Heard(0, Span(0.6, 3.0), "hello there", 0.8)
    assert by_speaker(bare, voices("011111")) == [(1, bare)]


ROLES = [
    # said by 0 (who speaks first), said by 1 -> agent, are the roles known
    ("nothing tells", ["yes"], ["no"], 0, False),
    ("the first greets", ["Thank you for calling Acme"], ["hello"], 0, True),
    ("the second greets", ["hello"], ["Welcome to Acme. How can I help you?"], 1, True),
    ("the customer tells", ["hello"], ["I have a question, I ordered a lamp"], 0, True),
    ("each one phrase", ["how can I help you"], ["thank you for calling"], 0, False),
    ("Persian", ["سلام، وقت بخیر، در خدمتم"], ["سلام، سفارشم به دستم نرسیده"], 0, True),
]


@pytest.mark.parametrize(
    ("first", "second", "agent", "known"), [r[1:] for r in ROLES], ids=[r[0] for r in ROLES]
)
def test_roles(first: list[str], second: list[str], agent: int, known: bool) -> None:
    who, sure = agent_of((first, second), np.eye(2, 256, dtype=np.float32), None)
    assert (who, sure >= SURE) == (agent, known)


def test_an_enrolled_voice_decides_where_words_do_not() -> None:
    own, other = np.eye(2, 256, dtype=np.float32)
    near = (0.97 * other + 0.2 * own) / np.linalg.norm(0.97 * other + 0.2 * own)
    assert agent_of(([], []), np.stack([own, other]), near) == (1, pytest.approx(0.917, abs=0.01))
    stranger = np.eye(3, 256, dtype=np.float32)[2]
    assert agent_of(([], []), np.stack([own, other]), stranger)[1] < SURE


def test_no_phrase_of_one_side_belongs_to_the_other() -> None:
    known = phrases()
    sets = [{fold(p) for p in each} for each in (known.agent, known.customer, known.announcement)]
    assert len(set().union(*sets)) == sum(len(each) for each in sets)
    assert said("تماس شما برای ما مهم است", known.announcement)
