"""The classifier of each example set, fitted at most once for the same sentences.

Those of the shipped sets come along (``data/examples/heads``); others are fitted at first use and kept with
the site's models.
"""

from functools import lru_cache
from pathlib import Path

from qa.embed import Examples, Head, embedder, examples_key, fit_once, load_head
from qa.scorecard import ExampleSet
from qa.settings import ROOT, read_settings
from qa.text import fold

SHIPPED = ROOT / "data" / "examples" / "heads"
YES, NO = "1", "0"


@lru_cache(maxsize=256)
def head_of(examples: ExampleSet) -> Head:
    """The classifier with the classes "0" and "1"; the first use of a new set costs some seconds."""
    rows = training(examples)
    shipped = load_head(SHIPPED / f"{examples.name}.npz")
    if shipped is not None and shipped.key == examples_key(rows, embedder()):
        return shipped
    return fit_once(rows, embedder(), read_settings().models_dir / "examples")


def training(examples: ExampleSet) -> Examples:
    """The sentences to fit on; one wording in two places stays together when sentences are left out."""
    return Examples(
        texts=tuple(one.text for one in examples.sentences),
        labels=tuple(YES if one.positive else NO for one in examples.sentences),
        groups=tuple(fold(one.text) for one in examples.sentences),
    )


def fit_shipped(folder: Path = SHIPPED) -> list[str]:
    """Fit the shipped sets again and write their heads; gives the names of the sets."""
    from qa.embed import fit, save_head
    from qa.scorecard import shared_sets

    sets = shared_sets()
    for name, examples in sets.items():
        rows = training(examples)
        save_head(fit(rows, embedder(), examples_key(rows, embedder())), folder / f"{name}.npz")
    return list(sets)
