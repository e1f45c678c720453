"""The command line on real telephone recordings with the real recogniser."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa.audio import decode
from tests.audio.energy import active, talk
from tests.cli.conftest import Run
from tests.cli.kills import kill_again_and_again
from tests.measure.test_real_timings import recount
from tests.shared import ROOT, shared_data

pytestmark = pytest.mark.speech

CALL = ("A1_aws_auto_repair_calls", "Auto_Repairs_40_UTC_stereo_LagentRcaller.wav")
SECONDS = 130
EXACT = (
    "conversation_duration",
    "talk_share_agent",
    "talk_share_customer",
    "longest_silence",
    "longest_monologue_agent",
    "longest_monologue_customer",
)
WORTH = {"met": 1.0, "partly": 0.5, "not met": 0.0}


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first part of the two-channel call; ``test_real_call`` measures the whole of it."""
    path = tmp_path_factory.mktemp("beginning") / CALL[-1]
    with wave.open(str(shared_data(*CALL))) as whole, wave.open(str(path), "wb") as part:
        part.setparams(whole.getparams())
        part.writeframes(whole.readframes(SECONDS * whole.getframerate()))
    return path


@pytest.fixture(scope="module")
def analysed(beginning: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What ``analyse`` prints of it; the recogniser hears it once for all tests."""
    environment = os.environ | {"QA_DATA_DIR": str(tmp_path_factory.mktemp("site"))}
    command = [sys.executable, "-m", "qa", "analyse", str(beginning), "--language", "en", "--json"]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def sides(beginning: Path) -> tuple[np.ndarray, np.ndarray]:
    """Who speaks at each 10 ms, from the energy of each channel: agent, customer."""
    _, audio = decode(beginning, maximum=600.0)
    agent, customer = (active(talk(channel), audio.duration) for channel in audio.samples)
    return agent, customer


def test_agent_and_customer_are_right_on_every_turn(
    analysed: dict[str, Any], sides: tuple[np.ndarray, np.ndarray]
) -> None:
    turns = analysed["transcript"]["utterances"]
    assert len(turns) > 20
    for turn in turns:
        span = slice(round(turn["start"] * 100), round(turn["end"] * 100))
        agent, customer = (side[span].mean() for side in sides)
        louder = "agent" if agent > customer else "customer"
        assert turn["speaker"] == louder, turn["id"]


def test_measures_agree_with_a_recount(
    analysed: dict[str, Any], sides: tuple[np.ndarray, np.ndarray]
) -> None:
    found = {measure["name"]: measure["value"] for measure in analysed["measures"]}
    expected = recount(*sides)
    for name in EXACT:
        print(name, found[name], expected[name])
        assert found[name] == pytest.approx(expected[name], rel=0.02), name


def test_the_score_follows_from_the_printed_parts(analysed: dict[str, Any]) -> None:
    scoring = analysed["scoring"]
    assert scoring["status"] == "scored"
    counted = [one for one in scoring["criteria"] if one["verdict"] in WORTH]
    assert sum(one["applied_weight"] for one in counted) == pytest.approx(100, abs=1e-3)
    parts = sum(one["applied_weight"] * WORTH[one["verdict"]] for one in counted)
    assert scoring["score_before_critical"] == pytest.approx(parts, abs=1e-3)
    failed = [one["key"] for one in scoring["criteria"] if one["critical"] and one["verdict"] == "not met"]
    assert scoring["failed_by"] == (", ".join(failed) or None)
    assert scoring["score"] == (0 if failed else scoring["score_before_critical"])


def test_every_quote_is_in_its_utterance(analysed: dict[str, Any]) -> None:
    texts = {turn["id"]: turn["text"] for turn in analysed["transcript"]["utterances"]}
    quotes = [
        (evidence["utterance"], evidence["quote"])
        for criterion in analysed["scoring"]["criteria"]
        for evidence in criterion["evidence"]
        if evidence["utterance"] is not None
    ]
    assert quotes
    for utterance, quote in quotes:
        assert quote in texts[utterance]


GOOD = [
    ("A5_small_asr_checks", "stereo_diarization.wav"),
    ("A5_small_asr_checks", "speechmatics_callcentre_stereo.wav"),
    ("A4_datacamp_customer_calls", "sample_customer_call.wav"),
    ("B3_fa_isolated_words", "Dasti.wav"),
    ("B3_fa_isolated_words", "Tarik.wav"),
    ("B1_fa_shynrdi_utterances", "Shayan12.mp3"),
    ("B1_fa_shynrdi_utterances", "Ardalan04.mp3"),
    ("A5_small_asr_checks", "jfk.flac"),
]


def test_twelve_real_files_with_four_broken_ones(qa: Run, data_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, parts in enumerate(GOOD):
        source = shared_data(*parts)
        (folder / f"{number}{source.suffix}").write_bytes(source.read_bytes())
    whole = shared_data(*GOOD[0]).read_bytes()
    (folder / "zero.wav").write_bytes(b"")
    (folder / "half.wav").write_bytes(whole[: len(whole) // 2])
    (folder / "bare.wav").write_bytes(whole[44:])
    (folder / "text.wav").write_text("The call of Sunday.\n" * 50)
    ran = qa("ingest", folder, "--wait", "--json")
    assert ran.code == 0, ran.err
    status = {Path(row["path"]).name: row["status"] for row in ran.rows}
    assert sorted(status.values()) == ["done"] * 8 + ["rejected"] * 4
    reasons = {Path(row["path"]).name: row["reason"] for row in ran.rows if row["status"] == "rejected"}
    assert set(reasons) == {"zero.wav", "half.wav", "bare.wav", "text.wav"}
    assert all(reason.startswith(name) for name, reason in reasons.items())
    again = qa("ingest", folder, "--wait", "--json")
    assert sorted(row["status"] for row in again.rows) == ["already here"] * 8 + ["rejected"] * 4
    calls = qa("calls", "--json").rows
    assert [row["status"] for row in calls] == ["done"] * 8
    assert {row["call"] for row in calls} == {row["call"] for row in ran.rows if row["call"]}


def test_a_killed_worker_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = kill_again_and_again(tmp_path, files=4, kills=4)
    print(found)
    assert found.met > 0, "no kill met a running job, so nothing was proved"
    assert found.states == {"done": 4}
    assert found.rows == {"calls": 4, "jobs": 4, "transcripts": 4, "evaluations": 4, "verdicts": 4 * 19}
    assert (found.orphans, found.missing) == ((), ())
