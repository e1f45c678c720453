"""``audit`` prints what docs/formats.md says, and finds what was changed."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qa.cli.health import CHECKS
from qa.errors import QAError
from qa.settings import read_settings
from tests.cli.conftest import Run, one_sentence
from tests.shared import ROOT

FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


def documented(name: str) -> dict[str, object]:
    found = re.search(rf"```json {name}\n(.*?)```", FORMATS, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


def test_the_log_is_listed_verified_and_found_out(qa: Run, data_dir: Path) -> None:
    qa("init")
    assert qa("keys", "make", "shop").code == 0
    listed = qa("audit", "list", "--json", "--act", "key changed").rows
    assert [(row["subject"], row["detail"]["by"]) for row in listed] == [("key:push", "command")]
    assert list(listed[0]) == list(documented("audit"))
    whole = qa("audit", "verify", "--json")
    assert (whole.code, list(whole.rows[0])) == (0, list(documented("audit_verify")))
    look = dict(CHECKS)["audit"]  # one line of ``doctor``
    assert "is whole" in look(read_settings())
    newest = qa("audit", "list", "--json", "--limit", "1").rows[0]
    assert newest["act"] == "audit log read"
    assert qa("audit", "verify", "--expect", newest["hash"]).code == 0
    assert "expected hash" in one_sentence(qa("audit", "verify", "--expect", "f" * 64).err)
    with closing(sqlite3.connect(data_dir / "shenava.db", isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER audit_log_update")
        raw.execute("UPDATE audit_log SET subject = 'key:other' WHERE act = 'key changed'")
    broken = qa("audit", "verify", "--json")
    assert broken.code == 2
    assert f"at entry {listed[0]['position']}: the entry was changed" in one_sentence(broken.err)
    assert broken.rows[0]["broken"] == {"position": listed[0]["position"], "why": "the entry was changed"}
    with pytest.raises(QAError, match="not whole at entry"):
        look(read_settings())


def test_heads_are_printed_and_noted_outside(
    qa: Run, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    monkeypatch.setenv("QA_AUDIT_HEADS", str(outside / "heads"))
    qa("init")
    qa("keys", "make", "shop")
    printed = qa("audit", "verify", "--head").out.split()
    assert (outside / "heads").read_text().split()[1:] == printed
    assert qa("audit", "verify", "--expect", printed[1]).code == 0
    with (outside / "heads").open(
        "a"
    ) as file:  # as of a log that went on, before it was put back to an older state
        file.write(f"2026-11-22T08:30:00+00:00 {int(printed[0]) + 9} {'a' * 64}\n")
    assert "entries at the end are missing" in one_sentence(qa("audit", "verify").err)
    with pytest.raises(QAError, match="not whole"):
        dict(CHECKS)["audit"](read_settings())


def test_what_is_not_there_is_said(qa: Run) -> None:
    qa("init")
    for option, text in (("--user", "nobody"), ("--act", "danced"), ("--call", "x")):
        ran = qa("audit", "list", option, text)
        assert ran.code == 2
        assert text in one_sentence(ran.err)
