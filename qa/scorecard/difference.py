"""What is different between two versions of a scorecard."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from qa.scorecard.outline import CriterionLine, Outline

What = Literal[
    "weight", "share", "title", "critical", "rule", "applies_when", "section", "enabled", "words", "other"
]
FIELDS: tuple[What, ...] = (
    "weight",
    "title",
    "critical",
    "rule",
    "applies_when",
    "section",
    "enabled",
    "other",
)
SAME_SHARE = 0.05
"""Points of 100 that are no difference to anybody."""


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion that differs: ``before`` or ``after`` is ``None`` where one side does not have it.

    ``words``: a word list that its rules name has other phrases.
    """

    before: CriterionLine | None
    after: CriterionLine | None
    what: tuple[What, ...]

    @property
    def key(self) -> str:
        """The criterion's key."""
        line = self.after or self.before
        return line.key if line else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Criteria that differ, in the order of the new version and removed ones last; other parts by name.

    ``parts`` are among ``title``, ``bands``, ``minimum``, ``language``, ``sections`` (weights or titles).
    """

    changes: tuple[Change, ...]
    parts: tuple[str, ...]


def difference(before: Outline, after: Outline) -> Difference:
    """From one version to another."""
    old = {one.key: one for one in before.criteria}
    new = {one.key: one for one in after.criteria}
    changes = [Change(old.get(key), line, ()) for key, line in new.items() if key not in old]
    for key, line in new.items():
        if key in old and (what := tuple(_what((old[key], before), (line, after)))):
            changes.append(Change(old[key], line, what))
    order = {key: place for place, key in enumerate(new)}
    changes.sort(key=lambda change: order[change.key])
    changes += [Change(line, None, ()) for key, line in old.items() if key not in new]
    parts = [
        name
        for name in ("title", "bands", "minimum", "language")
        if getattr(before, name) != getattr(after, name)
    ]
    if _sections(before) != _sections(after):
        parts.append("sections")
    return Difference(tuple(changes), tuple(parts))


def _sections(one: Outline) -> list[Any]:
    return [(section.key, section.title, section.weight) for section in one.sections]


def _what(before: tuple[CriterionLine, Outline], after: tuple[CriterionLine, Outline]) -> Iterator[What]:
    (old, of_old), (new, of_new) = before, after
    names: tuple[What, ...] = (
        "weight",
        "title",
        "critical",
        "rule",
        "applies_when",
        "section",
        "enabled",
        "other",
    )
    for name in names:
        if getattr(old, name) != getattr(new, name):
            yield name
    if abs(old.share - new.share) >= SAME_SHARE:
        yield "share"
    if _lists(old, of_old) != _lists(new, of_new):
        yield "words"


def _lists(line: CriterionLine, of: Outline) -> Mapping[str, tuple[str, ...]]:
    return {
        name: of.lexicons.get(name, ()) for name in sorted({*_named(line.rule), *_named(line.applies_when)})
    }


def _named(value: Any) -> Iterator[str]:
    """Names of the word lists anywhere in a rule."""
    if isinstance(value, str) and value.startswith("$"):
        yield value[1:]
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)
