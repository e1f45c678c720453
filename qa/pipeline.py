"""The stages in order, from a recording (or a transcript alone) to a review. Touches no database."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from qa.abuse import abusive
from qa.audio import speech_activity
from qa.complaint import find_complaints
from qa.diarise import Diariser, Voice, by_channel, imported, one_speaker
from qa.judge import judge
from qa.measure import Limits, measure
from qa.promise import Office, find_promises, with_forbidden
from qa.records import (
    Audio,
    Call,
    Diarisation,
    Flag,
    LeftOut,
    Measurement,
    Promise,
    Recording,
    Review,
    Scoring,
    ScoringStatus,
    Seconds,
    Share,
    Speaker,
    Transcript,
)
from qa.redact import redact
from qa.score import score
from qa.scorecard import Minimum, Scorecard
from qa.sentiment import of_utterances
from qa.text import count_words
from qa.transcribe import Transcriber, calibrated

Progress = Callable[[str, Share], None]
STAGES = ("speech", "transcribe", "diarise", "redact", "measure", "score")


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording with its decoded audio."""

    recording: Recording
    audio: Audio


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """What a site decides about every call.

    ``language`` is ``None`` to choose between fa and en; ``agent_channel`` is 0 (left) or 1 (right).
    The minimums are those of scorecards that state none. ``service`` is what the call's queue sells,
    ``agent_voice`` the enrolled voice of the agent of the call at hand. ``made`` is when the call began
    (aware; ``None``: not known), ``zone`` and ``rest_days`` (as in ``date.weekday()``) are what promises are
    counted by.
    """

    limits: Limits
    language: str | None = None
    agent_channel: int = 0
    minimum_seconds: Seconds = 20.0
    minimum_words: int = 10
    service: str | None = None
    agent_voice: Voice | None = None
    made: datetime | None = None
    zone: tzinfo = UTC
    rest_days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Tools:
    """What the stages work with: an engine, the scorecard for a language, and who tells voices on one
    channel apart (``None``: nobody, all of it is ``speaker 1``). ``heard`` is told the redacted call as soon
    as it is there, before it is measured and scored.
    """

    engine: Transcriber | None
    scorecard_for: Callable[[str], Scorecard]
    diariser: Diariser | None = None
    heard: Callable[[Call], None] | None = None


def review(sound: Sound, tools: Tools, options: Options, progress: Progress) -> Review:
    """Everything from the sound: speech, words, speakers, redaction, measures, score."""
    return _conclude(hear(sound, tools, options, progress), sound.recording, tools, options, progress)


def review_transcript(
    transcript: Transcript, sound: Sound | None, tools: Tools, options: Options, progress: Progress
) -> Review:
    """The same from words that another recogniser wrote; ``sound`` adds true speech times."""
    activity = speech_activity(sound.audio) if sound is not None else None
    diarisation = imported(transcript, activity, options.agent_channel)
    return _conclude(diarisation, sound.recording if sound else None, tools, options, progress)


def hear(sound: Sound, tools: Tools, options: Options, progress: Progress) -> Diarisation:
    """Sound to an unredacted transcript with speakers; only the redactor may see the result next.

    Raises:
        ValueError: the tools have no engine.
    """
    if tools.engine is None:
        raise ValueError("a recording without a transcript needs an engine")
    progress("speech", 0.0)
    activity = speech_activity(sound.audio)
    progress("transcribe", 0.0)
    heard = tools.engine.listen(
        sound.audio, activity, options.language, lambda share: progress("transcribe", share)
    )
    hearing = calibrated(heard)  # for every engine here: what it says of itself is not yet a confidence
    progress("diarise", 0.0)
    if len(activity) == 2:
        return by_channel(hearing, (activity[0], activity[1]), options.agent_channel)
    if tools.diariser is None or not activity[0]:
        return one_speaker(hearing, activity)
    return tools.diariser.tell_apart(sound.audio, activity[0], hearing, options.agent_voice)


def rescore(call: Call, measures: tuple[Measurement, ...], scorecard: Scorecard) -> Scoring:
    """A call against a scorecard; its words and measures stay as they are."""
    return score(scorecard, judge(scorecard, call, measures), status_of(call.transcript))


def status_of(transcript: Transcript) -> ScoringStatus | None:
    """Why a call cannot be scored at all; ``None`` when it can be tried."""
    if not transcript.utterances:
        return ScoringStatus.NO_SPEECH
    if Flag.LANGUAGE_NOT_SUPPORTED in transcript.flags:
        return ScoringStatus.LANGUAGE_NOT_SUPPORTED
    return None


def promises_in(transcript: Transcript, options: Options) -> tuple[Promise, ...]:
    """What the agent promised in a call, by its redacted words."""
    return find_promises(
        transcript, options.made, Office(options.zone, options.rest_days, transcript.language)
    )


def left_out(call: Call, scoring: Scoring, scorecard: Scorecard, options: Options) -> LeftOut | None:
    """Why the call stays out of aggregates, or ``None``. A minimum in the scorecard wins over the site's.

    Without known roles both sides together must reach twice the minimum of words.
    """
    if scoring.status in _OUT:
        return _OUT[scoring.status]
    minimum = scorecard.minimum or Minimum(options.minimum_seconds, options.minimum_words)
    if call.duration is not None and call.duration < minimum.seconds:
        return LeftOut.TOO_SHORT
    return None if _enough_words(call, minimum.words) else LeftOut.FEW_WORDS


def _enough_words(call: Call, least: int) -> bool:
    words: Counter[Speaker] = Counter()
    known = call.roles_known
    for utterance in call.transcript.utterances:
        if utterance.speaker is not Speaker.SYSTEM:
            words[utterance.speaker] += count_words(utterance.text)
        # Most calls have enough after a few turns: no need to count on.
        if known and min(words[Speaker.AGENT], words[Speaker.CUSTOMER]) >= least:
            return True
        if not known and words.total() >= 2 * least:
            return True
    return least <= 0


_OUT = {
    ScoringStatus.NO_SPEECH: LeftOut.NO_SPEECH,
    ScoringStatus.LANGUAGE_NOT_SUPPORTED: LeftOut.LANGUAGE,
    ScoringStatus.INSUFFICIENT: LeftOut.INSUFFICIENT,
}


def _conclude(
    diarisation: Diarisation, recording: Recording | None, tools: Tools, options: Options, progress: Progress
) -> Review:
    progress("redact", 0.0)
    transcript, redactions = redact(diarisation.transcript)
    call = Call(
        transcript=transcript,
        speech=diarisation.speech,
        duration=recording.duration if recording else None,
        channels_separate=diarisation.channels_separate,
        redactions=redactions,
        service=options.service,
        tones=of_utterances(transcript.utterances) if status_of(transcript) is None else (),
    )
    if tools.heard is not None:
        tools.heard(call)
    progress("measure", 0.0)
    measures = measure(call, options.limits)
    progress("score", 0.0)
    scorecard = tools.scorecard_for(transcript.language)
    scoring = rescore(call, measures, scorecard)
    progress("score", 1.0)
    return Review(
        recording=recording,
        transcript=transcript,
        redactions=redactions,
        measures=measures,
        scoring=scoring,
        speech=call.speech,
        roles_confidence=diarisation.confidence,
        left_out=left_out(call, scoring, scorecard, options),
        abuse=abusive(transcript.utterances),
        promises=with_forbidden(promises_in(transcript, options), scoring, transcript),
        tones=call.tones,
        complaints=find_complaints(transcript),
    )
