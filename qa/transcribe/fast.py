"""The fast recogniser: Whisper in 8-bit integers through CTranslate2, the engine of faster-whisper.

Its methods are used directly: a window is encoded once for language, text and word times, where
faster-whisper encodes the first window twice; and windows are short (``qa.transcribe.cropping``).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.records import Audio, Hearing, Share, Spans
from qa.settings import Settings
from qa.transcribe.cropping import FRAMES_PER_SECOND, WINDOW, mel_frames, padded
from qa.transcribe.ctranslate import open_model
from qa.transcribe.hearing import Job, Sounds, Spoken, hear
from qa.transcribe.local import MEDIUM_WIDTH
from qa.transcribe.memory import keep_memory
from qa.transcribe.timed import Decoded, TimedWord, better, compression

if TYPE_CHECKING:
    from faster_whisper.tokenizer import Tokenizer

_BATCH = 4
"""Windows of base decoded together. Eight cost as much processor time and 200 MB more."""
_SECOND_TEMPERATURE = 0.4
_TOKENS_A_SECOND, _MOST_TOKENS = 12, 220


class FastTranscriber:
    """Whisper through CTranslate2, on a graphics card where CTranslate2 finds one.

    Raises:
        ModelMissing: the weights are not here in CTranslate2's format, or are damaged.
    """

    name = "fast"
    window = WINDOW

    def __init__(self, settings: Settings) -> None:
        from faster_whisper.feature_extractor import FeatureExtractor
        from faster_whisper.tokenizer import _LANGUAGE_CODES

        self.model = settings.model_path.name if settings.model_path else settings.model
        self._beam = settings.beam
        opened = open_model(settings)
        keep_memory()  # after loading, whose blocks may go back
        self._whisper, self._words, self._width = opened.model, opened.tokenizer, opened.width
        self._mel = FeatureExtractor(feature_size=self._whisper.n_mels)
        self.batch = max(1, _BATCH * 512 // self._width)
        self.languages = tuple(_LANGUAGE_CODES) if self._whisper.is_multilingual else ("en",)
        self._tokenizer = lru_cache(maxsize=8)(self._open_tokenizer)

    def drafts(self, language: str) -> bool:
        """Whether the model is too small for the language (see ``Transcriber``)."""
        return language == "fa" and self._width < MEDIUM_WIDTH

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

    def encode(self, sounds: Sounds) -> NDArray[np.float32]:
        """Shape (windows, frames, width). One window after the other: the attention of one fits the cache."""
        frames = mel_frames(max(sound.size for sound in sounds))
        return np.concatenate([self._encoded(self._features(sound, frames)) for sound in sounds])

    def shares(self, encoded: NDArray[np.float32], count: int) -> Sequence[Mapping[str, Share]]:
        """See ``Ear``."""
        told = self._whisper.detect_language(_view(encoded[:count]))
        return [{code[2:-2]: share for code, share in one} for one in told]

    def decode(self, encoded: NDArray[np.float32], language: str) -> Sequence[Decoded]:
        """See ``Ear``. The second try draws from a fixed seed."""
        import ctranslate2

        found = self._generate(encoded, language, {"beam_size": self._beam})
        wrong = [at for at, one in enumerate(found) if one.doubtful]
        if wrong:
            ctranslate2.set_random_seed(0)
            drawing = {"beam_size": 1, "sampling_topk": 0, "sampling_temperature": _SECOND_TEMPERATURE}
            for at, one in zip(wrong, self._generate(encoded[wrong], language, drawing), strict=True):
                found[at] = better(found[at], one)
        return found

    def align(
        self, encoded: NDArray[np.float32], spoken: Sequence[Spoken], language: str
    ) -> Sequence[list[TimedWord]]:
        """See ``Ear``."""
        tokenizer = self._tokenizer(language)
        rows = [at for at, one in enumerate(spoken) if one.tokens]
        out: list[list[TimedWord]] = [[] for _ in spoken]
        if not rows:
            return out
        texts = [[token for token in spoken[at].tokens if token < tokenizer.eot] for at in rows]
        frames = [min(2 * encoded.shape[1], round(spoken[at].length * 100) + 2) for at in rows]
        whole = encoded if len(rows) == len(spoken) else encoded[rows]
        found = self._whisper.align(_view(whole), tokenizer.sot_sequence, texts, frames)
        for at, text, one in zip(rows, texts, found, strict=True):
            out[at] = _timed(tokenizer, text, one)
        return out

    def _features(self, sound: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
        mel: NDArray[np.float32] = self._mel(padded(sound, frames))[None, :, :frames]
        return mel

    def _encoded(self, mel: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(self._whisper.encode(_view(mel), to_cpu=True))

    def _generate(
        self, encoded: NDArray[np.float32], language: str, search: Mapping[str, float]
    ) -> list[Decoded]:
        tokenizer = self._tokenizer(language)
        prompt = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        room = round(_TOKENS_A_SECOND * encoded.shape[1] / FRAMES_PER_SECOND)
        results = self._whisper.generate(
            _view(encoded),
            [prompt] * len(encoded),
            max_length=len(prompt) + min(_MOST_TOKENS, room),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=_suppressed(tokenizer),
            **search,
        )
        return [_decoded(tokenizer, one) for one in results]

    def _open_tokenizer(self, language: str) -> "Tokenizer":
        from faster_whisper.tokenizer import Tokenizer

        return Tokenizer(self._words, self._whisper.is_multilingual, task="transcribe", language=language)


def _view(array: NDArray[np.float32]) -> Any:
    import ctranslate2

    return ctranslate2.StorageView.from_array(np.ascontiguousarray(array, np.float32))


def _suppressed(tokenizer: "Tokenizer") -> list[int]:
    from faster_whisper.transcribe import get_suppressed_tokens

    return list(get_suppressed_tokens(tokenizer, [-1]))


def _decoded(tokenizer: "Tokenizer", result: Any) -> Decoded:
    tokens = tuple(result.sequences_ids[0])
    text = tokenizer.decode(list(tokens)).strip()
    return Decoded(
        tokens=tokens,
        text=text,
        logprob=float(result.scores[0]) * len(tokens) / (len(tokens) + 1),
        no_speech=float(result.no_speech_prob),
        compression=compression(text) if text else 0.0,
    )


def _timed(tokenizer: "Tokenizer", text: list[int], found: Any) -> list[TimedWord]:
    """Words from the path through (token, frame) that CTranslate2 found."""
    path = np.array(found.alignments).reshape(-1, 2)
    jumps = np.concatenate([[True], np.diff(path[:, 0]) > 0])
    times = path[jumps, 1] / FRAMES_PER_SECOND
    words, groups = tokenizer.split_to_word_tokens([*text, tokenizer.eot])
    bounds = np.cumsum([0, *(len(group) for group in groups[:-1])])
    probabilities = np.array(found.text_token_probs)
    return [
        TimedWord(word, float(times[i]), float(times[j]), float(probabilities[i:j].mean()))
        for word, (i, j) in zip(words[:-1], pairwise(bounds), strict=True)
    ]
