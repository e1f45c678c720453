"""What larger models cost beside base, by the arithmetic alone: Whisper of their shape with random weights.

A recogniser does the same arithmetic whatever its weights are. So the cost of a model that is not at hand is
measured on one of the same dimensions: a window through the encoder, and a token through the decoder.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qa.records import Seconds

if TYPE_CHECKING:
    import torch
    from whisper.model import Whisper

Made = TypeVar("Made")

SOUND = 17.0  # seconds of a window that is filled
TOKENS = 48
TIMES = 3
SIZES = {
    "base": (80, 512, 8, 6, 6),
    "small": (80, 768, 12, 12, 12),
    "medium": (80, 1024, 16, 24, 24),
    "turbo": (128, 1280, 20, 32, 4),
    "large-v3": (128, 1280, 20, 32, 32),
}
"""Bands of the spectrum, width, heads, layers of encoder and decoder (OpenAI's published dimensions)."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU-seconds of one window in the encoder and of one token of one window in the decoder; megabytes of
    the process that held the model.
    """

    size: str
    window: Seconds
    token: Seconds
    memory: int


def cost_of(size: str) -> Cost:
    """The cost of a size, in this process and on one thread; the least of three tries."""
    import numpy as np
    import torch
    from whisper.model import ModelDimensions, Whisper

    from qa.transcribe.decode import encode
    from qa.transcribe.decoder import TurnedDecoder
    from qa.transcribe.encoder import CroppedEncoder

    torch.set_num_threads(1)
    torch.manual_seed(0)
    mels, width, heads, encoder, decoder = SIZES[size]
    vocabulary = 51_866 if mels == 128 else 51_865
    dims = ModelDimensions(mels, 1500, width, heads, encoder, vocabulary, 448, width, heads, decoder)
    model = Whisper(dims)
    model.encoder = CroppedEncoder(mels, 1500, width, heads, encoder)
    model.decoder = TurnedDecoder(vocabulary, 448, width, heads, decoder)
    model.eval()
    sound = np.random.default_rng(0).standard_normal(round(SOUND * 16_000)).astype(np.float32)
    with torch.inference_mode():
        windows, features = zip(
            *(_timed(lambda: encode(model, [sound])) for _try in range(TIMES)), strict=True
        )
        tokens = [_timed(lambda: _said(model, features[0]))[0] for _try in range(TIMES)]
    return Cost(size, min(windows), min(tokens) / TOKENS, _peak())


def costs(sizes: tuple[str, ...]) -> Iterator[Cost]:
    """Each size in a process of its own, so that its memory can be told."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            yield pool.submit(cost_of, size).result()


def _timed(work: Callable[[], Made]) -> tuple[Seconds, Made]:
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def _said(model: "Whisper", features: "torch.Tensor") -> None:
    """Decode a fixed number of tokens greedily, with the keys of earlier ones kept."""
    import torch
    from whisper.decoding import PyTorchInference

    inference = PyTorchInference(model, initial_token_length=1)
    tokens = torch.tensor([[50_258]])
    for _token in range(TOKENS):
        logits = inference.logits(tokens, features)
        tokens = torch.cat([tokens, logits[:, -1].argmax(-1, keepdim=True)], 1)
    inference.cleanup_caching()


def _peak() -> int:
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0
