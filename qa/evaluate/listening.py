"""Lets a recogniser listen to recordings whose words are known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qa.audio import decode, speech_activity
from qa.evaluate.references import Reference
from qa.records import Hearing, Seconds, Word
from qa.transcribe import Transcriber

_LONGEST: Seconds = 4 * 3600


@dataclass(frozen=True, slots=True)
class Answer:
    """What was heard of one recording, as the engine says it (probabilities not calibrated)."""

    reference: Reference
    hearing: Hearing

    def utterances(self, channel: int) -> tuple[tuple[Word, ...], ...]:
        """The words of every utterance of a channel; all of them where the reference has one for all."""
        every = len(self.reference.channels) == 1
        return tuple(one.words for one in self.hearing.heard if every or one.channel == channel)

    def text(self, channel: int) -> str:
        """The words of a channel."""
        return " ".join(word.text for words in self.utterances(channel) for word in words)


def listen_to(
    engine: Transcriber, references: Iterable[Reference], done: Callable[[], None]
) -> tuple[Answer, ...]:
    """Every recording, with its language told. ``done`` is called after each.

    Raises:
        BadRecording: a recording cannot be decoded.
    """
    answers = []
    for reference in references:
        audio = decode(reference.path, maximum=_LONGEST)[1]
        heard = engine.listen(audio, speech_activity(audio), reference.language, lambda _: None)
        answers.append(Answer(reference, heard))
        done()
    return tuple(answers)
