"""Timed real consultations (doctor as agent, patient as customer) against a recount on a 10 ms grid."""

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.measure import default_limits, measure
from tests.measure.timelines import Pairs, two_sided
from tests.shared import shared_data

GRID = 0.01
INTERVAL = re.compile(r'xmin = ([\d.]+)\s+xmax = ([\d.]+)\s+text = "([^"]*)"')


def read_grid(path: Path) -> Pairs:
    """The stretches of a Praat TextGrid that hold words."""
    body = path.read_text(encoding="utf-8").split("intervals [1]:", 1)[1]
    return tuple((float(a), float(b)) for a, b, text in INTERVAL.findall(body) if text.strip())


def on_grid(pairs: Pairs, length: int) -> NDArray[np.bool_]:
    line = np.zeros(length, dtype=bool)
    for start, end in pairs:
        line[round(start / GRID) : round(end / GRID)] = True
    return line


def runs(line: NDArray[np.bool_]) -> list[float]:
    """Lengths in seconds of the stretches that are True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(int), [0]))))
    return [(end - start) * GRID for start, end in edges.reshape(-1, 2)]


def test_real_consultations_agree_with_a_recount_on_a_grid() -> None:
    folder = shared_data("E4_primock57")
    doctors = sorted(folder.glob("*_doctor.TextGrid"))
    assert len(doctors) >= 10
    for path in doctors:
        agent = read_grid(path)
        customer = read_grid(path.with_name(path.name.replace("_doctor", "_patient")))
        found = {m.name: m.value for m in measure(two_sided(agent, customer), default_limits())}
        length = round(max(end for side in (agent, customer) for _, end in side) / GRID) + 1
        one, other = on_grid(agent, length), on_grid(customer, length)
        inside = (one | other)[np.flatnonzero(one | other)[0] : np.flatnonzero(one | other)[-1] + 1]
        duration = len(inside) * GRID
        silences = runs(~inside)
        recount = {
            "conversation_duration": duration,
            "talk_share_agent": one.sum() * GRID / duration,
            "talk_share_customer": other.sum() * GRID / duration,
            "overlap": (one & other).sum() * GRID / duration,
            "non_talk": sum(s for s in silences if s > 3.0 + GRID / 2) / duration,
            "longest_silence": max(silences, default=0.0),
        }
        for name, expected in recount.items():
            assert found[name] == pytest.approx(expected, rel=0.02, abs=0.003), (path.name, name)
