"""The transcript as lines: who, when, and the words cut where something is to be seen."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

from dashboard.call.proofs import Proof
from dashboard.call.silences import Silence
from dashboard.i18n import clock, number
from dashboard.words import speaker, word
from qa.records import Flag, Transcript, Utterance

UNSURE = 0.5
"""Words that are likelier wrong than right are underlined; in a draft that is nearly every one, and the
notice above the call says so once.
"""
PLACEHOLDER = re.compile(r"<([A-Z_]+)>")
Stretches = Sequence[tuple[int, int]]
Hits = Mapping[int, Stretches]
NO_HITS: Hits = MappingProxyType({})
RIGHT_TO_LEFT = ("fa", "ar", "ur", "ps", "ckb")


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of words looks: masked data of a kind, badly heard, marked as evidence, and as the
    how manieth hit of a search in its line.
    """

    kind: str = ""
    unsure: bool = False
    tone: str | None = None
    hit: int = 0


def lines(
    transcript: Transcript,
    proofs: tuple[Proof, ...],
    silences: tuple[Silence, ...],
    marks: Mapping[int, str] = MappingProxyType({}),
    hits: Hits = NO_HITS,
) -> list[dict[str, Any]]:
    """The lines for the player, silences between them where they were; ``marks`` name lines by their id,
    ``hits`` are where searched words stand in them.
    """
    draft = Flag.DRAFT in transcript.flags
    homes = [(_home(proof, transcript), proof) for proof in proofs]
    rows = [
        _line(
            replace(utterance, words=()) if draft else utterance,
            [proof for home, proof in homes if home == utterance.id],
            hits.get(utterance.id, ()),
        )
        | {"mark": marks.get(utterance.id, "")}
        for utterance in transcript.utterances
    ]
    rows += [{"gap": s.kind, "start": s.span.start, "text": s.sentence} for s in silences]
    # Without times lines keep their order; there are no silences between them either.
    return sorted(rows, key=lambda row: row["start"] if row["start"] is not None else 0.0)


def direction(transcript: Transcript) -> str:
    """Which way the words run. A line of digits alone would tell the browser the wrong way."""
    return "rtl" if transcript.language in RIGHT_TO_LEFT else "ltr"


def _line(utterance: Utterance, own: list[Proof], hits: Stretches) -> dict[str, Any]:
    span = utterance.span
    return {
        "id": utterance.id,
        "role": utterance.speaker.value.replace(" ", "-"),
        "who": speaker(utterance.speaker),
        "start": None if span is None else span.start,
        "time": "" if span is None else clock(span.start),
        "parts": list(parts(utterance, own, hits)),
        "proofs": [[proof.number, number(proof.number), proof.tone, proof.start] for proof in own],
    }


def _home(proof: Proof, transcript: Transcript) -> int | None:
    """The line that holds a proof; for a second alone the line that began last before it."""
    if proof.utterance is not None or proof.start is None:
        return proof.utterance
    holding = [u for u in transcript.utterances if u.span and u.span.start <= proof.start < u.span.end]
    return max(holding, key=lambda u: u.span.start if u.span else 0.0).id if holding else None


def parts(utterance: Utterance, proofs: list[Proof], hits: Stretches = ()) -> Iterator[list[str]]:
    """Stretches of the text that look alike, as text, masked kind, "unsure", tone of the evidence and, where
    searched words stand, the number of the hit.
    """
    looks = _looks(utterance, proofs, hits)
    place = 0
    for look, run in groupby(looks):
        length = len(list(run))
        text = word(look.kind) if look.kind else utterance.text[place : place + length]
        tone = "-" if look.tone is None else look.tone
        yield [text, look.kind, "unsure" if look.unsure else "", tone, *([str(look.hit)] if look.hit else [])]
        place += length


def _looks(utterance: Utterance, proofs: list[Proof], hits: Stretches) -> list[Look]:
    text = utterance.text
    tones: list[str | None] = [None] * len(text)
    for proof in proofs:
        first = text.find(proof.quote) if proof.quote else -1
        if first >= 0:
            tones[first : first + len(proof.quote)] = [proof.tone] * len(proof.quote)
    unsure = [False] * len(text)
    for first, last in _unsure(utterance):
        unsure[first:last] = [True] * (last - first)
    marked = [0] * len(text)
    for number_of_hit, (first, last) in enumerate(hits, start=1):
        marked[first:last] = [number_of_hit] * (last - first)
    looks = [Look("", *each) for each in zip(unsure, tones, marked, strict=True)]
    for found in PLACEHOLDER.finditer(text):
        hit = max(marked[found.start() : found.end()])
        looks[found.start() : found.end()] = [Look(found.group(1), hit=hit)] * len(found.group())
    return looks


def _unsure(utterance: Utterance) -> Iterator[tuple[int, int]]:
    after = 0
    for heard in utterance.words:
        said = heard.text.strip()
        first = utterance.text.find(said, after) if said else -1
        if first >= 0:
            after = first + len(said)
            if heard.probability < UNSURE:
                yield first, after
