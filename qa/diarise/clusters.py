"""Voices as clusters: spherical k-means, and how far two clusters must be apart to be two people.

Measured distances (1 - cosine of the mean vectors) of a split in two: one person on a telephone, ten
recordings of 60 to 240 s, 0.03 to 0.11; one person for 8 to 12 s, up to 0.22 from chance alone; two people,
five recordings, 0.24 to 0.40, synthesised English voices 0.27 to 0.36.
"""

import numpy as np
from numpy.typing import NDArray

from qa.diarise.encoder import Vectors
from qa.records import Share

ROUNDS, TRIES = 50, 10
APART, FEW = 0.12, 1.5
FEWEST = 8
SMALLEST, SMALLEST_SHARE = 3, 0.02
WEAKEST, SURE_AT = 0.75, 0.1

Labels = NDArray[np.int64]


def split(vectors: Vectors, count: int) -> tuple[Labels, Vectors]:
    """The best of several k-means splits into ``count`` groups by cosine: labels, and centres of length 1.

    The same vectors give the same split. Asks for at least ``count`` vectors.
    """
    chance = np.random.default_rng(0)
    best: tuple[float, Labels, Vectors] | None = None
    for _ in range(TRIES):
        labels, centres = _settle(vectors, _scattered(vectors, count, chance))
        fit = float((vectors @ centres.T).max(axis=1).sum())
        if best is None or fit > best[0] + 1e-6:
            best = fit, labels, centres
    if best is None:
        raise ValueError("no split was tried")
    return best[1], best[2]


def centre(vectors: Vectors) -> Vectors:
    """The mean voice, length 1."""
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def distance(one: Vectors, other: Vectors) -> float:
    """1 - cosine: 0 for the same voice, 1 for voices with nothing in common."""
    return 1.0 - float(one @ other)


def needed(count: int) -> float:
    """The distance from which two centres are two voices, for so many vectors in all: few scatter more."""
    return APART + FEW / max(count, 1)


def two_voices(labels: Labels, centres: Vectors) -> bool:
    """True when a split in two is one into two people."""
    smaller = int(np.bincount(labels, minlength=2).min())
    enough = len(labels) >= FEWEST and smaller >= max(SMALLEST, SMALLEST_SHARE * len(labels))
    return enough and distance(centres[0], centres[1]) >= needed(len(labels))


def sureness(count: int, apart: float) -> Share:
    """How sure two voices are two people: 0.75 at the needed distance, 1 from 0.1 beyond it."""
    beyond = (apart - needed(count)) / SURE_AT
    return WEAKEST + (1 - WEAKEST) * min(1.0, max(0.0, beyond))


def _scattered(vectors: Vectors, count: int, chance: np.random.Generator) -> Vectors:
    """Starting centres far from one another (k-means++, Arthur & Vassilvitskii 2007)."""
    chosen = [int(chance.integers(len(vectors)))]
    while len(chosen) < count:
        far = np.clip(1.0 - (vectors @ vectors[chosen].T).max(axis=1), 1e-9, None).astype(np.float64) ** 2
        chosen.append(int(chance.choice(len(vectors), p=far / far.sum())))
    return vectors[chosen]


def _settle(vectors: Vectors, centres: Vectors) -> tuple[Labels, Vectors]:
    labels = (vectors @ centres.T).argmax(axis=1)
    for _ in range(ROUNDS):
        groups = [vectors[labels == group] for group in range(len(centres))]
        centres = np.stack([centre(g) if len(g) else old for g, old in zip(groups, centres, strict=True)])
        after = (vectors @ centres.T).argmax(axis=1)
        if (after == labels).all():
            break
        labels = after
    return labels, centres
