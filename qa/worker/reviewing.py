"""The reviewer of a real site, loaded once in its process; heavy, so only that process imports it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.audio import decode, peaks
from qa.errors import NotFound
from qa.measure import default_limits
from qa.pipeline import Options, Sound, Tools, review
from qa.scorecard import Scorecard, default_scorecards, parse_scorecard
from qa.settings import Settings
from qa.text import fold
from qa.transcribe import open_engine
from qa.worker.port import Progress, Reviewed, Reviewer, Task

PEAKS = 2000
"""Points of the waveform; twice what the widest player shows."""


def open_reviewer(settings: Settings) -> Reviewer:
    """The recogniser's weights are loaded here.

    Raises:
        ModelMissing: the weights are not here or are damaged.
    """
    return _SiteReviewer(settings, Tools(open_engine(settings), default_scorecard), site_options(settings))


def site_options(settings: Settings) -> Options:
    """What the site decides about every call."""
    return Options(
        limits=default_limits(),
        language=None if settings.language == "auto" else settings.language,
        agent_channel=0 if settings.agent_channel == "left" else 1,
        minimum_seconds=settings.minimum_seconds,
        minimum_words=settings.minimum_words,
    )


def default_scorecard(language: str) -> Scorecard:
    """The shipped scorecard of a language, the English one for others."""
    cards: dict[str, Scorecard] = {card.language: card for card in default_scorecards()}
    return cards.get(language, cards["en"])


@dataclass(frozen=True, slots=True)
class _SiteReviewer:
    settings: Settings
    tools: Tools
    options: Options

    def __call__(self, task: Task, progress: Progress) -> Reviewed:
        progress("decode", 0.0)
        recording, audio = decode(task.recording, maximum=self.settings.maximum_hours * 3600)
        options = replace(self.options, language=task.language or self.options.language, service=task.service)
        tools = replace(self.tools, scorecard_for=lambda language: choose_scorecard(task, language))
        found = review(Sound(recording, audio), tools, options, progress)
        words = " ".join(utterance.text for utterance in found.transcript.utterances)
        return Reviewed(found, fold(words), peaks(audio, PEAKS))


def choose_scorecard(task: Task, language: str) -> Scorecard:
    """The scorecard of the call's queue, else the default of the language, as it was published last.

    Raises:
        NotFound: the queue names a scorecard that is neither published nor shipped.
    """
    return pick_scorecard(dict(task.published), task.scorecard, language)


def pick_scorecard(published: Mapping[str, str], wanted: str | None, language: str) -> Scorecard:
    """The scorecard with the id ``wanted``, or of a language; ``published`` are the newest texts by id.

    Raises:
        NotFound: it is neither published nor shipped.
    """
    shipped = {card.id: card for card in default_scorecards()}
    wanted = wanted or default_scorecard(language).id
    if wanted in published:
        return _parsed(published[wanted], wanted)
    if wanted not in shipped:
        raise NotFound(f"The queue's scorecard {wanted!r} is not published; publish it or change the queue.")
    return shipped[wanted]


@lru_cache(maxsize=32)
def _parsed(text: str, name: str) -> Scorecard:
    return parse_scorecard(text, name)
