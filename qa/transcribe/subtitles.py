"""Reads the cues of SRT and WebVTT files: times, tag, text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.records import Seconds, Span

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_TAG = re.compile(r"^\s*\[([^\]]{1,60})\]\s*:?\s*")
_VOICE = re.compile(r"^\s*<v(?:\.[^\s>]*)?\s+([^>]{1,60})>")
_MARKUP = re.compile(r"</?[^<>]{1,60}>|\{\\[^}]*\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """What one speaker says between two moments. ``tag`` is empty where the file has none; ``place`` says
    where it stands in the file ("line 12").
    """

    tag: str
    span: Span | None
    text: str
    place: str
    confidence: float | None = None


class CueError(ValueError):
    """A cue cannot be read. The text says where, what is wrong and what to do."""


def read_cues(text: str) -> Iterator[Cue]:
    """The cues of a subtitle file, in its order; those without words are left out.

    Raises:
        CueError: a time line cannot be read.
    """
    for number, lines in _blocks(text):
        times = next((at for at, line in enumerate(lines) if "-->" in line), None)
        if times is None:
            if number > 1 and not lines[0].startswith(("NOTE", "STYLE", "REGION")):
                raise CueError(
                    f"line {number} has no times: write a line such as 00:00:01,000 --> 00:00:04,000"
                )
            continue
        span = _span(lines[times], number + times)
        tag, words = _said(" ".join(lines[times + 1 :]))
        if words:
            yield Cue(tag, span, words, f"line {number + times + 1}")


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between empty ones, with the number of their first line (from 1)."""
    held: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            held.append(line.strip())
        elif held:
            yield number - len(held), held
            held = []


def _span(line: str, number: int) -> Span:
    found = _TIMES.match(line)
    if found is None:
        raise CueError(f"line {number} has no readable times: write them as 00:00:01,000 --> 00:00:04,000")
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end < start:
        raise CueError(f"line {number} ends before it starts: put the earlier time first")
    return Span(start, end)


def _seconds(parts: tuple[str | None, ...]) -> Seconds:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000


def _said(text: str) -> tuple[str, str]:
    """The tag and the words of a cue."""
    found = _TAG.match(text) or _VOICE.match(text)
    words = _MARKUP.sub("", text[found.end() :] if found else text)
    return (found.group(1).strip() if found else ""), " ".join(words.split())
