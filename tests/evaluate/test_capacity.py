"""What a centre needs: the arithmetic, against figures worked out by hand from data/capacity.yaml."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.cli import main
from qa.errors import InvalidSetting
from qa.evaluate.capacity import Centre, advice, measured, needs
from qa.evaluate.shapes import SIZES, cost_of

SHOP = Centre(calls=60, minutes=5, model="base", engine="fast")


def test_a_small_shop_by_hand() -> None:
    found = needs(SHOP)
    known = measured()
    assert found.audio_hours == 5.0
    by_hour = sum(known["engines"]["fast"].values())  # base is 1 in both kinds of arithmetic
    assert found.cpu_hours == pytest.approx(5 * by_hour / 3600)
    assert (found.cores, found.measured) == (1, "real")
    assert found.recordings == 60 * 5 * known["disk"]["minute_of"]["wav-8k-2"] * 3 * 365
    assert advice(SHOP, found)[0] == "One machine with SQLite does it."


@given(st.integers(1, 50_000), st.floats(0.5, 30), st.sampled_from(["fast", "openai"]))
def test_more_calls_never_need_less(calls: int, minutes: float, engine: str) -> None:
    centre = Centre(calls, minutes, "base", engine)
    one, more = needs(centre), needs(replace(centre, calls=calls * 2))
    assert more.cpu_hours == pytest.approx(2 * one.cpu_hours)
    assert one.cores <= more.cores <= 2 * one.cores
    assert one.cpu_hours <= one.cores * 24 * measured()["use"]
    assert needs(replace(centre, hours=8)).cores >= one.cores


@pytest.mark.parametrize(
    "wrong",
    [{"model": "huge"}, {"engine": "slow"}, {"codec": "tape"}, {"calls": 0}, {"minutes": 0}, {"hours": 25}],
)
def test_what_was_not_measured_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting):
        needs(replace(SHOP, **wrong))  # type: ignore[arg-type]


def test_every_measured_size_can_be_measured_again() -> None:
    assert set(measured()["models"]) == set(SIZES)
    assert [measured()["models"]["base"][part] for part in ("encode", "decode")] == [1.0, 1.0]


def test_the_command_prints_what_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["capacity", "--calls-per-day", "10000", "--model", "large-v3"]) == 0
    said = capsys.readouterr().out
    assert "Use PostgreSQL" in said
    assert "measured by the shape of the model" in said
    assert main(["capacity", "--calls-per-day", "10", "--model", "huge"]) == 2
    assert "base" in capsys.readouterr().err


def test_base_costs_something_by_its_shape() -> None:
    found = cost_of("base")
    assert 0 < found.token < found.window
    assert found.memory > 200
