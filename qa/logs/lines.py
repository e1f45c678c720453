"""A record as one line: a sentence for people, or JSON for a collector."""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from qa.logs.scrub import clean_field

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
DEEPEST = 6
"""Places of a traceback that are told, the innermost first."""


class Plain(logging.Formatter):
    """``2026-11-22 17:20:01 WARNING the job was taken over (call=…, executor=worker-1)``."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        fields = fields_of(record)
        fields.pop("event", None)
        told = ", ".join(f"{name}={value}" for name, value in fields.items() if value is not None)
        moment = datetime.fromtimestamp(record.created).strftime("%Y-%m-%d %H:%M:%S")
        error = f" [{record.exc_text}]" if record.exc_text else ""
        return f"{moment} {record.levelname} {record.getMessage()}{f' ({told})' if told else ''}{error}"


class Json(logging.Formatter):
    """One JSON object a line: time (UTC), level, event, logger, message, and what the event is about."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        fields = fields_of(record)
        shape: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": fields.pop("event", record.name),
            "logger": record.name,
            "message": record.getMessage(),
            **fields,
        }
        if record.exc_text:
            shape["error"] = record.exc_text
        return json.dumps(shape, ensure_ascii=False, separators=(",", ":"))


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """What ``about`` put on a record, cleaned."""
    return {name: clean_field(name, value) for name, value in getattr(record, "about", {}).items()}


def place(caught: Caught | tuple[Any, ...]) -> str:
    """Kind and places of an exception, never its text, which may quote a call."""
    kind, _error, trace = caught
    if kind is None:
        return ""
    frames = traceback.extract_tb(trace)[-DEEPEST:]
    told = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{kind.__name__} at {told or 'an unknown place'}"
