"""The table of roles as docs/roles.md shows it."""

from collections.abc import Iterable

from dashboard.rights import REACHES, RIGHTS
from dashboard.rights.commands import COMMANDS
from dashboard.rights.contract import ORDER, Right

ANYBODY = "whoever may read the data folder"
TITLES = {"page": "Pages", "route": "Addresses", "action": "What changes something"}


def tables() -> str:
    """Markdown: a heading and a table for each kind, a line for each reach."""
    parts = [f"### {title}\n\n{_table(kind)}" for kind, title in TITLES.items()]
    return "\n\n".join([*parts, f"### Commands\n\n{_commands()}"])


def _commands() -> str:
    """A line for each entry of the log, the roles being the same for all."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in COMMANDS:
        told = f"*{one.act}*" if one.act else one.why and f"none: {one.why}"
        groups.setdefault((one.does, told or "–"), []).append(one.name)
    head = ["| | who may | does to the site | audit log |", "|---|---|---|---|"]
    lines = (
        f"| {', '.join(f'`{name}`' for name in sorted(names))} | {ANYBODY} | {does} | {told} |"
        for (does, told), names in groups.items()
    )
    return "\n".join([*head, *lines])


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
