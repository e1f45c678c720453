"""Calls written as timelines, for tests of measures."""

from qa.records import Call, Span, Spans, Speaker, Transcript, Utterance

Pairs = tuple[tuple[float, float], ...]
Said = tuple[tuple[Speaker, float, float, str], ...]


def spans(pairs: Pairs) -> Spans:
    return tuple(Span(start, end) for start, end in pairs)


def two_sided(agent: Pairs, customer: Pairs, said: Said = (), flags: tuple[str, ...] = ()) -> Call:
    """A call with a channel a side."""
    speech = {Speaker.AGENT: spans(agent), Speaker.CUSTOMER: spans(customer)}
    return Call(_transcript(said, flags), speech, 600.0, channels_separate=True)


def mixed(pairs: Pairs, said: Said = ()) -> Call:
    """A call with both voices on one channel."""
    return Call(_transcript(said, ()), {Speaker.SPEAKER_1: spans(pairs)}, 600.0, channels_separate=False)


def _transcript(said: Said, flags: tuple[str, ...]) -> Transcript:
    utterances = tuple(
        Utterance(index, speaker, Span(start, end), text) for index, (speaker, start, end, text) in enumerate(said)
    )
    return Transcript("en", "test", "test", utterances, flags)
