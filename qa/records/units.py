"""Units as type names, and the closed sets of words that stages exchange."""

from enum import StrEnum

Seconds = float
Hertz = int
Share = float
Points = float


class Speaker(StrEnum):
    """Who speaks. The numbered ones are voices whose role is not known; the system is a machine:
    an announcement, a menu, a voice from a tape.
    """

    AGENT = "agent"
    CUSTOMER = "customer"
    SPEAKER_1 = "speaker 1"
    SPEAKER_2 = "speaker 2"
    SYSTEM = "system"


class Verdict(StrEnum):
    """The result of one criterion (FIELD.md §2)."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"
    NOT_APPLICABLE = "not applicable"
    CANNOT_TELL = "cannot tell"


class CriticalKind(StrEnum):
    """Who is harmed when a critical criterion fails (COPC)."""

    CUSTOMER = "customer"
    BUSINESS = "business"
    COMPLIANCE = "compliance"


class ScoringStatus(StrEnum):
    """What became of scoring one call."""

    SCORED = "scored"
    INSUFFICIENT = "insufficient"
    NO_SPEECH = "no speech"
    LANGUAGE_NOT_SUPPORTED = "language not supported"


class Flag(StrEnum):
    """What may be odd about a recording or a transcript that is usable all the same."""

    BOTH_SAME = "both channels the same"
    ONE_SILENT = "one channel silent"
    WRONG_EXTENSION = "wrong extension"
    DAMAGED = "damaged frames"
    MORE_TRACKS = "only the first track was read"
    UNFINISHED = "no end mark"
    DRAFT = "draft"
    LANGUAGE_NOT_SURE = "language not sure"
    LANGUAGE_NOT_SUPPORTED = "language not supported"
    REPETITION_REMOVED = "repetition removed"
    BY_VOICE = "speakers told apart by voice"


class Reason(StrEnum):
    """Why a measure has no value. The sentence is also the translation key."""

    NO_TIMES = "the transcript has no times"
    ONE_CHANNEL = "one channel, voices not separable"
    NO_OVERLAP = "one channel, overlapping voices not separable"
    TOO_LITTLE_SPEECH = "less than 5 s of speech"
    NO_SPEECH = "no speech"
    NO_WORDS = "no words from this side"
    NO_ANSWERS = "the agent never follows the customer"
    DRAFT = "the model is too small for this language"


class LeftOut(StrEnum):
    """Why a call is kept and searchable but out of every aggregate (FIELD.md §1-2)."""

    TOO_SHORT = "shorter than the minimum length"
    FEW_WORDS = "fewer words than the minimum from a side"
    NO_SPEECH = "no speech"
    LANGUAGE = "language not supported"
    INSUFFICIENT = "too little could be told"
