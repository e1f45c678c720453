"""What a line of a log may hold."""

import json
import logging
import sys
import threading

import pytest

from qa.logs import about, scrub, set_up
from qa.logs.lines import Json, Plain, place
from qa.logs.setup import CleanRecord


# text, what stays
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("card 4111 1111 1111 1111 was read", "card *** was read"),
        ("from +98 912-123-4567", "from ***"),
        ("from (0912) 123.45.67 today", "from (*** today"),
        ("از ۰۹۱۲ ۱۲۳ ۴۵۶۷ زنگ زد", "*** *** ***"),
        ("٠٩١٢١٢٣٤٥٦٧", "***"),
        ("write to sara.k+x@example.org, now", "write to ***, now"),
        ("id09121234567x", "id***x"),
        # under seven digits, measured values and places in the program
        ("12 of 345678 rows, 3.5 s, at file.py:120", "12 of 345678 rows, 3.5 s, at file.py:120"),
        ("two\nlines\tare one", "two lines are one"),
        ("نام: مریم رضایی", "***: ***"),
    ],
)
def test_a_text_is_cleaned(text: str, left: str) -> None:
    assert scrub(text) == left


def record(name: str, message: str, *arguments: object, **fields: object) -> CleanRecord:
    made = CleanRecord(name, logging.ERROR, "file.py", 1, message, arguments, None)
    made.__dict__.update(about("job.failed", **fields))
    return made


def test_identifiers_of_ours_stay_and_nothing_that_only_looks_like_one() -> None:
    shape = json.loads(
        Json().format(
            record(
                "qa.worker", "a job failed", call="012345678901", job="012345678901-1795368588804592",
                executor="09121234567", seconds=12345678.5, path="/x/09121234567",
            )
        )
    )  # fmt: skip
    assert (shape["call"], shape["job"]) == ("012345678901", "012345678901-1795368588804592")
    assert (shape["executor"], shape["seconds"], shape["path"]) == ("***", 12345678.5, "/x/***")
    assert (shape["level"], shape["event"], shape["message"]) == ("error", "job.failed", "a job failed")


def test_lines_of_libraries_lose_what_they_quote_and_what_they_are_given() -> None:
    said = record("sqlalchemy.pool", "bad row %s near 'Zarathustra' and \"Maryam\"", "Anahita")
    assert said.getMessage() == "bad row %s near *** and ***"
    assert Plain().format(said).endswith("ERROR bad row %s near *** and ***")


def test_our_own_lines_are_cleaned_with_what_they_are_given() -> None:
    said = record("qa.feedback.importing", "row of %s and %s is bad", "+98 912 123 4567", "sara@example.org")
    assert said.getMessage() == "row of *** and *** is bad"


def test_an_error_is_told_by_its_kind_and_place_alone(capsys: pytest.CaptureFixture[str]) -> None:
    hooks = sys.excepthook, threading.excepthook, logging.getLogRecordFactory()
    try:
        set_up()
        for name in ("qa.ops", "some.library"):
            try:
                {}["Zarathustra 09121234567"]
            except KeyError:
                logging.getLogger(name).exception("it broke")
        thread = threading.Thread(target=lambda: {}["Zarathustra"])
        thread.start()
        thread.join()
    finally:
        sys.excepthook, threading.excepthook, factory = hooks
        logging.setLogRecordFactory(factory)
    told = capsys.readouterr().err
    assert told.count("it broke [KeyError at test_logs.py:") == 2
    assert "a thread ended by an error" in told
    assert "Zarathustra" not in told
    assert "Traceback" not in told


def test_the_innermost_place_comes_first() -> None:
    try:
        json.loads("{")
    except ValueError:
        assert place(sys.exc_info()).startswith("JSONDecodeError at decoder.py:")
