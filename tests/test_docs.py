"""docs/formats.md and README.md are true: examples are compared with what the commands really print."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.cli.conftest import Run, data_dir, qa
from tests.cli.stored import AGENT_LINE, store_reviewed_call
from tests.shared import ROOT
from tests.worker.site import make_wav

__all__ = ["data_dir", "qa"]

FORMATS = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
EXAMPLES = {
    name: json.loads(text) for name, text in re.findall(r"```json (\w+)\n(.*?)```", FORMATS, re.DOTALL)
}
EXPORTS = {
    row[0]: re.findall(r"`(\w+)`", row[1])
    for row in re.findall(
        r"^\| `(calls|evaluations|transcripts|measures)` \|[^|]*\|(.*)\|$", FORMATS, re.MULTILINE
    )
}


def keys_of(value: Any, place: str = "") -> set[str]:
    """Every key with the path to it; entries of a list count as one."""
    if isinstance(value, dict):
        own = {f"{place}/{key}" for key in value}
        return own.union(*(keys_of(inner, f"{place}/{key}") for key, inner in value.items()), set())
    if isinstance(value, list):
        return set().union(*(keys_of(inner, f"{place}[]") for inner in value), set())
    return set()


def words_file(folder: Path) -> Path:
    path = folder / "words.json"
    path.write_text(json.dumps(EXAMPLES["transcript"]), encoding="utf-8")
    return path


def test_analyse_prints_what_is_documented(qa: Run, tmp_path: Path) -> None:
    heard = make_wav(tmp_path / "call.wav", 1, seconds=8)
    lines = {"language": "en", "utterances": [
        {"speaker": "agent", "start": 0.5, "end": 3.1, "text": AGENT_LINE, "confidence": 0.9},
        {"speaker": "customer", "start": 3.5, "end": 6.0, "text": "My card is 4111 1111 1111 1111."},
        {"speaker": "customer", "start": 6.5, "end": 8.0, "text": "Nobody called me back."},
        {"speaker": "agent", "start": 20.0, "end": 22.0, "text": "I'll call you back tomorrow. Goodbye."},
    ]}  # fmt: skip
    words = tmp_path / "words.json"
    words.write_text(json.dumps(lines))
    alone, with_sound = (
        qa("analyse", words, "--json").rows[0],
        qa("analyse", heard, "--transcript", words, "--json").rows[0],
    )
    found = keys_of(alone) | keys_of(with_sound)
    assert found == keys_of(EXAMPLES["analyse"])
    assert set(EXAMPLES["analyse"]) - set(alone) == {"recording"}


@pytest.mark.parametrize("ending", ["json", "srt"])
def test_documented_transcripts_are_read(qa: Run, tmp_path: Path, ending: str) -> None:
    text = re.search(r"```srt\n(.*?)```", FORMATS, re.DOTALL)
    content = json.dumps(EXAMPLES["transcript"]) if ending == "json" else text[1]
    (tmp_path / f"words.{ending}").write_text(content, encoding="utf-8")
    shape = qa("analyse", tmp_path / f"words.{ending}", "--json").rows[0]
    said = [(u["speaker"], u["start"], u["end"], u["text"]) for u in shape["transcript"]["utterances"]]
    wanted = EXAMPLES["transcript"]["utterances"]
    assert said == [(u["speaker"], u["start"], u["end"], u["text"]) for u in wanted]


def test_the_documented_table_is_read(qa: Run, tmp_path: Path) -> None:
    make_wav(tmp_path / "call.wav", 1)
    table = tmp_path / "calls.csv"
    table.write_text(re.search(r"```csv\n(.*?)```", FORMATS, re.DOTALL)[1], encoding="utf-8")
    ran = qa("ingest", tmp_path / "call.wav", "--metadata", table, "--json")
    assert keys_of(ran.rows[0]) == keys_of(EXAMPLES["ingest"])
    listed = qa("calls", "--json").rows[0]
    assert keys_of(listed) == keys_of(EXAMPLES["calls"])
    told = {name: listed[name] for name in ("team", "queue", "time", "direction", "language")}
    assert told == {name: EXAMPLES["calls"][name] for name in told}


def test_stored_shapes(qa: Run, data_dir: Path, tmp_path: Path) -> None:
    key = store_reviewed_call(qa, data_dir, tmp_path)
    shown = qa("show", key, "--json").rows[0]
    assert list(shown) == list(EXAMPLES["show"])
    assert keys_of(shown["scoring"]) == keys_of(EXAMPLES["analyse"]["scoring"])
    assert keys_of(shown["recording"]) == keys_of(EXAMPLES["analyse"]["recording"])
    for command in ("status", "score", "users"):
        ran = qa(command, *(["list"] if command == "users" else []), "--json")
        for row in ran.rows:
            assert keys_of(row) <= keys_of(EXAMPLES[command])
            assert set(row) == set(EXAMPLES[command])
    assert keys_of(qa("scorecard", "list", "--json").rows[0]) == keys_of(EXAMPLES["scorecard"])


@pytest.mark.parametrize("what", ["calls", "evaluations", "transcripts", "measures"])
def test_exports_have_the_documented_columns(qa: Run, data_dir: Path, tmp_path: Path, what: str) -> None:
    store_reviewed_call(qa, data_dir, tmp_path)
    for form in ("csv", "json", "parquet"):
        out = tmp_path / f"{what}.{form}"
        ran = qa("export", what, "--format", form, "--out", out)
        assert (ran.code, ran.err) == (0, "")
    with (tmp_path / f"{what}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    objects = [json.loads(line) for line in (tmp_path / f"{what}.json").read_text().splitlines()]
    frame = pl.read_parquet(tmp_path / f"{what}.parquet")
    assert list(rows[0]) == list(objects[0]) == frame.columns == EXPORTS[what]
    assert len(rows) == len(objects) == frame.height > 0


def test_every_command_is_documented(qa: Run) -> None:
    commands = re.findall(r"^  (\w+)  ", qa("--help").out.partition("Commands:")[2], re.MULTILINE)
    documents = FORMATS + (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(commands) >= 15
    assert [name for name in commands if not re.search(rf"`?\b{name}\b", documents)] == []
    for name in commands:
        helped = qa(name, "--help")
        assert (helped.code, helped.err) == (0, "")
        assert f"python -m qa {name}" in helped.out


@pytest.mark.parametrize(
    "document", [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")] + ["README.md"]
)
def test_commands_in_the_documents_exist(qa: Run, document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"python -m qa ([a-z]+)", text))
    for name in sorted(named):
        assert qa(name, "--help").code == 0, name
    for target in set(re.findall(r"`make (\w+)`|^make (\w+)", text, re.MULTILINE)):
        assert f"\n{next(filter(None, target))}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
