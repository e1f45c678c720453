"""Every line of a process through one handler, cleaned where it is made.

Records are cleaned by the factory that makes them, so a handler that a library brings along gets them clean.
"""

import logging
import os
import sys
import threading
from types import TracebackType
from typing import Any

from qa.logs.lines import Json, Plain, place
from qa.logs.scrub import scrub, scrub_foreign

OURS = ("qa", "dashboard", "pages", "tests", "__main__")
FORMATS: dict[str, type[logging.Formatter]] = {"plain": Plain, "json": Json}
LEVELS = {"warning": logging.WARNING, "info": logging.INFO}
SILENT = ("uvicorn.access",)
"""Loggers that write addresses with their query, where tokens stand; the desk has its own log of requests."""


class CleanRecord(logging.LogRecord):
    """A record whose message and error hold nothing of a person, whoever formats it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if self.exc_info:
            self.exc_text = place(self.exc_info)
        self.stack_info = None

    def getMessage(self) -> str:  # noqa: N802 (the library's name)
        """The cleaned message. Of libraries the wording alone: their arguments are what they met."""
        if self.name.partition(".")[0] in OURS:
            return scrub(super().getMessage())
        return scrub_foreign(str(self.msg))


class _Handler(logging.StreamHandler[Any]):
    """The one of this project; knows stderr anew for each line, since a process may move it."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def set_up() -> None:
    """Take over logging, warnings and what Python says of an error that nobody caught.

    ``QA_LOG_FORMAT`` and ``QA_LOG_LEVEL`` are read here, since commands log before they read settings. A
    second time changes both.
    """
    logging.setLogRecordFactory(CleanRecord)
    root = logging.getLogger()
    for handler in list(root.handlers):
        if type(handler) in (logging.StreamHandler, _Handler):
            root.removeHandler(handler)
    handler = _Handler()
    handler.setFormatter(FORMATS.get(os.environ.get("QA_LOG_FORMAT", "plain"), Plain)())
    root.addHandler(handler)
    level = LEVELS.get(os.environ.get("QA_LOG_LEVEL", "warning"), logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in SILENT:
        logging.getLogger(name).disabled = True
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def adopt() -> None:
    """Send the lines of libraries that brought handlers of their own through ours."""
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger) and logger.handlers:
            for handler in list(logger.handlers):
                logger.removeHandler(handler)
            logger.propagate = True


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("qa").critical("the process ends by an error", exc_info=(kind, error, trace))


def _uncaught_in_thread(found: threading.ExceptHookArgs) -> None:
    if found.exc_type is not SystemExit:
        caught = (found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback)
        logging.getLogger("qa").error("a thread ended by an error", exc_info=caught)
