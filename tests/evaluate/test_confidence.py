"""Confidence against correctness: tables, the line that mends them, and words aligned with what was said."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from qa.evaluate.alignment import Judged, align_words
from qa.evaluate.confidence import Bin, cannot_tell_below, fit, held_out, reliability
from qa.evaluate.measured import UNCHANGED, calibrated_line
from qa.judge.case import UNSURE
from qa.records import Heard, Hearing, Span, Word
from qa.transcribe.confidence import FILE, Calibration, calibrated, calibration

SHARES = st.floats(0, 1)


def judged(rows: list[tuple[float, bool]]) -> list[Judged]:
    return [Judged("en", str(number % 4), sure, right) for number, (sure, right) in enumerate(rows)]


def drawn(count: int, slope: float, intercept: float, seed: int = 0) -> list[Judged]:
    """Words that are right as often as a line says."""
    random = np.random.default_rng(seed)
    sure = random.uniform(0.02, 0.98, count)
    line = Calibration(slope, intercept)
    return judged([(float(p), bool(random.random() < line.share(float(p)))) for p in sure])


def test_the_table_counts_every_word_once() -> None:
    found = reliability([0.05, 0.95, 0.95, 1.0, 0.0], [False, True, False, True, True])
    assert [(one.low, one.count, one.right) for one in found.bins] == [(0.0, 2, 0.5), (0.9, 3, 2 / 3)]
    # two words at 0.025 with half right, three at 0.9667 with two thirds right
    assert found.error == pytest.approx((2 * abs(0.025 - 0.5) + 3 * abs(2.9 / 3 - 2 / 3)) / 5)


@given(st.lists(st.tuples(SHARES, st.booleans()), max_size=60))
def test_the_error_is_a_share(rows: list[tuple[float, bool]]) -> None:
    found = reliability([sure for sure, _ in rows], [right for _, right in rows])
    assert 0 <= found.error <= 1
    assert found.count == len(rows)


@pytest.mark.parametrize(("slope", "intercept"), [(1.0, 0.0), (0.6, -2.0), (1.5, 1.0)])
def test_the_line_is_found_again(slope: float, intercept: float) -> None:
    line = fit(drawn(20_000, slope, intercept))
    assert line.slope == pytest.approx(slope, abs=0.06)
    assert line.intercept == pytest.approx(intercept, abs=0.06)


def test_the_line_is_that_of_an_independent_package() -> None:
    words = drawn(3_000, 0.7, -1.0)
    odds = np.array([[math.log(word.probability / (1 - word.probability))] for word in words])
    theirs = LogisticRegression(C=1e9, tol=1e-10).fit(odds, [word.right for word in words])
    ours = fit(words)
    assert ours.slope == pytest.approx(theirs.coef_[0][0], abs=0.01)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=0.01)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(0.9, True)] * 20, id="all right"),
        pytest.param([(0.9, False)] * 20, id="all wrong"),
        pytest.param([(0.9, False), (0.1, True)] * 20, id="the surer the worse"),
        pytest.param([(0.0, False), (1.0, True)] * 20, id="apart without overlap"),
    ],
)
def test_no_words_give_an_endless_or_falling_line(rows: list[tuple[float, bool]]) -> None:
    line = fit(judged(rows))
    assert line.slope >= 0
    assert all(math.isfinite(value) for value in (line.slope, line.intercept))
    assert 0 < line.share(0.0) <= line.share(0.5) <= line.share(1.0) < 1


def test_held_out_words_never_see_their_own_recording() -> None:
    words = drawn(4_000, 0.7, -1.5)
    after = reliability(held_out(words), [word.right for word in words])
    before = reliability([word.probability for word in words], [word.right for word in words])
    assert before.error > 0.2
    assert after.error < 0.05
    alone = [Judged("en", "one", 0.9, right=False)] * 50 + [Judged("en", "two", 0.9, right=True)] * 50
    shares = held_out(alone)
    assert min(shares[:50]) > 0.9  # as the other recording has it
    assert max(shares[50:]) < 0.1


def test_a_line_that_does_not_help_is_not_used() -> None:
    alone = [Judged("en", "one", 0.9, right=False)] * 50 + [Judged("en", "two", 0.9, right=True)] * 50
    line, before, after = calibrated_line(alone)  # each recording misleads about the other
    assert (line, after) == (UNCHANGED, before)
    line, before, after = calibrated_line(drawn(4_000, 0.7, -1.5))
    assert line.intercept < -1
    assert after.error < before.error
    assert UNCHANGED.share(0.37) == pytest.approx(0.37)


@pytest.mark.parametrize(
    ("rows", "limit"),
    [
        ([(0.0, 50, 0.1), (0.5, 50, 0.4), (0.7, 50, 0.6), (0.9, 50, 0.95)], 0.7),
        ([(0.7, 50, 0.4), (0.8, 5, 0.0), (0.9, 50, 0.9)], 0.9),  # five pairs say nothing
        ([(0.5, 50, 0.9), (0.7, 50, 0.4), (0.9, 50, 0.9)], 0.9),  # a hole below is not jumped
        ([(0.9, 50, 0.3)], 1.0),
        ([], 1.0),
    ],
)
def test_where_not_said_proves_nothing(rows: list[tuple[float, int, float]], limit: float) -> None:
    assert cannot_tell_below([Bin(low, count, low, right) for low, count, right in rows]) == limit


def words(text: str) -> list[Word]:
    return [Word(one, Span(0, 1), 0.5) for one in text.split()]


@pytest.mark.parametrize(
    ("reference", "heard", "match"),
    [
        ("the order is late", ["the order", "is late"], (0, 1, 2, 3)),
        ("the order is late", ["the", "is late"], (0, None, 1, 2)),
        ("the order is late", ["the older is", "so late"], (0, None, 2, 4)),
        ("don't", ["do not"], (0, 1)),  # Whisper's rules make two words of it
        ("order late", [], (None, None)),
        ("", ["you"], ()),
    ],
)
def test_heard_words_are_aligned(reference: str, heard: list[str], match: tuple[int | None, ...]) -> None:
    found = align_words(reference, [words(one) for one in heard], "en")
    assert found.match == match
    assert all(0 <= place <= len(found.owner) for place in found.near)


def hearing(language: str, *probabilities: float, model: str = "base") -> Hearing:
    heard = tuple(Word("w", Span(at, at + 1), one) for at, one in enumerate(probabilities))
    one = Heard(0, Span(0, len(heard)), " ".join("w" for _ in heard), 0.5, heard)
    return Hearing(language, 1.0, "openai", model, (one,))


def test_an_utterance_is_as_sure_as_its_words_are_right() -> None:
    line = calibration("openai", "base", "fa")
    assert line is not None
    (heard,) = calibrated(hearing("fa", 0.9, 0.5, 0.1)).heard
    assert [word.probability for word in heard.words] == pytest.approx(
        [line.share(p) for p in (0.9, 0.5, 0.1)]
    )
    assert heard.confidence == pytest.approx(sum(word.probability for word in heard.words) / 3)
    assert heard.confidence < 0.4  # Persian by a small model is mostly wrong, however sure it is


def test_what_was_not_measured_stays() -> None:
    plain = hearing("fa", 0.9, 0.5, model="large-v3")
    assert calibrated(plain) is plain
    assert calibrated(hearing("ar", 0.9)).heard[0].confidence == 0.5


@given(st.lists(SHARES, min_size=1, max_size=20), st.sampled_from(["fa", "en"]))
def test_calibrated_words_keep_their_order(probabilities: list[float], language: str) -> None:
    (heard,) = calibrated(hearing(language, *probabilities)).heard
    after = [word.probability for word in heard.words]
    for i, one in enumerate(probabilities):
        assert 0 < after[i] < 1
        assert all(after[i] <= after[j] for j, other in enumerate(probabilities) if one <= other)


def test_every_line_says_where_it_comes_from() -> None:
    rows = json.loads(Path(FILE).read_text(encoding="utf-8"))["calibrations"]
    assert {(row["engine"], row["model"], row["language"]) for row in rows} >= {
        ("openai", "base", "en"),
        ("openai", "base", "fa"),
    }
    for row in rows:
        assert row["slope"] >= 0
        assert row["measured"]["words"] >= 200
        assert row["measured"]["error_held_out"] <= min(0.05, row["measured"]["error_before"] + 0.005)


def test_the_judges_limit_is_the_documented_one() -> None:
    text = (Path(FILE).parents[1] / "docs" / "listening.md").read_text(encoding="utf-8")
    assert f"below {UNSURE}" in text
