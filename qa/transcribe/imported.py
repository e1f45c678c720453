"""Reads transcripts that another recogniser or a person made: JSON, SRT, WebVTT."""

import codecs
import json
import math
from collections.abc import Iterator, Sequence
from typing import Any

from qa.audio import Source
from qa.errors import BadTranscript
from qa.records import Flag, Span, Transcript, Utterance
from qa.text import language_of
from qa.transcribe.port import LANGUAGES
from qa.transcribe.speakers import TooManySpeakersError, assign_speakers
from qa.transcribe.subtitles import Cue, CueError, read_cues

ENGINE = "imported"
_MOST_BYTES = 64_000_000
_SHAPE = '{"language": "fa", "utterances": [{"speaker": "agent", "start": 0.0, "end": 2.5, "text": "…"}]}'
_OTHER_LANGUAGE = "und"
_NAMES = {
    **dict.fromkeys(("persian", "farsi", "fas", "per"), "fa"),
    **dict.fromkeys(("english", "eng"), "en"),
    **dict.fromkeys(("arabic", "ara"), "ar"),
    **dict.fromkeys(("turkish", "tur"), "tr"),
    **dict.fromkeys(("german", "deu"), "de"),
    **dict.fromkeys(("azerbaijani", "aze"), "az"),
    **dict.fromkeys(("kurdish", "kur"), "ku"),
}


def read_transcript(path: Source) -> Transcript:
    """A transcript from JSON, SRT or WebVTT, told apart by what is in the file. JSON is the project's own
    shape or Whisper's ``verbose_json`` (``segments`` with ``start``, ``end``, ``text``, ``avg_logprob``).

    UTF-8 and UTF-16 with or without byte-order mark and Windows-1256 are read. Tags such as ``[Agent]``,
    ``[کارشناس]`` or ``[Customer]`` give the roles; up to two tags that say no role become numbered speakers.
    Without a language, the script of the letters decides.

    Raises:
        BadTranscript: the file cannot be read; names file, place and remedy.
    """
    text = _text(path)
    try:
        language, cues = _read(text)
        speakers = assign_speakers([cue.tag for cue in cues])
    except CueError as error:
        raise BadTranscript(f"The transcript {path.name} cannot be read: {error}.") from error
    except TooManySpeakersError as error:
        raise BadTranscript(
            f"The transcript {path.name} has more than two speakers without a role, the third at "
            f"{cues[error.at].place}: mark the sides as [Agent] and [Customer]."
        ) from error
    order = range(len(cues))
    if all(cue.span is not None for cue in cues):
        order_by_start = sorted(order, key=lambda at: cues[at].span or Span(0, 0))
        return _transcript(language, [(cues[at], speakers[at]) for at in order_by_start], text)
    return _transcript(language, [(cues[at], speakers[at]) for at in order], text)


def _transcript(language: str | None, lines: Sequence[tuple[Cue, Any]], text: str) -> Transcript:
    words = " ".join(cue.text for cue, _ in lines)
    code = language or language_of(words) or (_OTHER_LANGUAGE if words else LANGUAGES[0])
    return Transcript(
        language=code,
        engine=ENGINE,
        model=_format(text),
        utterances=tuple(
            Utterance(number, speaker, cue.span, cue.text, cue.confidence)
            for number, (cue, speaker) in enumerate(lines)
        ),
        flags=() if code in LANGUAGES else (Flag.LANGUAGE_NOT_SUPPORTED,),
    )


def _text(path: Source) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise BadTranscript(
            f"The transcript {path.name} cannot be opened ({error.strerror}): "
            "check its name and its permissions."
        ) from error
    if len(data) > _MOST_BYTES:
        raise BadTranscript(
            f"The transcript {path.name} is larger than 64 MB: give the text of one call, not the sound."
        )
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    for attempt in (encoding, "cp1256"):
        try:
            return data.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise BadTranscript(f"The transcript {path.name} is not text: save it as UTF-8.")


def _format(text: str) -> str:
    head = text.lstrip()[:6]
    if head.startswith(("{", "[")) and "-->" not in text.lstrip().split("\n", 1)[0][:200]:
        return "json"
    return "vtt" if head == "WEBVTT" else "srt"


def _read(text: str) -> tuple[str | None, list[Cue]]:
    if _format(text) == "json":
        return _read_json(text)
    if "-->" not in text:
        raise CueError(f"it is neither SRT, WebVTT nor JSON of the shape {_SHAPE}")
    return None, list(read_cues(text))


def _read_json(text: str) -> tuple[str | None, list[Cue]]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "it"
        raise CueError(f"{place} is not valid JSON: write it as {_SHAPE}") from error
    lines = data.get("utterances", data.get("segments")) if isinstance(data, dict) else None
    if not isinstance(lines, list):
        raise CueError(f'it has no list "utterances": write it as {_SHAPE}')
    language = data.get("language")
    if language is not None and not (isinstance(language, str) and language[:2].isalpha()):
        raise CueError(f'"language" is {language!r}: write fa or en, or leave it out')
    return _code(language), list(_json_cues(lines))


def _code(language: str | None) -> str | None:
    """Two letters for a code with or without a country, or for a name as Whisper writes it."""
    name = (language or "auto").lower().replace("_", "-").split("-")[0]
    if name == "auto":
        return None
    return name if len(name) == 2 else _NAMES.get(name, _OTHER_LANGUAGE)


def _json_cues(lines: Sequence[object]) -> Iterator[Cue]:
    for number, line in enumerate(lines, start=1):
        place = f"utterance {number}"
        if not isinstance(line, dict) or not isinstance(line.get("text"), str):
            raise CueError(f'{place} has no "text": write every utterance as in {_SHAPE}')
        speaker = line.get("speaker")
        if speaker is not None and not isinstance(speaker, str):
            raise CueError(f'"speaker" of {place} is not text: write "agent" or "customer"')
        words = " ".join(line["text"].split())
        if words:
            yield Cue(speaker or "", _json_span(line, place), words, place, _share(line, place))


def _json_span(line: dict[str, object], place: str) -> Span | None:
    start, end = _number(line, "start", place), _number(line, "end", place)
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise CueError(f'{place} has only one of "start" and "end": give both or neither')
    if not 0 <= start <= end:
        raise CueError(f"{place} runs from {start:g} to {end:g}: times are seconds, the earlier one first")
    return Span(start, end)


def _share(line: dict[str, object], place: str) -> float | None:
    value = _number(line, "confidence", place)
    logprob = _number(line, "avg_logprob", place)
    if value is None and logprob is not None:
        return min(1.0, math.exp(logprob))
    if value is not None and not 0 <= value <= 1:
        raise CueError(f'"confidence" of {place} is {value:g}: write a number from 0 to 1, or leave it out')
    return value


def _number(line: dict[str, object], field: str, place: str) -> float | None:
    value = line.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise CueError(f'"{field}" of {place} is not a number: write seconds, such as 12.5, or leave it out')
    return float(value)
