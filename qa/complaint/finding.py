"""The customer's sentences that are a complaint, by the phrases of the lexicon."""

from collections.abc import Iterator
from functools import lru_cache

from qa.complaint.lexicon import lexicon
from qa.records import Complaint, Speaker, Transcript, Utterance
from qa.text import folded, sentences, trimmed


def find_complaints(transcript: Transcript) -> tuple[Complaint, ...]:
    """The complaints of a call in order, at most one an utterance; none where the customer is not known.

    Raises:
        InvalidSetting: the shipped phrases are missing or damaged.
    """
    return tuple(
        found
        for utterance in transcript.utterances
        if utterance.speaker is Speaker.CUSTOMER
        for found in _of_utterance(utterance)
    )


def _of_utterance(utterance: Utterance) -> Iterator[Complaint]:
    quote = _complaint_in(utterance.text)
    if quote is not None:
        yield Complaint(utterance.id, quote, utterance.span.start if utterance.span else None)


@lru_cache(maxsize=65536)
def _complaint_in(text: str) -> str | None:
    """The first sentence that is a complaint, ``None`` without one.

    Phrases are looked for sentence by sentence: what stands apart says nothing together. A phrase that
    touches one of those which say the contrary does not count.
    """
    phrases = lexicon()
    for start, end in sentences(text):
        sentence = text[start:end]
        read = folded(sentence)
        hits = [hit.span() for hit in phrases.complaint.finditer(read.text)]
        if not hits:
            continue
        against = [hit.span() for hit in phrases.none.finditer(read.text)]
        for first, last in hits:
            if not any(first < until and since < last for since, until in against):
                return trimmed(sentence, *read.original(first, last))
    return None
