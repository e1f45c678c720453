"""Every error a person may meet: one sentence with the value and the remedy.

The command line prints the sentence and ends with exit code 2; the worker reads ``permanent`` to
decide between trying again and giving up.
"""

import re
from pathlib import PurePath

_DATE = r"(?:1[34]|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[-_T ]?\d{4}(?:\d\d)?(?!\d)|[^\d-]|$)"
_UNIQUE_ID = r"\d{9,10}\.\d"
# A telephone number in a name: seven digits or more that are neither a date nor an Asterisk unique id.
_NUMBER = re.compile(
    rf"(?<!\d)(?!{_DATE}|{_UNIQUE_ID})(?:\+?\d{{7,}}|0\d{{2,3}}([- ])\d{{3,4}}\1\d{{4}})(?!\d)"
)
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def shown_name(path: PurePath | str) -> str:
    """A file's name as it may be shown, logged and stored: telephone numbers in it are masked.

    Letters that would break the line, turn its direction or cannot be written as UTF-8 become ``?``.
    """
    return _NUMBER.sub("***", shown_text(PurePath(path).name))


def shown_text(text: str) -> str:
    """A word of a file in a sentence: what would break the line or turn its direction becomes ``?``."""
    return _UNSHOWABLE.sub("?", text.encode("utf-8", "replace").decode())


class QAError(Exception):
    """Something a person can mend. ``permanent`` says that trying again cannot help."""

    def __init__(self, message: str, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


class BadRecording(QAError):
    """The recording cannot be read as speech audio."""


class BadTranscript(QAError):
    """The transcript file cannot be read."""


class BadMetadata(QAError):
    """The metadata table cannot be read."""


class InvalidScorecard(QAError):
    """The scorecard is not valid; the message names file, line and field."""


class ModelMissing(QAError):
    """The weights of a model are not here or are damaged."""


class InvalidSetting(QAError):
    """A setting has a value that cannot be used."""


class NotFound(QAError):
    """The thing that was asked for is not in the store."""


class StoreUnavailable(QAError):
    """The database cannot be reached now, or takes no writes. ``why`` is ``full``, ``readonly``, ``locked``
    or empty; ``writing`` says that something was to be stored.
    """

    why: str = ""
    writing: bool = False


class WriteFailed(QAError):
    """A file could not be written; what was there before is still there."""


class KeyMissing(QAError):
    """A sealed file's key is not here, or there is none to seal with."""


class Damaged(QAError):
    """A sealed file is not as it was sealed."""


class DemoRefused(QAError):
    """The demo centre cannot be made or removed as it is now."""


class BadBackup(QAError):
    """A back-up is damaged, is not whole, or cannot be restored here."""
