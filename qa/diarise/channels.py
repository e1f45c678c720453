"""Speakers from channels: a channel a side is certain, one channel for both is one unknown speaker."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qa.records import (
    Diarisation,
    Heard,
    Hearing,
    Share,
    Span,
    Spans,
    Speaker,
    Transcript,
    Utterance,
    merged,
)

ROLES = (Speaker.AGENT, Speaker.CUSTOMER)


def by_channel(hearing: Hearing, activity: tuple[Spans, Spans], agent_channel: int) -> Diarisation:
    """Agent and customer by the site's channel setting; turns of both merged by time.

    Args:
        hearing: what was heard, with the channel of each stretch.
        activity: speech of channel 0 and channel 1.
        agent_channel: 0 for the left channel, 1 for the right.
    """
    speaker_of = {agent_channel: Speaker.AGENT, 1 - agent_channel: Speaker.CUSTOMER}
    return Diarisation(
        transcript=transcript_of(hearing, _pieces(hearing), speaker_of),
        speech={speaker_of[channel]: spans for channel, spans in enumerate(activity)},
        confidence=1.0,
        channels_separate=True,
    )


def one_speaker(hearing: Hearing, activity: tuple[Spans, ...]) -> Diarisation:
    """Everything on one mixed channel as ``speaker 1``; the roles are not known."""
    return Diarisation(
        transcript=transcript_of(hearing, _pieces(hearing), {0: Speaker.SPEAKER_1}),
        speech={Speaker.SPEAKER_1: activity[0]},
        confidence=0.0,
        channels_separate=False,
    )


def imported(transcript: Transcript, activity: tuple[Spans, ...] | None, agent_channel: int) -> Diarisation:
    """Speech of a transcript made elsewhere.

    Two recorded channels give the speech of each side from voice activity; otherwise the times in
    the file are all there is, and they count as speech. ``speech`` is ``None`` without times.
    """
    speakers = {utterance.speaker for utterance in transcript.utterances}
    people = speakers - {Speaker.SYSTEM}
    known = bool(people) and people <= set(ROLES)
    confidence: Share = 1.0 if known else 0.0
    if activity is not None and len(activity) == 2 and known:
        speech = {ROLES[0]: activity[agent_channel], ROLES[1]: activity[1 - agent_channel]}
        return Diarisation(transcript, speech, confidence, channels_separate=True)
    if not all(utterance.span for utterance in transcript.utterances):
        return Diarisation(transcript, None, confidence, channels_separate=len(people) > 1)
    spoken = speakers | (set(ROLES) if known else set())
    speech = {speaker: merged(_spans(transcript, speaker)) for speaker in sorted(spoken)}
    return Diarisation(transcript, speech, confidence, channels_separate=len(spoken - {Speaker.SYSTEM}) > 1)


def _spans(transcript: Transcript, speaker: Speaker) -> list[Span]:
    return [u.span for u in transcript.utterances if u.speaker is speaker and u.span is not None]


def transcript_of(
    hearing: Hearing, pieces: Iterable[tuple[int, Heard]], speaker_of: Mapping[int, Speaker]
) -> Transcript:
    """The transcript of what was heard, each piece with the number of its voice; sorted by time."""
    ordered = sorted(pieces, key=lambda piece: (piece[1].span.start, piece[0]))
    return Transcript(
        language=hearing.language,
        engine=hearing.engine,
        model=hearing.model,
        utterances=tuple(
            replace(_utterance(heard, speaker_of[voice]), id=index)
            for index, (voice, heard) in enumerate(ordered)
        ),
        flags=hearing.flags,
    )


def _pieces(hearing: Hearing) -> list[tuple[int, Heard]]:
    return [(heard.channel, heard) for heard in hearing.heard]


def _utterance(heard: Heard, speaker: Speaker) -> Utterance:
    return Utterance(0, speaker, heard.span, heard.text, heard.confidence, heard.words)
