"""Timing pages: what is timed is the page itself, without a fault."""

import pytest

from dashboard import identity
from dashboard.timing.asked import asked
from dashboard.timing.scripts import timed
from tests.dashboard.desk import Site


def test_a_page_is_timed_in_three_ways(filled: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "session_id", identity.session_id)  # put back afterwards
    (one,) = asked("en", frozenset({"call"}))
    assert one.address["call"]
    # In Persian the test runner looked for the English words of a choice among the Persian ones.
    (weekly,) = asked("fa", frozenset({"weekly"}))
    assert timed(weekly, runs=1, cold=1).faults == ()
    found = timed(one, runs=2, cold=1)
    assert found.faults == ()
    assert [len(runs) for runs in (found.cold, found.lapsed, found.warm)] == [1, 2, 2]
    assert min(run.wall for run in (*found.cold, *found.warm)) > 0
