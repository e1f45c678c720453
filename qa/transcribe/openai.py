"""The default recogniser: OpenAI's Whisper on speech cut out first, many windows at a time."""

from collections.abc import Callable, Mapping, Sequence

import torch
from whisper.tokenizer import LANGUAGES as WHISPER_LANGUAGES
from whisper.tokenizer import Tokenizer, get_tokenizer

from qa.records import Audio, Hearing, Share, Spans
from qa.settings import Settings
from qa.transcribe.align import align
from qa.transcribe.cropping import WINDOW
from qa.transcribe.decode import as_long_as, batch_size, decode, encode
from qa.transcribe.hearing import Job, Sounds, Spoken, hear
from qa.transcribe.memory import keep_memory
from qa.transcribe.model import load_model, too_small_for_persian
from qa.transcribe.timed import Decoded, TimedWord
from qa.transcribe.weights import find_weights


class OpenAITranscriber:
    """Whisper through OpenAI's package in float32, on a graphics card where PyTorch finds one.

    Raises:
        ModelMissing: the weights cannot be found or loaded.
    """

    name = "openai"
    window = WINDOW

    def __init__(self, settings: Settings) -> None:
        torch.set_num_threads(settings.recogniser_threads)
        self.model = settings.model_path.name if settings.model_path else settings.model
        self._whisper = load_model(find_weights(settings)).to(device())
        keep_memory()  # after loading, whose blocks may go back
        self.batch = batch_size(self._whisper)
        self.languages = tuple(WHISPER_LANGUAGES) if self._whisper.is_multilingual else ("en",)

    def drafts(self, language: str) -> bool:
        """Whether the model is too small for the language (see ``Transcriber``)."""
        return language == "fa" and too_small_for_persian(self._whisper.dims)

    @torch.inference_mode()
    def listen(
        self,
        audio: Audio,
        speech: tuple[Spans, ...],
        language: str | None,
        progress: Callable[[Share], None],
    ) -> Hearing:
        """What is said in a recording (see ``Transcriber``).

        Raises:
            InvalidSetting: the model does not know the language.
        """
        return hear(self, Job(audio, speech, language), progress)

    def encode(self, sounds: Sounds) -> torch.Tensor:
        """Shape (windows, frames, width)."""
        return encode(self._whisper, sounds)

    def shares(self, encoded: torch.Tensor, count: int) -> Sequence[Mapping[str, Share]]:
        """See ``Ear``."""
        with as_long_as(self._whisper, encoded):
            found: list[dict[str, float]] = self._whisper.detect_language(encoded[:count])[1]
        return found

    def decode(self, encoded: torch.Tensor, language: str) -> Sequence[Decoded]:
        """See ``Ear``."""
        return decode(self._whisper, encoded, language)

    def align(
        self, encoded: torch.Tensor, spoken: Sequence[Spoken], language: str
    ) -> Sequence[list[TimedWord]]:
        """See ``Ear``."""
        tokenizer = self._tokenizer(language)
        words = [Spoken(_text(one, tokenizer.eot), one.length) for one in spoken]
        return align(self._whisper, tokenizer, words, encoded)

    def _tokenizer(self, language: str) -> Tokenizer:
        return get_tokenizer(
            self._whisper.is_multilingual,
            num_languages=self._whisper.num_languages,
            language=language,
            task="transcribe",
        )


def device() -> str:
    """Where PyTorch works: on a graphics card where there is one."""
    return "cuda" if torch.cuda.is_available() else "cpu"


def _text(spoken: Spoken, end: int) -> tuple[int, ...]:
    """The tokens of words; a model that was tuned carelessly also writes marks, which have no sound."""
    return tuple(token for token in spoken.tokens if token < end)
