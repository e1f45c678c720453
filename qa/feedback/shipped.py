"""Readings that come along: how the files of well-known sources are mapped (``data/imports``)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qa.errors import NotFound
from qa.feedback.contract import Dates, Importer
from qa.settings import ROOT
from qa.store.kinds import ImportKind
from qa.store.voice.import_log import Source

FOLDER = ROOT / "data" / "imports"


@dataclass(frozen=True, slots=True)
class Reading:
    """How files of one source are read: ``columns`` from column to field, ``=value`` for a fixed value.

    ``titles`` name the export for people, by language; ``taken_from`` says where its columns are
    documented.
    """

    name: str
    kind: ImportKind
    titles: dict[str, str]
    taken_from: str
    columns: dict[str, str]
    dates: Dates | None = None


@cache
def readings() -> tuple[Reading, ...]:
    """Every shipped reading, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.yaml")))


def reading_of(importer: Importer, name: str) -> Source | None:
    """The shipped reading of this name as the memory of a source; ``None`` when there is none."""
    found = next((one for one in readings() if one.name == name and one.kind is importer.kind), None)
    return None if found is None else Source(None, found.columns, found.dates, None)


def shipped_reading(importer: Importer, name: str) -> Source:
    """The shipped reading of this name.

    Raises:
        NotFound: there is none for this kind.
    """
    found = reading_of(importer, name)
    if found is None:
        known = ", ".join(one.name for one in readings() if one.kind is importer.kind) or "none"
        raise NotFound(f"There is no reading {name!r} for {importer.kind.value}; there are: {known}.")
    return found


def _read(path: Path) -> Reading:
    import yaml

    said: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    fixed = {f"={value}": field for field, value in said.get("fixed", {}).items()}
    return Reading(
        name=path.stem,
        kind=ImportKind(said["kind"]),
        titles=said["titles"],
        taken_from=said["taken_from"],
        columns={**said["columns"], **fixed},
        dates=said.get("dates"),
    )
