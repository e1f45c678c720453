"""Small files are there whole or not at all, for their owner alone, and nothing is left beside them."""

import stat
from pathlib import Path

import pytest

from qa.small_files import write_small

CASES = [
    # what is there before, replacing -> what is there afterwards
    (None, True, b"new"),
    (None, False, b"new"),
    (b"old", True, b"new"),
    (b"old", False, b"old"),  # the process that was first wins
]


@pytest.mark.parametrize(("before", "replacing", "after"), CASES)
def test_the_file_is_what_it_should_be(
    tmp_path: Path, before: bytes | None, replacing: bool, after: bytes
) -> None:
    path = tmp_path / "keys" / "one.key"
    if before is not None:
        path.parent.mkdir()
        path.write_bytes(before)
        path.chmod(0o600)
    write_small(path, b"new", replacing=replacing)
    assert path.read_bytes() == after
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["one.key"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.key"
    path.mkdir()  # no file takes the place of a folder
    with pytest.raises(OSError, match="directory"):
        write_small(path, b"new", replacing=True)
    assert [one.name for one in tmp_path.iterdir()] == ["one.key"]
