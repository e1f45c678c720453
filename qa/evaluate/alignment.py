"""Which heard words are right, and which pairs of spoken words were heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.evaluate.listening import Answer
from qa.records import Share, Word
from qa.text import wer_words


@dataclass(frozen=True, slots=True)
class Judged:
    """A heard word: the recogniser's probability, and whether it was said there. ``group`` keeps the words of
    one recording together.
    """

    language: str
    group: str
    probability: Share
    right: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two neighbouring spoken words: the probabilities of the utterance they fall in, and whether both were
    heard side by side.
    """

    language: str
    group: str
    probabilities: tuple[Share, ...]
    heard: bool


@dataclass(frozen=True, slots=True)
class Aligned:
    """A channel with its reference: ``owner`` and ``utterance`` give the word and the utterance of a heard
    token; ``match`` the heard token of a spoken one, ``None`` when it was not heard, ``near`` the place.
    """

    words: tuple[Word, ...]
    owner: tuple[int, ...]
    utterance: tuple[int, ...]
    match: tuple[int | None, ...]
    near: tuple[int, ...]


def judged_words(answers: Iterable[Answer]) -> tuple[Judged, ...]:
    """Every heard word. A word that normalising splits is right when all its parts are."""
    out = []
    for answer in answers:
        for found in _channels(answer):
            hits = {at for at in found.match if at is not None}
            parts: dict[int, list[bool]] = {}
            for token, word in enumerate(found.owner):
                parts.setdefault(word, []).append(token in hits)
            out += [
                Judged(
                    answer.reference.language,
                    answer.reference.name,
                    found.words[word].probability,
                    all(right),
                )
                for word, right in parts.items()
            ]
    return tuple(out)


def spoken_pairs(answers: Iterable[Answer]) -> tuple[Pair, ...]:
    """Every pair of neighbouring spoken words."""
    out = []
    for answer in answers:
        for channel, found in enumerate(_channels(answer)):
            utterances = answer.utterances(channel)
            if not found.owner:
                continue
            for (one, other), place in zip(pairwise(found.match), found.near, strict=False):
                words = utterances[found.utterance[min(place, len(found.utterance) - 1)]]
                out.append(
                    Pair(
                        answer.reference.language,
                        answer.reference.name,
                        tuple(word.probability for word in words),
                        one is not None and other == one + 1,
                    )
                )
    return tuple(out)


def _channels(answer: Answer) -> tuple[Aligned, ...]:
    language = answer.reference.language
    return tuple(
        align_words(reference, answer.utterances(channel), language)
        for channel, reference in enumerate(answer.reference.channels)
    )


def align_words(reference: str, utterances: Sequence[Sequence[Word]], language: str) -> Aligned:
    """The cheapest way from the reference to the heard words, both normalised word by word."""
    import jiwer

    words = tuple(word for one in utterances for word in one)
    numbers = [number for number, one in enumerate(utterances) for _ in one]
    spoken = [token for word in reference.split() for token in wer_words(word, language)]
    heard = [(token, at) for at, word in enumerate(words) for token in wer_words(word.text, language)]
    match: list[int | None] = [None] * len(spoken)
    near = [0] * len(spoken)
    if spoken and heard:
        result = jiwer.process_words(" ".join(spoken), " ".join(token for token, _ in heard))
        for chunk in result.alignments[0]:
            for step, at in enumerate(range(chunk.ref_start_idx, chunk.ref_end_idx)):
                near[at] = min(chunk.hyp_start_idx + step, max(chunk.hyp_start_idx, chunk.hyp_end_idx - 1))
                match[at] = near[at] if chunk.type == "equal" else None
    owner = tuple(at for _, at in heard)
    return Aligned(words, owner, tuple(numbers[at] for at in owner), tuple(match), tuple(near))
