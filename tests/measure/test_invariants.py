"""What always holds between the measures of a call, whatever was said."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qa.measure import MEASURE_NAMES, default_limits, measure
from qa.records import Call, Measurement
from tests.measure.timelines import Pairs, two_sided


def found(call: Call) -> dict[str, Measurement]:
    return {m.name: m for m in measure(call, default_limits())}


def sides() -> st.SearchStrategy[Pairs]:
    """Up to 8 stretches of speech on a grid of 10 ms, so that limits are met exactly or missed clearly."""
    steps = st.integers(10, 1500)

    def line(pairs: list[tuple[int, int]]) -> Pairs:
        now, out = 0, []
        for quiet, talk in pairs:
            out.append(((now + quiet) / 100, (now + quiet + talk) / 100))
            now += quiet + talk
        return tuple(out)

    return st.lists(st.tuples(steps, steps), min_size=1, max_size=8).map(line)


def moved(side: Pairs, by: float) -> Pairs:
    return tuple((start + by, end + by) for start, end in side)


@settings(max_examples=100, deadline=None)
@given(sides(), sides())
def test_bounds(agent: Pairs, customer: Pairs) -> None:
    values = {name: m.value for name, m in found(two_sided(agent, customer)).items()}
    assume(values["overlap"] is not None)
    zero = {name: value or 0.0 for name, value in values.items()}
    shares = [zero["talk_share_agent"], zero["talk_share_customer"]]
    assert all(0 <= share <= 1 + 1e-9 for share in shares)
    assert 0 <= zero["overlap"] <= min(shares) + 1e-9
    # what is not speech is silence: shares - overlap + all gaps = 1
    silence = 1 - (sum(shares) - zero["overlap"])
    assert -1e-9 <= zero["non_talk"] <= silence + 1e-9
    length = zero["conversation_duration"]
    assert zero["longest_silence"] <= silence * length + 1e-9
    for name in ("dead_air_seconds", "longest_monologue_agent", "longest_monologue_customer"):
        assert 0 <= zero[name] <= length + 1e-9
    assert zero["response_latency_median"] <= zero["response_latency_p90"] + 1e-9


@settings(max_examples=100, deadline=None)
@given(sides(), sides())
def test_swapping_the_sides_swaps_their_values(agent: Pairs, customer: Pairs) -> None:
    here, there = found(two_sided(agent, customer)), found(two_sided(customer, agent))
    for name in ("talk_share", "interruptions", "longest_monologue"):
        assert here[f"{name}_agent"].value == there[f"{name}_customer"].value
        assert here[f"{name}_agent"].evidence == there[f"{name}_customer"].evidence
    for name in ("overlap", "non_talk", "conversation_duration", "longest_silence"):
        assert here[name] == there[name]


@settings(max_examples=100, deadline=None)
@given(sides(), sides(), st.integers(0, 10_000))
def test_a_later_start_moves_the_evidence_and_nothing_else(agent: Pairs, customer: Pairs, steps: int) -> None:
    by = steps / 100
    here, there = found(two_sided(agent, customer)), found(two_sided(moved(agent, by), moved(customer, by)))
    for name in MEASURE_NAMES:
        assert here[name].reason == there[name].reason
        assert here[name].value == pytest.approx(there[name].value, abs=1e-6)
    for name in ("non_talk", "overlap", "interruptions_agent"):
        starts = [span.start + by for span in here[name].evidence]
        assert [span.start for span in there[name].evidence] == pytest.approx(starts, abs=1e-6)
