"""What of a call is gone for good, and why."""

from enum import StrEnum


class RemovedPart(StrEnum):
    """What of a call is gone."""

    AUDIO = "audio"
    WORDS = "words"
    NOTES = "notes"
    EVALUATION = "evaluation"
    CUSTOMER = "customer"


class RemovalCause(StrEnum):
    """Why it is gone: its time was over, or its customer asked to be forgotten."""

    RETENTION = "retention"
    ERASURE = "erasure"
