"""What a site decides about its review desk."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from qa.errors import InvalidSetting
from qa.store.database import Transaction
from qa.store.site import get_setting, set_setting

KEY = "review_desk"
AnswerBy = Literal["any", "same", "other"]


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """Sizes of the weekly sample, who reviews, how long things may take.

    ``reviewers`` are user numbers; empty: every supervisor. ``automatic``: the worker makes the plan when a
    week begins. ``answer_by``: who answers a dispute, compared with who gave the verdict.
    """

    per_agent: int = 2
    risk: int = 10
    targeted: int = 0
    queue_id: int | None = None
    criterion: str = ""
    new_agent_days: int = 0
    due_days: int = 7
    dispute_days: int = 5
    answer_by: AnswerBy = "any"
    automatic: bool = False
    reviewers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for name, most in (("per_agent", 50), ("risk", 500), ("targeted", 500)):
            if not 0 <= getattr(self, name) <= most:
                raise InvalidSetting(f"{name} is {getattr(self, name)}; choose a number from 0 to {most}.")
        for name in ("due_days", "dispute_days"):
            if not 1 <= getattr(self, name) <= 90:
                raise InvalidSetting(f"{name} is {getattr(self, name)}; choose from 1 to 90 days.")
        if self.answer_by not in ("any", "same", "other"):
            raise InvalidSetting(f"answer_by is {self.answer_by!r}; choose any, same or other.")

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self) | {"reviewers": list(self.reviewers)}


def desk_settings(tx: Transaction) -> DeskSettings:
    """The desk's settings, defaults where nothing was decided."""
    stored = get_setting(tx, KEY, {})
    known = {field.name for field in fields(DeskSettings)}
    kept = {name: value for name, value in stored.items() if name in known}
    return DeskSettings(**kept | {"reviewers": tuple(kept.get("reviewers", ()))})


def save_desk_settings(tx: Transaction, settings: DeskSettings) -> None:
    """Decide."""
    set_setting(tx, KEY, settings.stored)
