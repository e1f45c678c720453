"""A few of the kills of ``python -m tests.faults.kills``, which does a hundred."""

from pathlib import Path

from tests.faults.kills import WAYS, kill_again_and_again


def test_killed_at_any_moment_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    tally = kill_again_and_again(tmp_path, len(WAYS))
    assert (tally.lost, tally.doubled, tally.damaged) == ([], [], [])
    assert tally.acknowledged["ingest"] > 0
    assert tally.acknowledged["review"] > 0
