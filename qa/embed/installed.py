"""The embedder of this process."""

from functools import lru_cache

from qa.embed.nano import Nano
from qa.embed.port import Embedder
from qa.embed.remembered import Remembered


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """The one that judges and analyses share; loaded at the first text."""
    return Remembered(Nano())
