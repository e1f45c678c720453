"""Transcripts made elsewhere: every way they come in, and every way they are wrong."""

import json
from pathlib import Path

import pytest

from qa.errors import BadTranscript
from qa.records import Flag, Span, Speaker
from qa.transcribe import read_transcript
from tests.shared import shared_data

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
FIRST, SECOND = Speaker.SPEAKER_1, Speaker.SPEAKER_2
SRT = """1
00:00:01,500 --> 00:00:04,000
[Agent] Good day.

2
00:00:04,250 --> 00:01:05,750
[Customer] My order
is late.
"""
VTT = SRT.replace(",", ".").replace("1\n", "WEBVTT\n\nNOTE made by hand\n\n1\n", 1)
JSON = {
    "language": "en",
    "utterances": [
        {"speaker": "agent", "start": 1.5, "end": 4, "text": "Good day."},
        {"speaker": "customer", "start": 4.25, "end": 65.75, "text": "My order\nis late."},
    ],
}


def write(folder: Path, content: str | bytes | object, name: str = "call.txt") -> Path:
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SRT, id="SRT"),
        pytest.param(VTT, id="VTT"),
        pytest.param(JSON, id="JSON"),
        pytest.param(SRT.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(b"\xef\xbb\xbf" + SRT.encode(), id="byte-order mark"),
        pytest.param(SRT.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xef\xbb\xbf" + json.dumps(JSON).encode(), id="JSON with byte-order mark"),
        pytest.param(SRT.replace("1\n", "\n\n1\n", 1) + "\n\n", id="empty lines around"),
        pytest.param(SRT.replace("00:00:01", "0:01").replace("00:00:04", "0:04"), id="short times"),
        pytest.param(VTT.replace("[Agent] ", "<v Agent>"), id="VTT voice"),
        pytest.param(SRT.replace("Good day.", "<i>Good</i> day."), id="markup"),
        pytest.param(SRT.replace("[Agent] ", "[Agent]: "), id="colon after the tag"),
        pytest.param(SRT.replace("1\n", "", 1).replace("\n2\n", "\n"), id="no numbers"),
        pytest.param({**JSON, "utterances": JSON["utterances"][::-1]}, id="not in order"),
    ],
)
def test_all_shapes_say_the_same(tmp_path: Path, content: object) -> None:
    transcript = read_transcript(write(tmp_path, content))
    assert [(u.id, u.speaker, u.span, u.text) for u in transcript.utterances] == [
        (0, AGENT, Span(1.5, 4.0), "Good day."),
        (1, CUSTOMER, Span(4.25, 65.75), "My order is late."),
    ]
    assert (transcript.language, transcript.engine, transcript.flags) == ("en", "imported", ())


def test_persian_in_windows_1256(tmp_path: Path) -> None:
    text = SRT.replace("Agent", "کارشناس").replace("Customer", "مشتری").replace("Good day.", "روز خوش")
    transcript = read_transcript(write(tmp_path, text.replace("ی", "ي").encode("cp1256")))
    assert [u.speaker for u in transcript.utterances] == [AGENT, CUSTOMER]
    assert transcript.utterances[0].text == "روز خوش"


@pytest.mark.parametrize(
    ("tags", "speakers"),
    [
        pytest.param(["CSR", "Customer"], [AGENT, CUSTOMER], id="the reference set"),
        pytest.param(["کارشناس", "مشتری"], [AGENT, CUSTOMER], id="Persian"),
        pytest.param(["كارشناس", "مشتري"], [AGENT, CUSTOMER], id="Persian with Arabic letters"),
        pytest.param(["AGENT", "caller"], [AGENT, CUSTOMER], id="capitals"),
        pytest.param(["speaker 2", "Speaker 1"], [SECOND, FIRST], id="numbers keep theirs"),
        pytest.param(["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"], [FIRST, SECOND, FIRST], id="a diariser's"),
        pytest.param(["Sara", "Agent"], [FIRST, AGENT], id="one name"),
        pytest.param(["Sara", "speaker 1"], [SECOND, FIRST], id="a name takes the free number"),
        pytest.param([None, None], [FIRST, FIRST], id="no tags"),
    ],
)
def test_tags(tmp_path: Path, tags: list[str | None], speakers: list[Speaker]) -> None:
    lines = [{"speaker": tag, "text": "hello there"} for tag in tags]
    transcript = read_transcript(write(tmp_path, {"utterances": lines}))
    assert [u.speaker for u in transcript.utterances] == speakers


@pytest.mark.parametrize(
    ("language", "text", "expected", "flags"),
    [
        ("fa", "hello", "fa", ()),
        ("fa-IR", "سلام", "fa", ()),
        (None, "سلام، سفارش من نرسیده", "fa", ()),
        (None, "hello, my order", "en", ()),
        ("auto", "hello, my order", "en", ()),
        ("de", "guten Tag", "de", (Flag.LANGUAGE_NOT_SUPPORTED,)),
        (None, "Добрый день", "und", (Flag.LANGUAGE_NOT_SUPPORTED,)),
    ],
)
def test_language(tmp_path: Path, language: str | None, text: str, expected: str, flags: tuple) -> None:
    data = {"language": language, "utterances": [{"speaker": "agent", "text": text}]}
    transcript = read_transcript(write(tmp_path, data))
    assert (transcript.language, transcript.flags) == (expected, flags)


def test_times_may_be_absent_and_empty_lines_fall_away(tmp_path: Path) -> None:
    lines = [
        {"speaker": "agent", "text": "b"},
        {"speaker": "agent", "text": " "},
        {"text": "a", "confidence": 0.5},
    ]
    found = read_transcript(write(tmp_path, {"utterances": lines})).utterances
    assert [(u.id, u.text, u.span, u.confidence) for u in found] == [
        (0, "b", None, None),
        (1, "a", None, 0.5),
    ]


LINE = {"speaker": "agent", "start": 1, "end": 2, "text": "hello"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param("", "neither SRT, WebVTT nor JSON", id="empty file"),
        pytest.param("hello\nthere", "neither SRT, WebVTT nor JSON", id="plain text"),
        pytest.param('{"utterances": [\n{"text": "a"},\n]}', "line 3 is not valid JSON", id="comma too many"),
        pytest.param([LINE], 'has no list "utterances"', id="a bare list"),
        pytest.param({"language": 5, "utterances": []}, '"language" is 5', id="language is a number"),
        pytest.param({"utterances": [LINE, {"speaker": "agent"}]}, 'utterance 2 has no "text"', id="no text"),
        pytest.param(
            {"utterances": [{**LINE, "speaker": 1}]}, '"speaker" of utterance 1', id="speaker a number"
        ),
        pytest.param(
            {"utterances": [{**LINE, "end": 0.5}]}, "runs from 1 to 0.5", id="ends before it starts"
        ),
        pytest.param({"utterances": [{**LINE, "start": -1}]}, "runs from -1 to 2", id="before the call"),
        pytest.param(
            {"utterances": [{**LINE, "start": "1"}]}, '"start" of utterance 1 is not', id="time as text"
        ),
        pytest.param(
            {"utterances": [{**LINE, "end": None}]}, 'only one of "start" and "end"', id="half a time"
        ),
        pytest.param(
            {"utterances": [{**LINE, "confidence": 90}]}, '"confidence" of utterance 1', id="per cent"
        ),
        pytest.param('{"utterances": [{"text": "a", "start": NaN, "end": 2}]}', "not a number", id="NaN"),
        pytest.param(
            SRT.replace("00:00:04,250 -->", "4 s -->"), "line 6 has no readable times", id="odd time"
        ),
        pytest.param(SRT.replace("00:01:05", "00:00:03"), "line 6 ends before it starts", id="SRT backwards"),
        pytest.param(SRT + "\n3\n[Agent] Bye.\n", "line 10 has no times", id="SRT cue without times"),
        pytest.param(
            {"utterances": [{**LINE, "speaker": name} for name in ("Ali", "Sara", "Reza")]},
            "more than two speakers without a role, the third at utterance 3",
            id="three names",
        ),
    ],
)
def test_what_is_wrong_is_named_with_the_remedy(tmp_path: Path, content: object, words: str) -> None:
    with pytest.raises(BadTranscript) as error:
        read_transcript(write(tmp_path, content, "odd call.srt"))
    message = error.value.message
    assert words in message
    assert "odd call.srt" in message
    assert ":" in message
    assert "\n" not in message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadTranscript, match=r"gone\.srt cannot be opened \(No such file"):
        read_transcript(tmp_path / "gone.srt")


def test_a_recording_is_no_transcript(tmp_path: Path) -> None:
    with pytest.raises(BadTranscript, match=r"neither SRT, WebVTT nor JSON|is not text"):
        read_transcript(write(tmp_path, b"RIFF\x24\x08\x00\x00WAVEfmt \x81\x8d" + bytes(range(256)) * 9))


def test_the_reference_call_reads_whole() -> None:
    transcript = read_transcript(shared_data("A2_callytics_csvd", "Call01.srt"))
    roles = [u.speaker for u in transcript.utterances]
    assert roles == [AGENT, CUSTOMER] * 4 + [AGENT]
    assert transcript.utterances[3].span == Span(28.552, 35.85)
    assert transcript.utterances[8].text == "You too! Take care. Goodbye."
    assert sum(len(u.text.split()) for u in transcript.utterances) == 141
    assert transcript.language == "en"
