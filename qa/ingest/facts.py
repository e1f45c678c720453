"""What is known about a call before anybody listens to it."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Literal

Direction = Literal["inbound", "outbound", "internal"]
Language = Literal["fa", "en"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts from a file name or a metadata row; ``None`` where nothing is said.

    ``agent`` is what the telephone system calls the agent (an extension, a log-in), ``agent_name`` the
    name that people read. ``moment`` is the start of the call in UTC. ``customer`` is the telephone
    number or id as it was written: it never leaves memory, only its keyed hash is stored. ``transcript``
    names a file with the words, made elsewhere.
    """

    agent: str | None = None
    agent_name: str | None = None
    team: str | None = None
    queue: str | None = None
    moment: datetime | None = None
    customer: str | None = field(default=None, repr=False)
    direction: Direction | None = None
    language: Language | None = None
    transcript: str | None = None
    notes: tuple[str, ...] = ()


def combined(first: Facts, second: Facts) -> Facts:
    """Field by field: what ``first`` knows wins, ``second`` fills the gaps; notes of both are kept."""
    values = {
        name: getattr(second, name) if getattr(first, name) is None else getattr(first, name)
        for name in (entry.name for entry in fields(Facts))
        if name != "notes"
    }
    return Facts(**values, notes=first.notes + second.notes)
