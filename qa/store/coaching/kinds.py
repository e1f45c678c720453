"""The closed sets of words of coaching and action items."""

from enum import StrEnum


class CoachingState(StrEnum):
    """Where a coaching session is. ``HELD``: a plan was agreed; the agent has yet to acknowledge it."""

    PREPARED = "prepared"
    HELD = "held"
    ACKNOWLEDGED = "acknowledged"


class ItemState(StrEnum):
    """What became of an action item."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class ItemOrigin(StrEnum):
    """What an action item came from."""

    COACHING = "coaching"
    ALERT = "alert"
    CALIBRATION = "calibration"
    OTHER = "other"
