"""Personal data out of a transcript and out of plain text."""

from collections.abc import Sequence
from dataclasses import replace

from qa.records import Redaction, Transcript, Utterance
from qa.redact.chains import chains
from qa.redact.echoes import echoes, hidden_numbers, with_echoed_topics
from qa.redact.finding import find_all
from qa.redact.found import Found
from qa.redact.masking import Masked
from qa.redact.passage import Passage
from qa.redact.plain import plain
from qa.redact.timing import masked_words, times_of, word_places
from qa.redact.topics import open_topic


def redact(transcript: Transcript) -> tuple[Transcript, tuple[Redaction, ...]]:
    """The transcript with placeholders, and what was replaced where, in the order of the text.

    Numbers that one speaker reads out over several turns are found too; each turn then gets its own
    placeholder and redaction. Redacting a redacted transcript changes nothing and finds nothing.
    """
    masks = _masks(transcript.utterances)
    utterances = []
    redactions: list[Redaction] = []
    for place, (utterance, masked) in enumerate(zip(transcript.utterances, masks, strict=True)):
        places = word_places(utterance)
        utterances.append(_redacted(utterance, masked, places))
        redactions.extend(
            Redaction(part.kind, place, where, when)
            for part, where, when in zip(
                masked.parts, masked.places(), times_of(masked.parts, utterance, places), strict=True
            )
        )
    return replace(transcript, utterances=tuple(utterances)), tuple(redactions)


def redact_text(text: str) -> str:
    """The text with placeholders, each line by itself, line ends as they were."""
    return "".join(_mask_line(line) for line in text.splitlines(keepends=True))


def _mask_line(line: str) -> str:
    masked = Masked(line)
    while found := find_all(Passage.of(masked.text)):
        masked = masked.with_found(found)
    return masked.text


def _masks(utterances: Sequence[Utterance]) -> list[Masked]:
    """Passes until nothing is found, since a placeholder can bring a word closer to its number."""
    masks = [Masked(utterance.text) for utterance in utterances]
    while True:
        found = _one_pass(utterances, [masked.text for masked in masks])
        if not found:
            return masks
        for place, hits in found.items():
            masks[place] = masks[place].with_found(hits)


def _one_pass(utterances: Sequence[Utterance], texts: Sequence[str]) -> dict[int, list[Found]]:
    asked = [None, *(open_topic(plain(text)) for text in texts[:-1])]
    turns = [Passage.of(text, topic) for text, topic in zip(texts, asked, strict=True)] if texts else []
    turns = with_echoed_topics(turns)
    found: dict[int, list[Found]] = {}
    hidden: dict[str, str] = {}
    for chain in chains(utterances, turns):
        passage = Passage.joined([turns[place] for place in chain]) if len(chain) > 1 else turns[chain[0]]
        hits = find_all(passage)
        hidden |= hidden_numbers(passage, hits)
        for hit in hits:
            for turn, start, end in passage.pieces(hit.start, hit.end):
                found.setdefault(chain[turn], []).append(Found(start, end, hit.kind))
    for place, passage in enumerate(turns):
        if said_again := echoes(passage, found.get(place, ()), hidden):
            found.setdefault(place, []).extend(said_again)
    return found


def _redacted(utterance: Utterance, masked: Masked, places: tuple[tuple[int, int], ...] | None) -> Utterance:
    """Words that do not spell the text go when there is anything to hide in either."""
    if places is not None:
        words = masked_words(utterance.words, places, masked) if masked.parts else utterance.words
    else:
        spelled = " ".join(word.text.strip() for word in utterance.words)
        words = () if masked.parts or _mask_line(spelled) != spelled else utterance.words
    return replace(utterance, text=masked.text, words=words)
