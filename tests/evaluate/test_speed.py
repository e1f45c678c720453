"""``bench transcribe``: what it measures, on a tiny set, and how its figures come about."""

from pathlib import Path

import pytest

from qa.cli.bench_transcribe import bench_shape
from qa.errors import QAError
from qa.evaluate.racing import Run, Track, race
from qa.evaluate.rivals import RIVALS
from qa.evaluate.speed import Sound, compare, find_sounds, result_of
from qa.settings import Settings
from qa.transcribe.installed import find_package
from tests.shared import shared_data

CALL = Sound("A1", Track(Path("call.wav")))
CLIP = Sound("A5", Track(Path("clip.wav")), ("ask not what your",))
MESSAGE = Sound("A3", Track(Path("message.wav")), ("thank you",))


def run(name: str, *cpu: float) -> Run:
    texts = (("not written down", "by anybody"), ("ask not that your",), ("thank you",))
    return Run(name, texts, cpu, (200.0, 10.0, 30.0), 1.5, 2**20)


def test_calls_and_clips_count_for_speed_and_known_words_for_errors() -> None:
    result = result_of(run("fast", 9.0, 1.0, 99.0), (CALL, CLIP, MESSAGE))
    assert result.speed == pytest.approx(210 / 10)  # A3 is not timed
    assert {name: errors.rate for name, errors in result.errors.items()} == {"A5": 0.25, "A3": 0.0}
    assert result.wer == pytest.approx(1 / 6)
    assert result.ours


def test_ratios_are_those_of_speeds() -> None:
    sounds = (CALL, CLIP, MESSAGE)
    results = tuple(
        result_of(run(name, cpu, 0.0, 1.0), sounds)
        for name, cpu in (("whisper", 100.0), ("batched", 10.0), ("fast", 5.0))
    )
    shape = bench_shape(results, "base", 1)
    assert [row["ratios"] for row in shape["rivals"]] == [
        {"whisper": 1.0, "batched": 0.1},
        {"whisper": 10.0, "batched": 1.0},
        {"whisper": 20.0, "batched": 2.0},
    ]
    assert {row["name"]: row["ours"] for row in shape["rivals"]} == {
        "whisper": False,
        "batched": False,
        "fast": True,
    }


def test_the_sets_are_found_and_can_be_chosen() -> None:
    folder = shared_data()
    every = find_sounds(folder, cut=60)
    assert {sound.group for sound in every} == {"A1", "A2", "A3", "A5"}
    assert {sound.track.cut for sound in every if sound.group == "A1"} == {60}
    assert all(sound.track.cut == 0 for sound in every if sound.said)
    assert {sound.group for sound in find_sounds(folder, ("A2",))} == {"A2"}


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QAError, match="B9 is not in"):
        find_sounds(shared_data(), ("B9",))
    with pytest.raises(QAError, match="'slow' is unknown; there are whisper, greedy"):
        compare((), Settings(data_dir=tmp_path), ("slow",), print)


def test_a_rival_that_fails_is_said(tmp_path: Path) -> None:
    missing = Settings(data_dir=tmp_path, model_path=tmp_path / "none")
    with pytest.raises(QAError, match="The rival fast did not finish"):
        race("fast", (), missing)


@pytest.mark.speech
def test_a_clip_is_heard_by_a_baseline_and_by_ours_in_processes_of_their_own(tmp_path: Path) -> None:
    if find_package("base") is None:
        pytest.skip("the weights packages of Whisper base are not installed")
    clips = [one for one in find_sounds(shared_data(), ("A5",)) if one.track.path.name == "jfk.flac"]
    settings = Settings(data_dir=tmp_path, threads=1)
    results = compare(clips, settings, ("batched", "fast"), lambda _name: None)
    shape = bench_shape(results, "base", 1)
    assert [row["name"] for row in shape["rivals"]] == ["batched", "fast"]
    for row in shape["rivals"]:
        assert row["wer"] <= 0.05
        assert row["words"] == 22
        assert row["sound_seconds"] == pytest.approx(11.0, abs=0.1)
        assert 0 < row["cpu_seconds"] < 60
        assert row["speed"] == pytest.approx(row["sound_seconds"] / row["cpu_seconds"], rel=0.01)
        assert 100e6 < row["peak_bytes"] < (1.2e9 if row["ours"] else 2.5e9)
    assert shape["rivals"][0]["ratios"]["batched"] == 1.0


def test_every_rival_has_a_name_of_its_own() -> None:
    names = [rival.name for rival in RIVALS]
    assert len(set(names)) == len(names)
    assert [rival.name for rival in RIVALS if rival.ours] == ["openai", "fast", "fast-greedy"]
