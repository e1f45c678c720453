"""Fitting the model on the seeds: ``python -m qa.sentiment.fitting`` writes the file that is shipped."""

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qa.embed import Embedder, embedder
from qa.sentiment.letters import letters
from qa.sentiment.model import PATH, Model, log_softmax, save
from qa.sentiment.seeds import LABELS, Seed, read_seeds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 1  # goes up whenever the same seeds would give other numbers
STRENGTH, LETTERS_STRENGTH = 3.0, 10.0  # inverse L2 penalties
SHARE = 0.6  # of the letters
FOLDS = 5


def seeds_key(seeds: Sequence[Seed], reader: Embedder) -> str:
    """24 hexadecimal digits for seeds, embedder and method."""
    rows = [[seed.text, seed.label] for seed in seeds]
    content = json.dumps([FORMAT, reader.label, STRENGTH, LETTERS_STRENGTH, SHARE, rows], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def fit(seeds: Sequence[Seed], reader: Embedder) -> tuple[Model, "NDArray[np.float64]"]:
    """The model, and the probabilities of each seed from models that did not see it (for its calibration)."""
    import numpy as np
    from sklearn.model_selection import StratifiedKFold

    vectors = reader.embed([seed.text for seed in seeds]).astype(np.float64)
    spelled = letters([seed.text for seed in seeds])
    numbers = np.array([LABELS.index(seed.label) for seed in seeds])
    left_out = np.zeros((len(seeds), len(LABELS)))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    for seen, unseen in folds.split(vectors, numbers):
        centre = vectors[seen].mean(axis=0)
        meaning = _regression(vectors[seen] - centre, numbers[seen], STRENGTH)
        spelling = _regression(spelled[seen], numbers[seen], LETTERS_STRENGTH)
        left_out[unseen] = log_softmax(meaning.decision_function(vectors[unseen] - centre))
        left_out[unseen] += SHARE * log_softmax(spelling.decision_function(spelled[unseen]))
    temperature = _temperature(left_out, numbers)
    centre = vectors.mean(axis=0)
    meaning = _regression(vectors - centre, numbers, STRENGTH)
    spelling = _regression(spelled, numbers, LETTERS_STRENGTH)
    model = Model(
        weights=meaning.coef_.T.astype(np.float32),
        bias=meaning.intercept_.astype(np.float32),
        centre=centre.astype(np.float32),
        letters=spelling.coef_.T.astype(np.float32),
        letters_bias=spelling.intercept_.astype(np.float32),
        share=SHARE,
        temperature=temperature,
        vectors=reader.label,
        key=seeds_key(seeds, reader),
    )
    return model, np.exp(log_softmax(left_out / temperature))


def _regression(rows: Any, numbers: "NDArray[np.int64]", strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000, tol=1e-6)
    with threadpool_limits(limits=1):  # more threads take nine times the processor time here
        return model.fit(rows, numbers)


def _temperature(logits: "NDArray[np.float64]", numbers: "NDArray[np.int64]") -> float:
    """The temperature under which seeds left out are likeliest (Guo et al. 2017)."""
    import numpy as np
    from scipy.optimize import minimize_scalar

    def surprise(temperature: float) -> float:
        return float(-log_softmax(logits / temperature)[np.arange(len(numbers)), numbers].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, 5.0), method="bounded").x)


if __name__ == "__main__":
    save(fit(read_seeds(), embedder())[0], PATH)
