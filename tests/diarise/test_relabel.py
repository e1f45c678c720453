"""Roles that a person sets: names change, words and times do not."""

import pytest

from qa.diarise.relabel import RoleChange, possible_changes, relabelled
from qa.records import Flag, Span, Speaker, Transcript, Utterance

A, C, ONE, TWO, TAPE = (
    Speaker.AGENT,
    Speaker.CUSTOMER,
    Speaker.SPEAKER_1,
    Speaker.SPEAKER_2,
    Speaker.SYSTEM,
)


def said(*who: Speaker) -> Transcript:
    lines = tuple(Utterance(n, each, Span(n, n + 1), f"words {n}") for n, each in enumerate(who))
    return Transcript("en", "none", "none", lines, (Flag.BY_VOICE,))


def speech(transcript: Transcript) -> dict[Speaker, tuple[Span, ...]]:
    out: dict[Speaker, tuple[Span, ...]] = {}
    for line in transcript.utterances:
        assert line.span is not None
        out[line.speaker] = (*out.get(line.speaker, ()), line.span)
    return out


TABLE = [
    (RoleChange.SWAP, (A, C, TAPE, A), (C, A, TAPE, C)),
    (RoleChange.FIRST_IS_AGENT, (ONE, TWO, ONE), (A, C, A)),
    (RoleChange.SECOND_IS_AGENT, (ONE, TWO, ONE), (C, A, C)),
    (RoleChange.FIRST_IS_AGENT, (ONE, ONE), (A, A)),
    (RoleChange.ONE_SPEAKER, (ONE, TWO, TAPE), (ONE, ONE, TAPE)),
]


@pytest.mark.parametrize(("change", "before", "after"), TABLE)
def test_names(change: RoleChange, before: tuple[Speaker, ...], after: tuple[Speaker, ...]) -> None:
    words = said(*before)
    found, spoken = relabelled(words, speech(words), change)
    assert tuple(line.speaker for line in found.utterances) == after
    assert [(u.text, u.span) for u in found.utterances] == [(u.text, u.span) for u in words.utterances]
    assert spoken is not None
    assert sum(s.length for spans in spoken.values() for s in spans) == len(before)
    assert (Flag.BY_VOICE in found.flags) is (change is not RoleChange.ONE_SPEAKER)


def test_swapping_twice_is_nothing() -> None:
    words = said(A, C, TAPE, A)
    once = relabelled(words, speech(words), RoleChange.SWAP)
    assert relabelled(*once, RoleChange.SWAP) == (words, speech(words))


OFFERED = [
    ((A, C), (RoleChange.SWAP,)),
    ((A, TAPE), (RoleChange.SWAP,)),
    ((ONE, TWO), (RoleChange.FIRST_IS_AGENT, RoleChange.SECOND_IS_AGENT, RoleChange.ONE_SPEAKER)),
    ((ONE,), (RoleChange.FIRST_IS_AGENT, RoleChange.SECOND_IS_AGENT)),
    ((TAPE,), ()),
]


@pytest.mark.parametrize(("who", "offered"), OFFERED)
def test_what_can_be_said(who: tuple[Speaker, ...], offered: tuple[RoleChange, ...]) -> None:
    assert possible_changes(said(*who), None) == offered
