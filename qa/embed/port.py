"""What a sentence embedder is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Embedder(Protocol):
    """Sentences to vectors of unit length in which nearness is likeness of meaning.

    ``label`` is name and version; vectors under different labels must not be mixed.
    """

    label: str

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """One row a text, ``(n, d)``; the same text gives the same row, whatever stands beside it."""
        ...
