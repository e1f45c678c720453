"""Words of real people: comments hold next to no personal data, calls keep their order numbers."""

import csv
import re
import time

import pytest

from qa.redact import PLACEHOLDER, redact_text
from tests.shared import shared_data


def rows(folder: str, name: str, *columns: str) -> list[str]:
    with shared_data(folder, name).open(encoding="utf-8") as lines:
        return [" ".join(row[column] for column in columns) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(
    ("folder", "name", "columns"),
    [
        ("C1_fa_snappfood", "test.csv", ("comment",)),
        ("C2_fa_digikala_recommend", "comment_train.csv", ("title", "comment")),
    ],
)
def test_comments_are_left_alone(
    folder: str, name: str, columns: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    texts = rows(folder, name, *columns)[:2000]
    begin = time.perf_counter()
    hits = sum(1 for text in texts if redact_text(text) != text)
    seconds = time.perf_counter() - begin
    with capsys.disabled():
        print(f"\nredaction of {folder}: {hits} of {len(texts)} touched, {len(texts) / seconds:.0f} texts/s")
    assert hits / len(texts) < 0.005


def test_order_numbers_stay() -> None:
    texts = rows("A3_temmi_call_recordings", "call_recordings.csv", "Transcript")
    assert sum(len(re.findall(r"\b\d{6}\b", text)) for text in texts) >= 7
    assert [redact_text(text) for text in texts] == texts


def test_the_address_of_a_real_call_goes_and_the_user_name_stays() -> None:
    redacted = redact_text(shared_data("A2_callytics_csvd", "Call01.srt").read_text(encoding="utf-8"))
    assert PLACEHOLDER.findall(redacted) == ["<EMAIL>"]
    assert "user101" in redacted
