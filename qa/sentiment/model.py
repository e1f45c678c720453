"""The classifier: logistic regression on sentence vectors and on letters, joined and calibrated.

The vectors carry the meaning in both languages, the letters what the vectors blur: endings, spellings, slang.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.embed import Embedder, embedder
from qa.errors import InvalidSetting
from qa.sentiment.letters import letters
from qa.sentiment.seeds import FOLDER, LABELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PATH = FOLDER / "heads" / "sentiment.npz"
_ARRAYS = ("weights", "bias", "centre", "letters", "letters_bias")
LONGEST = 600  # letters of a text that are read; reviews say it early, and time grows with length


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Plain numbers. With p of the vectors, q of the letters: softmax((log p + share · log q) / temperature).

    ``weights`` ``(d, 3)``, ``letters`` ``(PLACES, 3)``, columns in the order of ``LABELS``. ``key`` names the
    seeds, the embedder and the method; ``vectors`` is the embedder's label.
    """

    weights: "NDArray[np.float32]"
    bias: "NDArray[np.float32]"
    centre: "NDArray[np.float32]"
    letters: "NDArray[np.float32]"
    letters_bias: "NDArray[np.float32]"
    share: float
    temperature: float
    vectors: str
    key: str

    def probabilities(self, texts: Sequence[str], reader: Embedder) -> "NDArray[np.float64]":
        """``(n, 3)`` for negative, neutral, positive; rows sum to 1."""
        import numpy as np

        short = [text[:LONGEST] for text in texts]
        meaning = log_softmax((reader.embed(short) - self.centre) @ self.weights + self.bias)
        spelling = log_softmax(letters(short) @ self.letters + self.letters_bias)
        return np.asarray(np.exp(log_softmax((meaning + self.share * spelling) / self.temperature)))


def log_softmax(logits: "NDArray[np.floating]") -> "NDArray[np.float64]":
    """Logarithms of the shares of each row."""
    import numpy as np

    raised = np.asarray(logits, np.float64)
    raised = raised - raised.max(axis=1, keepdims=True)
    return np.asarray(raised - np.log(np.exp(raised).sum(axis=1, keepdims=True)))


@lru_cache(maxsize=1)
def installed() -> Model:
    """The shipped model.

    Raises:
        InvalidSetting: its file is missing or damaged, or it belongs to another embedder.
    """
    model = load(PATH)
    if model is None or model.vectors != embedder().label:
        raise InvalidSetting(
            f"The sentiment model {PATH.name} cannot be used; put the shipped file back, or run"
            " `python -m qa.sentiment.fitting`."
        )
    return model


def load(path: Path) -> Model | None:
    """A kept model, ``None`` when there is none or the file is damaged."""
    import zipfile

    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as kept:
            if tuple(str(name) for name in kept["labels"]) != LABELS:
                return None
            weights, bias, centre, spelled, spelled_bias = (kept[name].astype(np.float32) for name in _ARRAYS)
            return Model(
                weights,
                bias,
                centre,
                spelled,
                spelled_bias,
                share=float(kept["share"]),
                temperature=float(kept["temperature"]),
                vectors=str(kept["vectors"]),
                key=str(kept["key"]),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def save(model: Model, path: Path) -> None:
    """Write a model; letters in half precision, which moves no probability by 0.001."""
    import numpy as np

    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        labels=np.array(LABELS),
        weights=model.weights,
        bias=model.bias,
        centre=model.centre,
        letters=model.letters.astype(np.float16),
        letters_bias=model.letters_bias,
        share=np.array(model.share),
        temperature=np.array(model.temperature),
        vectors=np.array(model.vectors),
        key=np.array(model.key),
    )
