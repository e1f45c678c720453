"""The closed sets of words of alerts and of messages that leave."""

from enum import StrEnum


class AlertState(StrEnum):
    """Where an alert is. ``ACKNOWLEDGED``: a person has taken it on."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class AlertStep(StrEnum):
    """What happened to an alert; steps are added, never changed. ``ENDED``: its cause is there no more."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    ENDED = "ended"


class Channel(StrEnum):
    """The way a message leaves."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class MessageState(StrEnum):
    """Where a message is. ``DEAD``: no machine will try again."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
