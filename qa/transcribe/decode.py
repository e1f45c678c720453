"""Decodes a batch of windows greedily, with one second try for those that went wrong."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from whisper.audio import N_SAMPLES, log_mel_spectrogram, pad_or_trim
from whisper.decoding import DecodingOptions, DecodingResult
from whisper.model import Whisper

from qa.transcribe.timed import Decoded, better

_SECOND_TEMPERATURE = 0.4
_TOKENS = {"en": 224}
"""30 s of English never need more; read Persian took 223, pauses included."""
_MOST_TOKENS = 336
_CACHE_BYTES = 300e6


def batch_size(model: Whisper) -> int:
    """Windows decoded together, so that the keys and values of their sound stay under 300 MB."""
    dims = model.dims
    window = 2 * 4 * dims.n_text_layer * dims.n_audio_ctx * dims.n_text_state
    return int(max(1, _CACHE_BYTES // max(1, window)))


def encode(model: Whisper, sounds: Sequence[NDArray[np.float32]]) -> torch.Tensor:
    """The encoder's view of windows of 16 kHz sound, shape (windows, frames, width)."""
    mels = [log_mel_spectrogram(pad_or_trim(sound, N_SAMPLES), model.dims.n_mels) for sound in sounds]
    encoded: torch.Tensor = model.encoder(torch.stack(mels).to(model.device))
    return encoded


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
