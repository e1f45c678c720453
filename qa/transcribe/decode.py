"""Decodes a batch of windows greedily, with one second try for those that went wrong."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from whisper.audio import log_mel_spectrogram
from whisper.decoding import DecodingOptions, DecodingResult
from whisper.model import Whisper

from qa.transcribe.cropping import RATE, WINDOW, mel_frames, padded
from qa.transcribe.timed import Decoded, better

_SECOND_TEMPERATURE = 0.4
_TOKENS = {"en": 224}
"""30 s of English never need more; read Persian took 223, pauses included."""
_MOST_TOKENS = 336
_CACHE_BYTES = 150e6


def batch_size(model: Whisper) -> int:
    """Windows decoded together, so that the keys and values of their sound stay under 150 MB."""
    dims = model.dims
    frames = mel_frames(round(WINDOW * RATE)) // 2
    window = 2 * 4 * dims.n_text_layer * frames * dims.n_text_state
    return int(max(1, _CACHE_BYTES // max(1, window)))


def encode(model: Whisper, sounds: Sequence[NDArray[np.float32]]) -> torch.Tensor:
    """The encoder's view of windows of 16 kHz sound, shape (windows, frames, width)."""
    frames = mel_frames(max(sound.size for sound in sounds))
    mels = [log_mel_spectrogram(padded(sound, frames), model.dims.n_mels) for sound in sounds]
    return torch.cat([model.encoder(mel[None].to(model.device)) for mel in mels])


@contextlib.contextmanager
def as_long_as(model: Whisper, features: torch.Tensor) -> Iterator[None]:
    """Lets Whisper's own functions take features that are shorter than 30 s for what they are."""
    whole = model.dims.n_audio_ctx
    model.dims.n_audio_ctx = features.shape[-2]
    try:
        yield
    finally:
        model.dims.n_audio_ctx = whole


def decode(model: Whisper, features: torch.Tensor, language: str) -> list[Decoded]:
    """The text of encoded windows: greedy, and once more with a temperature where that looks wrong.

    Without time stamps: on real calls the text is better, and word times come from the attention.
    The second try draws from a fixed seed, so the same recording always gives the same words.
    """
    options = DecodingOptions(
        language=language,
        without_timestamps=True,
        fp16=False,
        sample_len=min(_TOKENS.get(language, _MOST_TOKENS), model.dims.n_text_ctx - 8),
    )
    with as_long_as(model, features):
        return _decode(model, features, options)


def _decode(model: Whisper, features: torch.Tensor, options: DecodingOptions) -> list[Decoded]:
    decoded = [_decoded(result) for result in model.decode(features, options)]
    wrong = [i for i, one in enumerate(decoded) if one.doubtful]
    if wrong:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            again = model.decode(features[wrong], replace(options, temperature=_SECOND_TEMPERATURE))
        for i, result in zip(wrong, again, strict=True):
            decoded[i] = better(decoded[i], _decoded(result))
    return decoded


def _decoded(result: DecodingResult) -> Decoded:
    return Decoded(
        tokens=tuple(result.tokens),
        text=result.text,
        logprob=float(result.avg_logprob),
        no_speech=float(result.no_speech_prob),
        compression=float(result.compression_ratio),
    )
