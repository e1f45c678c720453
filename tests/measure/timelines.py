"""Calls written as timelines, for tests of measures."""

from qa.records import Call, Redaction, Span, Spans, Speaker, Transcript, Utterance, Word

Pairs = tuple[tuple[float, float], ...]
Said = tuple[tuple[Speaker, float, float, str], ...]
Timed = tuple[str, float, float]


def spans(pairs: Pairs) -> Spans:
    return tuple(Span(start, end) for start, end in pairs)


def two_sided(agent: Pairs, customer: Pairs, said: Said = (), flags: tuple[str, ...] = ()) -> Call:
    """A call with a channel a side."""
    speech = {Speaker.AGENT: spans(agent), Speaker.CUSTOMER: spans(customer)}
    return Call(_transcript(said, flags), speech, 600.0, channels_separate=True)


def worded(agent: Pairs, customer: Pairs, speaker: Speaker, *words: Timed) -> Call:
    """A call with a channel a side and one utterance whose words have times."""
    parts = tuple(Word(text, Span(start, end), 0.9) for text, start, end in words)
    text = " ".join(part.text for part in parts)
    utterance = Utterance(0, speaker, Span(words[0][1], words[-1][2]), text, 0.9, parts)
    speech = {Speaker.AGENT: spans(agent), Speaker.CUSTOMER: spans(customer)}
    return Call(Transcript("en", "test", "test", (utterance,)), speech, 600.0, channels_separate=True)


def hidden(agent: Pairs, speaker: Speaker, text: str, when: tuple[float, float]) -> Call:
    """A call of one utterance with a redacted stretch; the customer answers for 9 s."""
    start, end = agent[0][0], agent[-1][1]
    speech = {Speaker.AGENT: spans(agent), Speaker.CUSTOMER: spans(((end + 1, end + 10),))}
    place = text.index("<")
    redaction = Redaction("CARD_NUMBER", 0, (place, len(text)), Span(*when))
    transcript = _transcript(((speaker, start, end, text),), ())
    return Call(transcript, speech, 600.0, channels_separate=True, redactions=(redaction,))


def mixed(pairs: Pairs, said: Said = ()) -> Call:
    """A call with both voices on one channel."""
    return Call(_transcript(said, ()), {Speaker.SPEAKER_1: spans(pairs)}, 600.0, channels_separate=False)


def unnamed(one: Pairs, other: Pairs) -> Call:
    """Two voices told apart, but nobody knows which is the agent."""
    speech = {Speaker.SPEAKER_1: spans(one), Speaker.SPEAKER_2: spans(other)}
    return Call(_transcript((), ()), speech, 600.0, channels_separate=True)


def _transcript(said: Said, flags: tuple[str, ...]) -> Transcript:
    utterances = tuple(
        Utterance(index, speaker, Span(start, end), text)
        for index, (speaker, start, end, text) in enumerate(said)
    )
    return Transcript("en", "test", "test", utterances, flags)
