"""The closed sets of words that the store keeps."""

from qa.store.kinds import (
    Band,
    CallSource,
    CallStatus,
    Direction,
    EvaluationSource,
    JobState,
    Role,
    Theme,
)

__all__ = ["Band", "CallSource", "CallStatus", "Direction", "EvaluationSource", "JobState", "Role", "Theme"]
