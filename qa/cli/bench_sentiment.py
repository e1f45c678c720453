"""``bench sentiment``: macro-F1 on other people's labelled comments, beside word-list baselines."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.printing import print_json, print_table
from qa.errors import NotFound

if TYPE_CHECKING:
    from qa.evaluate.sentiment import Figures

Data = Annotated[Path, typer.Argument(help="Folder of the shared data.", metavar="DATA_DIR")]
Most = Annotated[int, typer.Option(help="Texts a set.", min=50, max=100_000)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def sentiment(data_dir: Data, texts: Most = 1500, as_json: AsJson = False) -> None:
    """How well sentiment is read where the answers are known; no text of these sets was learnt from."""
    from qa.evaluate.sentiment import try_sentiment

    found = list(try_sentiment(data_dir, texts))
    if not found:
        raise NotFound(f"{data_dir.name} holds none of the labelled comments; name the shared data.")
    if as_json:
        for figures in found:
            print_json(sentiment_shape(figures))
        return
    columns = ("set", "texts", "classes", "macro-F1", "goal", "baseline", "its F1", "texts/s a core")
    print_table("Sentiment", columns, [tuple(map(_cell, sentiment_shape(one).values())) for one in found])


def sentiment_shape(figures: "Figures") -> dict[str, Any]:
    """One set; ``goal`` is ``null`` where none is set."""
    return {
        "set": figures.material.name,
        "texts": figures.count,
        "classes": figures.classes,
        "macro_f1": round(figures.score, 4),
        "goal": figures.material.goal,
        "baseline": figures.baseline,
        "baseline_macro_f1": round(figures.baseline_score, 4),
        "texts_per_cpu_second": round(figures.per_second, 1),
    }


def _cell(value: object) -> str | None:
    return None if value is None else str(value)
