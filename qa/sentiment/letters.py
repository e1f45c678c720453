"""Letters of a text as counts in a fixed number of places (hashed n-grams of 2 to 5 letters inside words)."""

import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.text import fold

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

PLACES = 1 << 14
SHORTEST, LONGEST = 2, 5


def letters(texts: Sequence[str]) -> "csr_matrix":
    """``(n, PLACES)``, rows of unit length; counts are damped by 1 + log."""
    import numpy as np
    from scipy.sparse import csr_matrix

    pointers: list[int] = [0]
    columns: list[int] = []
    values: list[float] = []
    for text in texts:
        counted = Counter(place for word in fold(text).split() for place in _places(word))
        weights = 1 + np.log(np.fromiter(counted.values(), float, len(counted)))
        columns.extend(counted)
        values.extend(weights / max(1e-12, float(np.sqrt((weights**2).sum()))))
        pointers.append(len(columns))
    return csr_matrix((values, columns, pointers), shape=(len(texts), PLACES), dtype=np.float64)


@lru_cache(maxsize=32768)
def _places(word: str) -> tuple[int, ...]:
    edged = f" {word} "
    grams = (
        edged[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(edged) - size + 1)
    )
    return tuple(zlib.crc32(gram.encode()) % PLACES for gram in grams)
