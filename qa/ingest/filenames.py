"""Facts from a file's name: patterns of the site first, then the presets."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import PurePath

from qa.errors import InvalidSetting
from qa.ingest.facts import Direction, Facts, combined
from qa.ingest.moments import MomentError, read_moment
from qa.ingest.presets import PRESETS, parties
from qa.ingest.words import read_direction, read_language

GROUPS = frozenset(
    {"agent", "agent_name", "team", "queue", "number", "direction", "language", "date", "time", "uniqueid"}
    | {"kind", "destination", "source"}  # the three parts of an Asterisk name, see ``presets``
)
LONGEST_PATTERN = 300
LONGEST_NAME = 255

_APART = timedelta(days=1)


def compile_patterns(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The site's patterns, ready to use.

    Raises:
        InvalidSetting: a pattern is no regular expression, is too long, or names no group or an unknown one.
    """
    return tuple(_compile(pattern) for pattern in patterns)


def read_name(path: PurePath, zone: tzinfo, patterns: tuple[re.Pattern[str], ...] = ()) -> Facts:
    """What the name tells; empty facts for a name that fits no pattern.

    Patterns must fit the whole name without its ending. A date and a time in the name are the site's local
    time and win over the epoch in an Asterisk unique id, which counts only where there is no date: a
    person reads and corrects the date, and only the date survives a copy to another system. A note
    says when the two are more than a day apart.
    """
    stem = path.stem[:LONGEST_NAME]
    for pattern in (*patterns, *PRESETS):
        match = pattern.fullmatch(stem)
        if match is not None:
            return _facts({name: text.strip() for name, text in match.groupdict().items() if text}, zone)
    return Facts()


def _compile(pattern: str) -> re.Pattern[str]:
    if len(pattern) > LONGEST_PATTERN:
        raise InvalidSetting(
            f"A pattern in QA_FILE_PATTERNS has {len(pattern)} characters; use at most {LONGEST_PATTERN}."
        )
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise InvalidSetting(
            f"The pattern {pattern!r} in QA_FILE_PATTERNS is no regular expression ({error}); correct it."
        ) from error
    unknown = sorted(set(compiled.groupindex) - GROUPS)
    if unknown or not compiled.groupindex:
        what = f"has the unknown group {unknown[0]!r}" if unknown else "names no group"
        raise InvalidSetting(
            f"The pattern {pattern!r} in QA_FILE_PATTERNS {what}; "
            f"known groups are {', '.join(sorted(GROUPS))}."
        )
    return compiled


def _facts(found: dict[str, str], zone: tzinfo) -> Facts:
    told = Facts(
        agent=found.get("agent"),
        agent_name=found.get("agent_name"),
        team=found.get("team"),
        queue=found.get("queue"),
        customer=found.get("number"),
        direction=_direction(found.get("direction")),
        language=read_language(found.get("language", "")),
    )
    if "kind" in found:
        told = combined(told, parties(found["kind"], found.get("destination", ""), found.get("source", "")))
    moment, notes = _moment(found, zone)
    return replace(told, moment=moment, notes=notes)


def _direction(text: str | None) -> Direction | None:
    return read_direction(text) if text else None


def _moment(found: dict[str, str], zone: tzinfo) -> tuple[datetime | None, tuple[str, ...]]:
    epoch = _epoch(found.get("uniqueid", ""))
    written = " ".join(found[name] for name in ("date", "time") if name in found)
    if not written:
        return epoch, ()
    try:
        moment = read_moment(written, zone)
    except MomentError as problem:
        return epoch, (f"the time {written!r} in the file name {problem}",)
    if epoch is not None and abs(moment - epoch) > _APART:
        return moment, (
            f"the time in the file name and its unique id are {abs(moment - epoch).days} days apart; "
            "the time in the name was used",
        )
    return moment, ()


def _epoch(uniqueid: str) -> datetime | None:
    seconds, _, serial = uniqueid.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and serial and 9 <= len(seconds) <= 10):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
