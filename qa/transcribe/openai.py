"""The default recogniser: OpenAI's Whisper on speech cut out first, many windows at a time."""

from collections.abc import Callable, Iterator, Sequence

import torch
from whisper.tokenizer import LANGUAGES as WHISPER_LANGUAGES
from whisper.tokenizer import get_tokenizer

from qa.errors import InvalidSetting
from qa.records import Audio, Flag, Heard, Hearing, Share, Spans
from qa.settings import Settings
from qa.transcribe import guards
from qa.transcribe.align import Spoken, TimedWord, align
from qa.transcribe.decode import Decoded, batch_size, decode, encode
from qa.transcribe.language import PROBES, Choice, choose_language, fixed_language
from qa.transcribe.model import load_model, too_small_for_persian
from qa.transcribe.packing import Window, pack, window_sound
from qa.transcribe.placing import place_words, utterances
from qa.transcribe.weights import find_weights

_Found = tuple[tuple[Heard, ...], bool]


class OpenAITranscriber:
    """Whisper through OpenAI's package, on the processor in float32.

    Raises:
        ModelMissing: the weights cannot be found or loaded.
    """

    name = "openai"

    def __init__(self, settings: Settings) -> None:
        torch.set_num_threads(settings.recogniser_threads)
        self.model = settings.model_path.name if settings.model_path else settings.model
        self._whisper = load_model(find_weights(settings))

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
        self._check(language)
        windows = pack(audio, speech)
        encoded = {} if language else self._encode(audio, _longest(windows))
        choice = fixed_language(language) if language else self._choose(encoded)
        heard: list[Heard] = []
        cut, done = False, 0
        for batch in _batches(windows, batch_size(self._whisper)):
            encoded |= self._encode(audio, [window for window in batch if window not in encoded])
            features = torch.stack([encoded.pop(window) for window in batch])
            for found, looped in self._hear(batch, features, choice.language):
                heard += found
                cut = cut or looped
            done += len(batch)
            progress(done / len(windows))
        return Hearing(
            language=choice.language,
            language_confidence=choice.confidence,
            engine=self.name,
            model=self.model,
            heard=tuple(sorted(heard, key=lambda one: (one.span, one.channel))),
            flags=(*choice.flags, *self._doubts(choice.language, cut)),
        )

    def _doubts(self, language: str, cut: bool) -> Iterator[Flag]:
        if self.drafts(language):
            yield Flag.DRAFT
        if cut:
            yield Flag.REPETITION_REMOVED

    def _check(self, language: str | None) -> None:
        if language is not None and language not in WHISPER_LANGUAGES:
            raise InvalidSetting(f"The language {language!r} is unknown to Whisper: use fa, en or auto.")
        if language not in (None, "en") and not self._whisper.is_multilingual:
            raise InvalidSetting(
                f"The model {self.model!r} knows English alone, not {language!r}: "
                "choose a model without .en in its name."
            )

    def _encode(self, audio: Audio, windows: Sequence[Window]) -> dict[Window, torch.Tensor]:
        if not windows:
            return {}
        features = encode(self._whisper, [window_sound(audio, window) for window in windows])
        return dict(zip(windows, features, strict=True))

    def _choose(self, encoded: dict[Window, torch.Tensor]) -> Choice:
        if not self._whisper.is_multilingual:
            return fixed_language("en")
        if not encoded:
            return choose_language([])
        _, shares = self._whisper.detect_language(torch.stack(list(encoded.values())))
        return choose_language([(one, window.speech) for window, one in zip(encoded, shares, strict=True)])

    def _hear(self, windows: Sequence[Window], features: torch.Tensor, language: str) -> Iterator[_Found]:
        tokenizer = get_tokenizer(
            self._whisper.is_multilingual,
            num_languages=self._whisper.num_languages,
            language=language,
            task="transcribe",
        )
        decoded = decode(self._whisper, features, language)
        signs = [_signs(window, one) for window, one in zip(windows, decoded, strict=True)]
        spoken = [
            Spoken(() if guards.empty(sign) else _text(one, tokenizer.eot), one.features, window.length)
            for window, one, sign in zip(windows, decoded, signs, strict=True)
        ]
        aligned = align(self._whisper, tokenizer, spoken)
        for window, words, sign in zip(windows, aligned, signs, strict=True):
            yield _utterances(window, words, sign)


def _text(decoded: Decoded, end: int) -> tuple[int, ...]:
    """The tokens of words; a model that was tuned carelessly also writes marks, which have no sound."""
    return tuple(token for token in decoded.tokens if token < end)


def _utterances(window: Window, words: Sequence[TimedWord], signs: guards.Signs) -> _Found:
    kept, looped = guards.without_loops(guards.without_collapsed(words))
    found = utterances(window.channel, place_words(window, kept))
    return tuple(heard for heard in found if guards.said(heard, signs)), looped


def _signs(window: Window, decoded: Decoded) -> guards.Signs:
    return guards.Signs(
        speech=window.speech,
        words=len(decoded.text.split()),
        no_speech=decoded.no_speech,
        logprob=decoded.logprob,
        doubtful=decoded.doubtful,
    )


def _longest(windows: Sequence[Window]) -> list[Window]:
    return sorted(windows, key=lambda window: -window.speech)[:PROBES]


def _batches(windows: Sequence[Window], size: int) -> Iterator[Sequence[Window]]:
    """Windows of like length together: a batch is decoded until its longest text ends."""
    line = sorted(windows, key=lambda window: window.speech)
    for first in range(0, len(line), size):
        yield line[first : first + size]
