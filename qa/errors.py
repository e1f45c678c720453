"""Every error a person may meet: one sentence with the value and the remedy.

The command line prints the sentence and ends with exit code 2; the worker reads ``permanent`` to
decide between trying again and giving up.
"""


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
    """The database cannot be reached now."""


class WriteFailed(QAError):
    """A file could not be written; what was there before is still there."""
