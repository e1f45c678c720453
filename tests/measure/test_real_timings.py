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
SHARES = ("talk_share_agent", "talk_share_customer", "overlap", "non_talk")
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


def waits(agent: Pairs, customer: Pairs) -> list[float]:
    """Seconds from where the customer stopped to where the agent spoke next. Exact: turns often touch."""
    found = []
    for start, _ in agent:
        own = max((end for begin, end in agent if begin < start), default=-1.0)
        theirs = max((end for begin, end in customer if begin < start), default=-1.0)
        if own < theirs <= start:
            found.append(start - theirs)
    return found


def longest_run(own: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> float:
    """The longest stretch from first to last speech of a side between the other's turns of 1 s."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], theirs.astype(int), [0])))).reshape(-1, 2)
    turns = [(a, b) for a, b in edges if b - a >= round(1 / GRID)]
    cuts = [0, *(place for turn in turns for place in turn), len(own)]
    best = 0
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        spoken = np.flatnonzero(own[a:b])
        best = max(best, spoken[-1] - spoken[0] + 1 if len(spoken) else 0)
    return best * GRID


def cuts_in(own: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> int:
    """How often a side starts 0.3 s or more into the other's speech and both go on for 1 s."""
    both_on = 0
    for begin in np.flatnonzero(np.diff(own.astype(int)) == 1) + 1:
        already = theirs[begin - round(0.3 / GRID) : begin]
        together = (own & theirs)[begin : begin + round(1 / GRID)]
        both_on += bool(len(already) and already.all() and together.all())
    return both_on


def recount(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> dict[str, float]:
    """The measures of two lines of yes and no, agent first."""
    places = np.flatnonzero(one | other)
    inside = (one | other)[places[0] : places[-1] + 1]
    duration = len(inside) * GRID
    silences = runs(~inside)
    return {
        "conversation_duration": duration,
        "talk_share_agent": one.sum() * GRID / duration,
        "talk_share_customer": other.sum() * GRID / duration,
        "overlap": (one & other).sum() * GRID / duration,
        "non_talk": sum(s for s in silences if s > 3.0 + GRID / 2) / duration,
        "longest_silence": max(silences, default=0.0),
        "longest_monologue_agent": longest_run(one, other),
        "longest_monologue_customer": longest_run(other, one),
    }


def consultations() -> list[tuple[str, Pairs, Pairs]]:
    doctors = sorted(shared_data("E4_primock57").glob("*_doctor.TextGrid"))
    assert len(doctors) >= 10
    return [
        (path.name, read_grid(path), read_grid(path.with_name(path.name.replace("_doctor", "_patient"))))
        for path in doctors
    ]


def test_real_consultations_agree_with_a_recount_on_a_grid() -> None:
    for name, agent, customer in consultations():
        found = {m.name: m.value for m in measure(two_sided(agent, customer), default_limits())}
        length = round(max(end for side in (agent, customer) for _, end in side) / GRID) + 1
        for measured, expected in recount(on_grid(agent, length), on_grid(customer, length)).items():
            slack = 0.0006 if measured in SHARES else 2 * GRID
            assert found[measured] == pytest.approx(expected, rel=0.02, abs=slack), (name, measured)
        answers = waits(agent, customer)
        assert found["response_latency_median"] == pytest.approx(np.median(answers)), name
        assert found["response_latency_p90"] == pytest.approx(np.percentile(answers, 90)), name


def test_interruptions_of_real_consultations_agree_with_a_recount() -> None:
    counted = recounted = 0.0
    for _, agent, customer in consultations():
        found = {m.name: m.value or 0.0 for m in measure(two_sided(agent, customer), default_limits())}
        length = round(max(end for side in (agent, customer) for _, end in side) / GRID) + 1
        one, other = on_grid(agent, length), on_grid(customer, length)
        counted += found["interruptions_agent"] + found["interruptions_customer"]
        recounted += cuts_in(one, other) + cuts_in(other, one)
    assert recounted > 50
    assert counted == pytest.approx(recounted, rel=0.02)
