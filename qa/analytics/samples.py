"""Values as their sums: what means, variances and their intervals need, however many values there are."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

ROUNDING = 1e-12
"""Of the sum of squares: sums of equal values differ by so little in floating point."""


@dataclass(frozen=True, slots=True)
class Sample:
    """``n`` values by their ``mean`` and ``apart``, the sum of their squared distances from it.

    ``values`` are the values themselves, ``None`` where only sums are known.
    """

    n: int
    mean: float
    apart: float
    values: NDArray[np.float64] | None = None

    @classmethod
    def of(cls, values: "ArrayLike | Sample") -> "Sample":
        """The sample of an array; a sample is itself."""
        if isinstance(values, Sample):
            return values
        array = np.asarray(values, dtype=float)
        if not array.size:
            return EMPTY
        middle = float(array.mean())
        return cls(array.size, middle, float(((array - middle) ** 2).sum()), array)

    @classmethod
    def of_sums(cls, n: int, total: float, squares: float) -> "Sample":
        """From the number of values, their sum and the sum of their squares."""
        if n <= 0:
            return EMPTY
        middle = total / n
        apart = squares - total * middle
        return cls(int(n), middle, apart if apart > ROUNDING * squares else 0.0)

    @property
    def variance(self) -> float:
        """Of the values, with n - 1 degrees; 0 for one value."""
        return self.apart / (self.n - 1) if self.n > 1 else 0.0


EMPTY = Sample(0, float("nan"), 0.0, np.empty(0))


def apart_of(n: pl.Expr, total: pl.Expr, squares: pl.Expr) -> pl.Expr:
    """``Sample.apart`` of sums in columns."""
    apart = squares - total**2 / n
    return pl.when(apart > ROUNDING * squares).then(apart).otherwise(0.0)
