"""Themes that no dictionary names: non-negative matrix factorisation of weighted words (Lee, Seung 1999)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import yaml

from qa.errors import InvalidSetting
from qa.settings import ROOT
from qa.text import fold

PATH = ROOT / "data" / "aspects" / "stop_words.yaml"
SEED = 20261122
FEWEST = 30  # texts; from fewer, themes are chance
SHORTEST = 3  # letters of a word
WORDS = 5  # that name a theme
LEAST = 5  # texts of a theme that is shown


@dataclass(frozen=True, slots=True)
class Found:
    """A theme: its strongest words as they are written, and the places of its texts, the strongest first."""

    words: tuple[str, ...]
    texts: tuple[int, ...]


def find_themes(texts: Sequence[str], count: int = 6) -> tuple[Found, ...]:
    """At most ``count`` themes, the largest first; a text belongs to its strongest theme alone. None from
    fewer than ``FEWEST`` texts.
    """
    if len(texts) < FEWEST:
        return ()
    import numpy as np
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(analyzer=_words, min_df=3, max_df=0.6, sublinear_tf=True, max_features=3000)
    try:
        table = weights.fit_transform(texts)
    except ValueError:  # no word is in enough texts: there is no theme
        return ()
    number = min(count, table.shape[1])
    model = NMF(number, init="nndsvda", random_state=SEED, max_iter=400, tol=1e-3)
    shares = model.fit_transform(table)
    names = weights.get_feature_names_out()
    strongest = np.where(shares.max(axis=1) > 0, shares.argmax(axis=1), -1)
    found = []
    for theme in range(number):
        members = np.flatnonzero(strongest == theme)
        if members.size >= LEAST:
            members = members[np.argsort(-shares[members, theme], kind="stable")]
            words = [names[place] for place in np.argsort(-model.components_[theme], kind="stable")[:WORDS]]
            found.append((words, tuple(int(place) for place in members)))
    spelled = _spelled({word for words, _texts in found for word in words}, texts)
    themes = (Found(tuple(spelled.get(word, word) for word in words), places) for words, places in found)
    return tuple(sorted(themes, key=lambda one: -len(one.texts)))


def _words(text: str) -> list[str]:
    stop = _stop_words()
    return [word for word in fold(text).split() if len(word) >= SHORTEST and word not in stop]


def _spelled(wanted: Set[str], texts: Sequence[str]) -> dict[str, str]:
    """Folded words in the first spelling that a person used."""
    known: dict[str, str] = {}
    for word in dict.fromkeys(word for text in texts for word in text.split()):
        plain = fold(word)
        if plain in wanted and plain not in known:
            known[plain] = word.strip("«»\"'().,،؛:!؟?…-")
    return known


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    try:
        read = yaml.safe_load(PATH.read_text(encoding="utf-8"))
        return frozenset(fold(str(word)) for words in read.values() for word in words)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError) as error:
        raise InvalidSetting(f"The list {PATH.name} cannot be read; put the shipped file back.") from error
