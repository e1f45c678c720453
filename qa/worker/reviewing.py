"""The reviewer of a real site, loaded once in its process; heavy, so only that process imports it."""

from dataclasses import dataclass, replace

from qa.audio import Source, decode, peaks
from qa.diarise import open_diariser
from qa.diarise.profiles import from_bytes
from qa.errors import NotFound
from qa.measure import default_limits
from qa.pipeline import Options, Sound, Tools, review, review_transcript
from qa.records import Review
from qa.scorecard import Scorecard, Traits, assigned, default_scorecard, pick_scorecard, without
from qa.settings import Settings
from qa.transcribe import open_engine, read_transcript
from qa.worker.port import Progress, Reviewed, Reviewer, Task, Words

__all__ = ["PEAKS", "choose_scorecard", "default_scorecard", "open_reader", "open_reviewer", "site_options"]

PEAKS = 2000
"""Points of the waveform; twice what the widest player shows."""


def open_reviewer(settings: Settings) -> Reviewer:
    """The recogniser's weights are loaded here.

    Raises:
        ModelMissing: the weights are not here or are damaged.
    """
    tools = Tools(open_engine(settings), default_scorecard, open_diariser())
    return _SiteReviewer(settings, tools, site_options(settings))


def open_reader(settings: Settings) -> Reviewer:
    """A reviewer of calls whose words are known, without a recogniser."""
    return _SiteReviewer(settings, Tools(None, default_scorecard), site_options(settings))


def site_options(settings: Settings) -> Options:
    """What the site decides about every call."""
    return Options(
        limits=default_limits(),
        language=None if settings.language == "auto" else settings.language,
        agent_channel=0 if settings.agent_channel == "left" else 1,
        minimum_seconds=settings.minimum_seconds,
        minimum_words=settings.minimum_words,
        zone=settings.zone,
        rest_days=settings.rest_weekdays,
    )


@dataclass(frozen=True, slots=True)
class _SiteReviewer:
    settings: Settings
    tools: Tools
    options: Options

    def __call__(self, task: Task, progress: Progress) -> Reviewed:
        progress("decode", 0.0)
        sound = None if task.recording is None else self._sound(task.recording)
        language = task.language or self.options.language
        options = replace(self.options, language=language, service=task.service, made=task.started_at)
        if self.settings.voice_profiles and task.agent_voice is not None:
            options = replace(options, agent_voice=from_bytes(task.agent_voice))
        waveform = None if sound is None else peaks(sound.audio, PEAKS)
        recording = None if sound is None else sound.recording
        tools = replace(
            self.tools,
            scorecard_for=lambda language: choose_scorecard(task, language),
            heard=lambda call: progress.heard(
                Words(recording, call.transcript, call.redactions, call.speech, waveform)
            ),
        )
        return Reviewed(self._reviewed(task, sound, tools, options, progress), waveform)

    def _reviewed(
        self, task: Task, sound: Sound | None, tools: Tools, options: Options, progress: Progress
    ) -> Review:
        if task.transcript is not None:
            return review_transcript(read_transcript(task.transcript), sound, tools, options, progress)
        if sound is None:
            raise NotFound(f"Call number {task.call_id} has nothing to review; ingest its recording.")
        return review(sound, tools, options, progress)

    def _sound(self, source: Source) -> Sound:
        return Sound(*decode(source, maximum=self.settings.maximum_hours * 3600))


def choose_scorecard(task: Task, language: str) -> Scorecard:
    """The scorecard that is assigned to the call, else the default of the language, as published last.

    Raises:
        NotFound: an assignment names a scorecard that is neither published nor shipped.
    """
    wanted = assigned(task.assignments, Traits(language, task.queue, task.direction))
    return without(pick_scorecard(dict(task.published), wanted, language), task.people_decide)
