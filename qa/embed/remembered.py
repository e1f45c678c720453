"""An embedder that remembers the texts of late, for criteria that read the same words."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from qa.embed.port import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 8192  # texts; 12 MB at 384 numbers


class Remembered:
    """Each text goes to the embedder once while it is remembered; safe between threads."""

    def __init__(self, inner: Embedder, most: int = MOST) -> None:
        self.label = inner.label
        self._inner, self._most = inner, most
        self._rows: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def embed(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """One row of unit length a text."""
        import numpy as np

        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._rows]
            fresh = dict(zip(new, self._inner.embed(new), strict=True)) if new else {}
            rows = [fresh[text] if text in fresh else self._recent(text) for text in texts]
            self._keep(fresh)
        return np.stack(rows) if rows else self._inner.embed(())

    def _recent(self, text: str) -> "NDArray[np.float32]":
        self._rows.move_to_end(text)
        return self._rows[text]

    def _keep(self, fresh: "dict[str, NDArray[np.float32]]") -> None:
        self._rows.update(fresh)
        while len(self._rows) > self._most:
            self._rows.popitem(last=False)
