"""Sentences as vectors, and a small classifier on them.

    vectors = embedder().embed(["I'm so sorry to hear that", "متوجهم، حق دارید"])
    head = fit(examples, embedder())
    head.probabilities(vectors)

Persian and English lie in one space: what is learnt in one language helps in the other.
"""

from qa.embed.fitting import Examples, cross_validated, fit
from qa.embed.head import Head
from qa.embed.installed import embedder
from qa.embed.kept import examples_key, fit_once, load_head, save_head
from qa.embed.port import Embedder

__all__ = [
    "Embedder",
    "Examples",
    "Head",
    "cross_validated",
    "embedder",
    "examples_key",
    "fit",
    "fit_once",
    "load_head",
    "save_head",
]
