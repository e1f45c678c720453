"""The closed sets of words that only the store and its readers use."""

from enum import StrEnum


class CallStatus(StrEnum):
    """Where a call is on its way."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobState(StrEnum):
    """Where a job is. ``FAILED``: trying again cannot help; ``DEAD``: it used up its attempts."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DEAD = "dead"


class RunState(StrEnum):
    """Where scoring many calls again is. ``STOPPED``: a person ended it; it can go on."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Direction(StrEnum):
    """Who called whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class CallSource(StrEnum):
    """How a call came in."""

    COMMAND = "command"
    UPLOAD = "upload"
    WATCH = "watch"
    DEMO = "demo"


class EvaluationSource(StrEnum):
    """Who gave the verdicts. The two are never averaged."""

    AUTO = "auto"
    HUMAN = "human"


class Band(StrEnum):
    """The three bands of a score (FIELD.md §2)."""

    PASS = "pass"  # noqa: S105 (a band, not a password)
    COACH = "coach"
    FLAG = "flag"


class PromiseState(StrEnum):
    """What became of a promise. ``VOID``: it was none, or the matter went away."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    VOID = "void"


class Role(StrEnum):
    """What a user may do."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    SUPERVISOR = "supervisor"
    AGENT = "agent"


class Theme(StrEnum):
    """The look a user chose; ``AUTO`` follows the browser."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class ReviewKind(StrEnum):
    """Why a person hears a call: a weekly review, a blind calibration, the answer to a dispute."""

    REVIEW = "review"
    CALIBRATION = "calibration"
    DISPUTE = "dispute"


class Layer(StrEnum):
    """How a call came into the sample. Only the random layer feeds programme averages (FIELD.md §3)."""

    RANDOM = "random"
    RISK = "risk"
    TARGETED = "targeted"


class ReviewState(StrEnum):
    """Where a review is. ``REPLACED``: the call could not be reviewed; the reason is kept."""

    ASSIGNED = "assigned"
    STARTED = "started"
    FINISHED = "finished"
    REPLACED = "replaced"


class RoundState(StrEnum):
    """Where a calibration is. ``OPEN``: people judge, nobody sees another's verdict; ``DEBRIEF``: they
    compare and set the reference; ``CLOSED``: nothing changes any more.
    """

    OPEN = "open"
    DEBRIEF = "debrief"
    CLOSED = "closed"


class DisputeState(StrEnum):
    """Where a dispute is. ``ANSWERED``: the agent may reopen or close it."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class DisputeStep(StrEnum):
    """What happened to a dispute; steps are added, never changed."""

    OPENED = "opened"
    ANSWERED = "answered"
    REOPENED = "reopened"
    CLOSED = "closed"


class DisputeOutcome(StrEnum):
    """What a dispute led to; the verdict it was about stays beside it."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


class MomentState(StrEnum):
    """Where an exemplary moment is. Others see it when its agent ``CONSENTED``; the agent may still decline
    then. ``WITHDRAWN``: a lead took it out.
    """

    PROPOSED = "proposed"
    CONSENTED = "consented"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ImportKind(StrEnum):
    """What a file that is imported holds."""

    SURVEYS = "surveys"
    COMMENTS = "comments"
    ORDERS = "orders"
    QUEUE_LOG = "queue-log"
    CDR = "cdr"


class SurveyKind(StrEnum):
    """What was asked: satisfaction, recommendation, effort."""

    CSAT = "csat"
    NPS = "nps"
    CES = "ces"


class LinkedBy(StrEnum):
    """How a survey found its call."""

    CALL = "call id"
    CUSTOMER = "customer"


class CommentStep(StrEnum):
    """A step in the ledger of a comment; its posting is the comment's own time. ``HANDED``: to the user that
    the event names; ``SHOWN``: no longer hidden; ``CORRECTED``: a person said another sentiment.
    """

    REPLIED = "replied"
    OFFERED = "offered remedy"
    RESOLVED = "resolved"
    THANKED = "thanked"
    UNRESOLVED = "unresolved"
    HIDDEN = "hidden"
    SHOWN = "shown again"
    HANDED = "handed over"
    NOTED = "noted"
    CORRECTED = "sentiment corrected"


class ReplyKind(StrEnum):
    """What a reply template is for."""

    APOLOGY = "apology"
    REMEDY = "remedy"
    CONTACT = "contact"
    THANKS = "thanks"


class FollowUpReason(StrEnum):
    """Why a customer is followed up."""

    COMPLAINT = "complaint"
    CALL_COMPLAINT = "complaint in a call"
    BROKEN_PROMISE = "broken promise"
    LOW_SURVEY = "low survey"


class ContactOutcome(StrEnum):
    """How a telephone contact ended."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    BUSY = "busy"
    FAILED = "failed"


class Feeling(StrEnum):
    """What a text was read as."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
