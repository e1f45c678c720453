"""Rules about how somebody talks, as the judges see them."""

from dataclasses import dataclass, field
from typing import Literal

Heard = Literal["agent", "customer"]
Level = Literal["formal", "polite", "warm"]
LEVELS: tuple[Level, ...] = ("formal", "polite", "warm")


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """The level of politeness that the agent keeps; ``by_service`` sets it for a queue's service."""

    level: Level
    by_service: tuple[tuple[str, Level], ...] = ()
    line: int = field(default=0, compare=False)

    def level_of(self, service: str | None) -> Level:
        """The level that a call's service asks for."""
        return dict(self.by_service).get(service or "", self.level)


@dataclass(frozen=True, slots=True)
class AbuseRule:
    """A side insults the other."""

    speaker: Heard = "agent"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SentimentRule:
    """How the customer's mood ends (-1 to 1), or how far it rises from the first third of the call."""

    end: float = 0.0
    partly_end: float = -0.4
    rise: float = 0.5
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LlmRule:
    """A question that a language model answers from the redacted words, with quotes."""

    question: str
    line: int = field(default=0, compare=False)
