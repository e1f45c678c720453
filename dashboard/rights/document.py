"""The table of roles as docs/roles.md shows it."""

from collections.abc import Iterable

from dashboard.rights import REACHES, RIGHTS
from dashboard.rights.contract import ORDER, Right

TITLES = {"page": "Pages", "route": "Addresses", "action": "What changes something"}


def tables() -> str:
    """Markdown: a heading and a table for each kind, a line for each reach."""
    return "\n\n".join(f"### {title}\n\n{_table(kind)}" for kind, title in TITLES.items())


def _table(kind: str) -> str:
    groups: dict[str, list[str]] = {}
    for right in (one for one in RIGHTS if one.kind == kind):
        groups.setdefault(right.reach, []).append(right.name)
    head = ["| | " + " | ".join(role.value for role in ORDER) + " |", "|---|" + "---|" * len(ORDER)]
    return "\n".join([*head, *_lines(kind, groups.items())])


def _lines(kind: str, groups: Iterable[tuple[str, list[str]]]) -> Iterable[str]:
    for reach, names in groups:
        said = (REACHES[Right(kind, "", reach).of(role)] or "–" for role in ORDER)
        yield f"| {', '.join(f'`{name}`' for name in sorted(names))} | {' | '.join(said)} |"
