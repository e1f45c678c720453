"""The short form of ``python -m tests.ops.logged``: commands alone; a desk's log is searched beside this."""

from pathlib import Path

from tests.ops.logged import NAME, PHONE, found_in, run_commands
from tests.store.fresh import fresh


def test_what_commands_write_holds_nothing_of_a_person(tmp_path: Path) -> None:
    fresh(f"sqlite:///{tmp_path / 'var' / 'shenava.db'}")
    logs = run_commands(tmp_path, whole=False)
    told = "".join(logs.values())
    assert told.count("rejected") == 2
    assert "is new here" in told
    assert found_in(logs) == {}
    assert found_in({"a": f"by {NAME}", "b": f"of {PHONE}"}).keys() == {"a", "b"}
