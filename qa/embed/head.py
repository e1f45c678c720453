"""A fitted classifier on vectors: plain numbers, so that it can be kept without pickle."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Multinomial logistic regression: softmax(((x - centre) · weights + bias) / temperature).

    ``classes`` in order of the columns; ``weights`` ``(d, k)``, ``bias`` ``(k,)``, ``centre`` ``(d,)``.
    ``temperature`` makes probabilities honest (Guo et al. 2017, "On Calibration of Modern Neural Networks"),
    found on sentences left out of the fit. ``key`` names what it was fitted on.
    """

    classes: tuple[str, ...]
    weights: "NDArray[np.float32]"
    bias: "NDArray[np.float32]"
    centre: "NDArray[np.float32]"
    temperature: float
    key: str

    def probabilities(self, vectors: "NDArray[np.float32]") -> "NDArray[np.float64]":
        """``(n, k)``, each row summing to 1, for ``(n, d)`` vectors of the embedder it was fitted with."""
        import numpy as np

        logits = ((vectors - self.centre).astype(np.float64) @ self.weights + self.bias) / self.temperature
        return softmax(logits)


def softmax(logits: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Rows of numbers to rows of shares."""
    import numpy as np

    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
