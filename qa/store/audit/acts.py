"""What the audit log tells apart, and one entry of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

LABEL_OF_CALL = "call:"
"""What stands before the key of a call in ``Entry.subject``."""


class Act(StrEnum):
    """What somebody did. Add members at will; never rename one, sites have them in their logs."""

    SIGN_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGN_OUT = "signed out"
    PASSWORD = "password changed"  # noqa: S105 (the name of an act)
    SECOND_FACTOR = "second factor changed"
    CALL_VIEWED = "call viewed"
    AUDIO_PLAYED = "audio played"
    CUSTOMER_VIEWED = "customer viewed"
    CALLS_SEARCHED = "calls searched"
    AUDIT_READ = "audit log read"
    EXPORTED = "exported"
    REPORTED = "report made"
    IMPORTED = "imported"
    CALL_CHANGED = "call changed"
    REVIEWED = "review changed"
    CALIBRATED = "calibration changed"
    DISPUTED = "dispute changed"
    COACHED = "coaching changed"
    ACTION_CHANGED = "action item changed"
    LIBRARY_CHANGED = "exemplary moment changed"
    COMMENT_CHANGED = "comment handled"
    PROMISE_CHANGED = "promise decided"
    ALERT_CHANGED = "alert handled"
    FOLLOW_UP_CHANGED = "follow-up changed"
    USER_CHANGED = "user changed"
    SCORECARD_CHANGED = "scorecard changed"
    RESCORED = "calls rescored"
    TARGET_CHANGED = "target changed"
    SETTING_CHANGED = "setting changed"
    KEY_CHANGED = "key changed"
    VOICE_CHANGED = "voice profile changed"
    DEMO_CHANGED = "demo centre changed"
    ERASED = "erased"
    RETENTION_APPLIED = "retention applied"
    HOLD_CHANGED = "legal hold changed"
    BACKUP_MADE = "back-up made"
    RESTORED = "restored"
    KEYS_ROTATED = "keys rotated"


Value = str | int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done or seen. ``user_id`` is ``None`` for the command line and the system itself.

    ``subject`` names what it was done to by kind and key (``call:9f3a…``, ``user:12``, ``setting:alerts``).
    ``detail`` holds ids, keys, counts and names of settings; never words of a person, a telephone number or
    the content of a file.
    """

    act: Act
    user_id: int | None
    subject: str
    detail: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
