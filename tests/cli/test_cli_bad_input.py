"""Bad input through the command line: one sentence that names the thing and the remedy, the rest goes on."""

import itertools
import os
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.settings import Settings
from qa.vault import keyring, open_sealed
from tests.audio.files import voices, wave
from tests.cli.conftest import Run, one_sentence
from tests.worker.site import make_wav

HOURS = 8000 * 2 * 3600


def whole(folder: Path) -> bytes:
    return make_wav(folder / "source.wav", 3, seconds=2).read_bytes()


def sparse(path: Path, hours: float) -> None:
    """A wave file of many hours of silence that takes no room on the disk."""
    size = int(hours * HOURS)
    form = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
    head = b"RIFF" + struct.pack("<I", size + 36) + b"WAVEfmt " + struct.pack("<I", 16) + form
    with path.open("wb") as file:
        file.write(head + b"data" + struct.pack("<I", size))
        file.truncate(len(head) + 8 + size)


def written(make: Callable[[Path], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(make(path.parent)) and None


REFUSED = {  # what the file is, its name, and words of the refusal
    "zero bytes": ("zero.wav", written(lambda _: b""), "empty"),
    "cut off in the header": ("cut.wav", written(lambda folder: whole(folder)[:20]), "cut.wav"),
    "text": ("text.wav", written(lambda _: "سلام، این متن است.\n".encode() * 40), "holds text"),
    "no header": ("bare.wav", written(lambda folder: whole(folder)[44:]), "bare.wav"),
    "raw telephone samples": ("call.ul", written(lambda _: bytes(range(256)) * 40), "no header"),
    "65535 channels": ("many.wav", lambda path: wave(path, voices(1.0), channels=65535) and None, "channels"),
    "cut off in the sound": ("half.wav", written(lambda folder: whole(folder)[:-20_000]), "cut short"),
    "five hours": ("long.wav", lambda path: sparse(path, 5), "5 h long"),
}


@pytest.mark.parametrize(("name", "make", "words"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("command", ["analyse", "ingest"])
def test_a_bad_recording_costs_one_sentence(
    qa: Run, tmp_path: Path, command: str, name: str, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / name
    make(path)
    ran = qa(command, path, "--json")
    assert ran.code == 2
    sentence = one_sentence(ran.err)
    assert sentence.startswith(name)
    assert words in sentence
    if command == "ingest":
        assert [(row["status"], row["call"], row["reason"]) for row in ran.rows] == [
            ("rejected", None, sentence)
        ]
        kept = list((tmp_path / "var" / "quarantine").rglob(f"*{name}"))
        assert len(kept) == 1, "the file stays in quarantine"
        with open_sealed(kept[0], keyring(Settings(data_dir=tmp_path / "var")), kept[0].name) as file:
            assert file.seek(0, 2) == path.stat().st_size
        assert path.exists()


def test_files_that_are_odd_but_whole_are_taken(qa: Run, tmp_path: Path) -> None:
    wave(tmp_path / "wav.mp3", voices(1.0))  # a wrong ending
    sparse(tmp_path / "3 hours.wav", 3)
    ran = qa("ingest", tmp_path / "wav.mp3", tmp_path / "3 hours.wav", "--json")
    assert [(row["status"], row["reason"]) for row in ran.rows] == [("queued", None)] * 2
    lengths = {row["file"]: row["duration"] for row in qa("calls", "--json").rows}
    assert lengths == {"wav.mp3": pytest.approx(1.0), "3 hours.wav": pytest.approx(3 * 3600)}


def test_a_bad_file_does_not_stop_the_others(qa: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    make_wav(tmp_path / "in" / "a.wav", 1)
    (tmp_path / "in" / "b.wav").write_bytes(b"")
    make_wav(tmp_path / "in" / "c.wav", 2)
    ran = qa("ingest", tmp_path / "in", "--json")
    assert ran.code == 0, "the line of the file says it"
    assert [row["status"] for row in ran.rows] == ["queued", "rejected", "queued"]
    again = qa("ingest", tmp_path / "in", "--json")
    assert [row["status"] for row in again.rows] == ["already here", "rejected", "already here"]


@pytest.mark.skipif(os.geteuid() == 0 and not hasattr(os, "seteuid"), reason="needs an ordinary user")
def test_an_unreadable_folder_is_named(qa: Run, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as place:  # outside the site, which a lesser user could not write
        folder = Path(place) / "locked"
        folder.mkdir()
        make_wav(folder / "a.wav", 1)
        qa("init")
        for inside in [*(tmp_path / "var").rglob("*"), tmp_path / "var"]:
            inside.chmod(0o777)
        for above in itertools.takewhile(lambda p: p != Path(tempfile.gettempdir()), tmp_path.parents):
            above.chmod(0o755)
        tmp_path.chmod(0o755)
        Path(place).chmod(0o755)
        folder.chmod(0o000)
        user = os.geteuid()
        try:
            if user == 0:
                os.seteuid(65534)
            ran = qa("ingest", folder, "--json")
        finally:
            if user == 0:
                os.seteuid(0)
            folder.chmod(0o755)
    assert ran.code == 2
    assert "The folder locked cannot be read (Permission denied); correct its rights." in ran.err


HEADER = "file,agent,time\n"
TABLES = {  # content of the CSV, exit code, status of the file, words said
    "unknown agent": (HEADER + "a.wav,Neda Karimi,2026-11-20 10:00\n", 0, "queued", "Neda Karimi"),
    "wrong date": (HEADER + "a.wav,Neda,2026-13-45 10:00\n", 2, "rejected", "2026-13-45"),
    "missing column": ("name,agent\na.wav,Neda\n", 2, None, "no column 'file'"),
    "byte order mark": ("\ufeff" + HEADER + "a.wav,Neda,2026-11-20 10:00\n", 0, "queued", ""),
    "windows-1256": ((HEADER + "a.wav,ندا,1405/08/29 10:00\n").encode("utf-8"), 0, "queued", ""),
    "no table at all": (b"\x00\x01\x02\x03" * 50, 2, None, "no text table"),
}


@pytest.mark.parametrize(("content", "code", "status", "words"), TABLES.values(), ids=TABLES)
def test_a_metadata_table_is_read_or_refused_in_words(
    qa: Run, tmp_path: Path, content: str | bytes, code: int, status: str | None, words: str
) -> None:
    make_wav(tmp_path / "a.wav", 1)
    table = tmp_path / "calls.csv"
    table.write_bytes(content.encode() if isinstance(content, str) else content)
    ran = qa("ingest", tmp_path / "a.wav", "--metadata", table, "--json")
    assert ran.code == code, ran
    assert words in ran.err
    assert [row["status"] for row in ran.rows] == ([status] if status else [])
    if code == 2:
        one_sentence(ran.err)
    listed = qa("calls", "--json").rows
    assert len(listed) == (1 if status == "queued" else 0)


def test_a_table_in_windows_1256_keeps_its_names(qa: Run, tmp_path: Path) -> None:
    make_wav(tmp_path / "a.wav", 1)
    table = tmp_path / "calls.csv"
    table.write_bytes((HEADER + "a.wav,ندا کريمي,1405/08/29 10:00\n").replace("ک", "ك").encode("cp1256"))
    ran = qa("ingest", tmp_path / "a.wav", "--metadata", table, "--json")
    assert "Windows-1256" in ran.err
    listed = qa("calls", "--json").rows[0]
    assert listed["agent"].replace("ك", "ک") == "ندا کریمی"
    assert listed["time"] == "2026-11-20T06:30:00+00:00"


CARD = """id: mine
version: 1
language: en
title: {en: Mine, fa: مال من}
sections:
  - key: one
    title: {en: One, fa: یک}
    weight: 1
    criteria:
      - key: greeting
        title: {en: Greeting, fa: سلام}
        weight: 2
        rule: {measure: {name: talk_share_agent, at_most: 0.7}}
"""
CARDS = {  # what is changed in the card, and words of the refusal
    "typo in a field": ("weight: 2", "wieght: 2", "wieght"),
    "negative weight": ("weight: 2", "weight: -1", "-1"),
    "unknown rule": ("rule: {measure:", "rule: {mesure:", "mesure"),
    "unknown measure": ("talk_share_agent", "talk_share_robot", "talk_share_robot"),
    "no YAML": ("sections:", "sections: [", "line"),
}


@pytest.mark.parametrize(("old", "new", "words"), CARDS.values(), ids=CARDS)
@pytest.mark.parametrize("command", [("scorecard", "check"), ("scorecard", "publish"), ("analyse", "card")])
def test_a_bad_scorecard_names_file_line_and_field(
    qa: Run, tmp_path: Path, command: tuple[str, str], old: str, new: str, words: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(CARD.replace(old, new), encoding="utf-8")
    if command[0] == "analyse":
        (tmp_path / "words.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nhi\n", encoding="utf-8")
        ran = qa("analyse", tmp_path / "words.srt", "--scorecard", path)
    else:
        ran = qa(*command, path)
    assert ran.code == 2
    sentence = one_sentence(ran.err)
    assert sentence.startswith("mine.yaml, line ")
    assert words in sentence


def test_the_same_card_without_a_mistake_is_fine(qa: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(CARD, encoding="utf-8")
    ran = qa("scorecard", "check", path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "mine.yaml: mine version 1, 1 sections, 1 criteria.\n"


USAGE = {  # arguments and words of the refusal
    "no such command": (["listen"], "listen"),
    "no such option": (["calls", "--colour"], "--colour"),
    "no file named": (["analyse"], "Missing argument"),
    "unknown language": (["analyse", "x.wav", "--language", "de"], "use fa, en or auto"),
    "unknown engine": (["analyse", "x.wav", "--engine", "siri"], "QA_ENGINE"),
    "unknown scorecard": (["analyse", "x.wav", "--scorecard", "sales"], "'sales'"),
    "no such file": (["analyse", "x.wav"], "x.wav"),
    "words for two files": (["analyse", "a.wav", "b.wav", "--transcript", "c.srt"], "one recording"),
    "no such transcript": (["analyse", "a.wav", "--transcript", "c.srt"], "c.srt"),
    "no date": (["calls", "--since", "yesterday"], "yesterday"),
    "no call key": (["show", "zzz"], "'zzz'"),
    "unknown call": (["show", "0123456789ab"], "0123456789ab"),
    "unknown format": (["export", "calls", "--format", "pdf", "--out", "x"], "pdf"),
    "no place to write": (["export", "calls", "--out", "/nowhere/x.csv"], "/nowhere/x.csv"),
    "unknown role": (["users", "add", "neda", "--role", "boss"], "'boss'"),
    "unknown user": (["users", "disable", "nobody"], "'nobody'"),
    "score with an unknown card": (["score", "--scorecard", "sales"], "'sales'"),
}


@pytest.mark.parametrize(("arguments", "words"), USAGE.values(), ids=USAGE)
def test_a_mistake_in_the_command_costs_one_sentence(qa: Run, arguments: list[str], words: str) -> None:
    ran = qa(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert words in one_sentence(ran.err)


def test_one_word_is_too_little_to_score(qa: Run, tmp_path: Path) -> None:
    words = tmp_path / "one.json"
    words.write_text(
        '{"language": "en", "utterances": [{"speaker": "agent", "start": 0, "end": 0.4, "text": "Hello."}]}'
    )
    shape = qa("analyse", words, "--json").rows[0]
    assert shape["left_out"] in ("too little could be told", "fewer words than the minimum from a side")
    assert [line["text"] for line in shape["transcript"]["utterances"]] == ["Hello."]
