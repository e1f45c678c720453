"""Whether two results of the analytics are the same to 1e-9, whatever they are made of."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from itertools import starmap
from typing import Any

import numpy as np

from qa.analytics.intervals import FEW, Estimate


def same(one: Any, other: Any) -> bool:
    """Equal to 1e-9; of an estimate from few values, whose interval may ask for each of them, value and n."""
    if isinstance(one, Estimate) and one.n < FEW:
        one, other = (one.value, one.n), (other.value, other.n)
    if is_dataclass(one):
        return all(same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(starmap(same, zip(one, other, strict=True)))
    if isinstance(one, float | np.ndarray):
        return bool(np.allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True))
    return bool(one == other)
