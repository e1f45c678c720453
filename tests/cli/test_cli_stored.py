"""Commands over stored calls: lists, scorecards, scoring again, exports, users, interruption."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.cli import main, setup
from qa.store.account import second_factors, sessions
from qa.store.account.users import find_user
from tests.cli.conftest import Run, one_sentence
from tests.cli.stored import store_reviewed_call
from tests.shared import ROOT

CARD = """id: mine
version: 1
language: en
title: {en: Mine, fa: مال من}
minimum: {seconds: 1, words: 1}
sections:
  - key: one
    title: {en: One, fa: یک}
    weight: 1
    criteria:
      - key: thanks
        title: {en: Thanks, fa: سپاس}
        weight: 2
        rule: {phrase: {speaker: agent, phrases: [thank you]}}
      - key: sorry
        title: {en: Sorry, fa: پوزش}
        weight: 2
        rule: {phrase: {speaker: agent, phrases: [sorry]}}
"""


@pytest.fixture
def key(qa: Run, data_dir: Path, tmp_path: Path) -> str:
    return store_reviewed_call(qa, data_dir, tmp_path)


def test_calls_are_found_by_day_and_words(qa: Run, key: str) -> None:
    assert [row["call"] for row in qa("calls", "--json").rows] == [key]
    assert qa("calls", "--json", "--search", "goodbye").rows != []
    assert qa("calls", "--json", "--search", "elephant").rows == []
    assert qa("calls", "--json", "--search", "4111").rows == [], "the number is not in the store"
    assert qa("calls", "--json", "--until", "1400-01-01").rows == []
    assert key in qa("calls").out
    assert key in qa("show", f" {key.upper()} ").out


def test_scoring_again_with_an_own_card(qa: Run, key: str, tmp_path: Path) -> None:
    before = qa("show", key, "--json").rows[0]
    assert before["left_out"] == "shorter than the minimum length"
    card = tmp_path / "mine.yaml"
    card.write_text(CARD, encoding="utf-8")
    assert qa("score", "--scorecard", card, "--json").rows == [
        {"call": key, "scorecard": "mine", "score": 50.0}
    ]
    after = qa("show", key, "--json").rows[0]
    assert (after["scoring"]["scorecard"], after["scoring"]["score"], after["left_out"]) == (
        "mine",
        50.0,
        None,
    )
    assert after["measures"] == before["measures"]
    listed = {row["id"]: row["published"] for row in qa("scorecard", "list", "--json").rows}
    assert set(listed) == {"mine", "default-en", "default-fa"}
    assert None not in listed.values()

    card.write_text(CARD.replace("weight: 2", "weight: 3", 1), encoding="utf-8")
    refused = qa("scorecard", "publish", card)
    assert refused.code == 2
    assert "raise its version to 2" in one_sentence(refused.err)
    assert qa("score", "--scorecard", "default-en", "--json").rows[0]["score"] == before["scoring"]["score"]


def test_no_cell_of_an_export_is_a_formula(qa: Run, key: str, tmp_path: Path) -> None:
    out = tmp_path / "words.csv"
    assert qa("export", "transcripts", "--out", out).out == "3 rows written to words.csv.\n"
    texts = [row["text"] for row in csv.DictReader(out.open(encoding="utf-8", newline=""))]
    assert texts[1] == "'=Hello, my card number is <CARD_NUMBER>."
    assert texts[2] == "Is there anything else? Goodbye."


def test_an_export_that_fails_keeps_the_old_file(qa: Run, key: str, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    ran = qa("export", "calls", "--out", tmp_path / "there")
    assert ran.code == 2
    assert "choose another place" in one_sentence(ran.err)
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_users_are_added_listed_and_locked_out(
    qa: Run, no_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def typed(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))

    typed("short")
    refused = qa("users", "add", "neda", "--role", "administrator")
    assert refused.code == 2
    assert "use 10 or more" in one_sentence(refused.err)
    typed("a long enough one")
    assert qa("users", "add", "neda", "--role", "administrator").code == 0
    typed("another long one")
    assert qa("users", "add", "sara", "--role", "supervisor", "--team", "Cards").code == 0
    typed("yet another long one")
    assert qa("users", "passwd", "sara", "--change").code == 0
    assert "no second factor" in one_sentence(qa("users", "second-factor", "sara").err)
    database = setup.opened(setup.site())
    with database.write() as tx:
        sara = find_user(tx, "sara")
        assert sara is not None
        assert sara.must_change_password
        second_factors.begin(tx, sara.id, b"sealed")
        sessions.create(tx, "x" * 32, sara.id, sessions.Lifetime())
    assert qa("users", "second-factor", "sara").code == 0
    with database.read() as tx:
        assert second_factors.find(tx, sara.id) is None
        assert sessions.find(tx, "x" * 32, sessions.Lifetime()) is None
    told = qa("audit", "list", "--json", "--limit", "3").rows
    assert [row["act"] for row in told][:2] == ["second factor changed", "password changed"]
    assert qa("users", "disable", "sara").code == 0
    rows = qa("users", "list", "--json").rows
    assert [(row["name"], row["disabled"], row["teams"]) for row in rows] == [
        ("neda", False, []),
        ("sara", True, ["Cards"]),
    ]
    assert "last administrator" in one_sentence(qa("users", "disable", "neda").err)


def test_redaction_of_a_stream(data_dir: Path) -> None:
    text = "card 4111 1111 1111 1111\nتماس با ۰۹۱۲۱۲۳۴۵۶۷\nnothing here\n"
    ran = subprocess.run(
        [sys.executable, "-m", "qa", "redact"],
        input=text,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert ran.stdout.splitlines()[0] == "card <CARD_NUMBER>"
    assert ran.stdout.splitlines()[2] == "nothing here"
    assert "۰۹۱۲" not in ran.stdout
    assert ran.stderr == ""


def test_a_fault_of_the_program_is_one_sentence(qa: Run, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("the words of a call")

    monkeypatch.setattr("qa.cli.calls.detail_shape", broken)
    ran = qa("show", key, "--json")
    assert ran.code == 2
    assert "ZeroDivisionError at test_cli_stored.py" in one_sentence(ran.err)
    assert "the words of a call" not in ran.err


def test_a_worker_ends_politely_and_alone(data_dir: Path) -> None:
    assert main(["init"]) == 0
    command = [sys.executable, "-m", "qa", "work"]
    first = subprocess.Popen(command, cwd=ROOT, env=os.environ, stderr=subprocess.PIPE, text=True)
    try:
        lock = data_dir / "locks" / "worker-worker-1.lock"
        deadline = time.monotonic() + 60
        while not lock.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.5)
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert second.returncode == 2
        assert "runs already" in one_sentence(second.stderr)
        first.send_signal(signal.SIGTERM)
        assert first.wait(60) in (0, -signal.SIGTERM)
    finally:
        first.kill()
        first.wait()


def test_nothing_but_data_without_a_terminal(qa: Run, key: str) -> None:
    for arguments in (("score",), ("calls",), ("status", "--json"), ("show", key, "--json")):
        assert qa(*arguments).err == ""
