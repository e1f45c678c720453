"""Which scorecard judges a call: rules by queue, direction and language, the most specific one first."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assignment:
    """Calls of this queue, direction and language are judged with ``scorecard``; ``None`` stands for any."""

    scorecard: str
    queue: int | None = None
    direction: str | None = None
    language: str | None = None

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """The larger, the more specific: a queue outweighs a direction, a direction a language."""
        return self.queue is not None, self.direction is not None, self.language is not None

    def covers(self, traits: "Traits") -> bool:
        """True when the rule speaks of such a call."""
        pairs = (
            (self.queue, traits.queue),
            (self.direction, traits.direction),
            (self.language, traits.language),
        )
        return all(wanted is None or wanted == found for wanted, found in pairs)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a call is chosen a scorecard by."""

    language: str
    queue: int | None = None
    direction: str | None = None


def assigned(rules: Iterable[Assignment], traits: Traits) -> str | None:
    """The scorecard of the most specific rule for a call; ``None`` for the default of its language."""
    fitting = [rule for rule in rules if rule.covers(traits)]
    return max(fitting, key=lambda rule: rule.rank).scorecard if fitting else None
