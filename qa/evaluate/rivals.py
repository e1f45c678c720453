"""Recognisers to be measured side by side, each on the same weights: the usual ways to run Whisper, and ours.

A rival gets decoded sound and gives the text of every channel. Those that know no channels are given each
channel as a recording of its own, which is the same sound and the same number of seconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from qa.records import Audio
from qa.settings import Settings

Listen = Callable[[Audio], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Rival:
    """``open`` loads the weights and gives what listens. ``ours`` is False for a baseline."""

    name: str
    says: str
    open: Callable[[Settings], Listen]
    ours: bool = False


def _by_channel(listen: Callable[[Any], str]) -> Listen:
    return lambda audio: [listen(channel) for channel in audio.samples]


def _whisper(settings: Settings, **options: object) -> Listen:
    import torch
    import whisper

    from qa.transcribe.weights import find_weights

    torch.set_num_threads(settings.recogniser_threads)
    model = whisper.load_model(str(find_weights(settings)), device="cpu")
    return _by_channel(lambda samples: str(model.transcribe(samples, fp16=False, **options)["text"]))


def _command(settings: Settings) -> Listen:
    """As ``whisper.transcribe.cli`` calls it when no option is given."""
    temperatures = tuple(round(0.2 * step, 1) for step in range(6))
    return _whisper(settings, temperature=temperatures, beam_size=5, best_of=5, verbose=None)


def _greedy(settings: Settings) -> Listen:
    return _whisper(settings, temperature=0.0, condition_on_previous_text=False)


def _faster_whisper(settings: Settings) -> Any:
    """The model as faster-whisper loads it, from a folder that is gone afterwards."""
    import tempfile
    from pathlib import Path

    from faster_whisper import WhisperModel

    from qa.transcribe.ctranslate import model_files

    with tempfile.TemporaryDirectory(prefix="qa-bench-") as folder:
        for name, data in model_files(settings).items():
            (Path(folder) / name).write_bytes(data)
        return WhisperModel(
            folder, device="cpu", compute_type="int8", cpu_threads=settings.recogniser_threads
        )


def _text(segments: Any) -> str:
    return " ".join(segment.text.strip() for segment in segments)


def _sequential(settings: Settings) -> Listen:
    model = _faster_whisper(settings)
    return _by_channel(lambda samples: _text(model.transcribe(samples)[0]))


def _batched(settings: Settings, **options: object) -> Listen:
    from faster_whisper import BatchedInferencePipeline

    pipeline = BatchedInferencePipeline(_faster_whisper(settings))
    return _by_channel(lambda samples: _text(pipeline.transcribe(samples, **options)[0]))


def _batched_words(settings: Settings) -> Listen:
    return _batched(settings, word_timestamps=True)


def _ours(settings: Settings, **changes: object) -> Listen:
    from qa.audio import speech_activity
    from qa.transcribe import open_engine

    engine = open_engine(settings.model_copy(update=changes))

    def listen(audio: Audio) -> Sequence[str]:
        hearing = engine.listen(audio, speech_activity(audio), None, lambda _share: None)
        return [
            " ".join(heard.text for heard in hearing.heard if heard.channel == channel)
            for channel in range(len(audio.samples))
        ]

    return listen


RIVALS = (
    Rival("whisper", "the `whisper` command, no options", _command),
    Rival("greedy", "openai-whisper, greedy, no fallback, no context", _greedy),
    Rival("faster-whisper", "faster-whisper int8, no options (beam 5)", _sequential),
    Rival("batched", "faster-whisper BatchedInferencePipeline int8, no options (beam 5)", _batched),
    Rival("batched+words", "the same with word times, as our engines give them", _batched_words),
    Rival("openai", "ours, engine openai", lambda settings: _ours(settings, engine="openai"), ours=True),
    Rival("fast", "ours, engine fast, beam 5", lambda settings: _ours(settings, engine="fast"), ours=True),
    Rival(
        "fast-greedy",
        "ours, engine fast, beam 1",
        lambda settings: _ours(settings, engine="fast", beam=1),
        ours=True,
    ),
)
"""Every recogniser that ``bench transcribe`` runs, in the order of its table."""
