"""Which column of a file is which field: said, kept from the last time, or guessed from the header.

A column that begins with ``=`` is in no file: what follows is the value of its field in every row
(``=Google Play`` as ``channel``).
"""

import re
from collections.abc import Iterable

from qa.errors import BadMetadata, InvalidSetting, shown_text
from qa.feedback.contract import Choices, Field, Importer
from qa.ingest.words import plain

FIXED = "="
MOST_NAMES, LONGEST_NAME = 20, 40
"""Columns that a sentence names, and letters of each."""


def read_map(said: Iterable[str], importer: Importer) -> dict[str, str]:
    """``column=field`` as said on the command line, from column to field.

    Raises:
        InvalidSetting: one is not written so, or names no field.
    """
    known = [field.name for field in importer.fields]
    mapping = {}
    for one in said:
        column, _, field = one.rpartition("=")
        if not column or field.strip() not in known:
            raise InvalidSetting(
                f"The option --map {one!r} is not COLUMN=FIELD; the fields of {importer.kind.value} are"
                f" {', '.join(known)}."
            )
        mapping[column.strip()] = field.strip()
    return mapping


def mapped(
    header: tuple[str, ...], importer: Importer, said: Choices, kept: dict[str, str]
) -> dict[str, str]:
    """From column to field. What is said wins over what was kept, that over what headers are known to mean.

    Raises:
        BadMetadata: a column that was said is not in the file, two columns are one field, or a field that
            is needed has none.
    """
    chosen = {_column(name, header): field for name, field in said.mapping.items()}
    twice = [field for field in set(chosen.values()) if list(chosen.values()).count(field) > 1]
    if twice:
        raise BadMetadata(f"Two columns are mapped to {twice[0]!r}; map one of them.")
    if not said.whole:
        chosen = guessed(header, importer, kept, chosen)
    _check(chosen, importer, header)
    return chosen


def guessed(
    header: tuple[str, ...], importer: Importer, kept: dict[str, str], chosen: dict[str, str]
) -> dict[str, str]:
    """What was chosen, and the product's guesses for the columns and fields that are left."""
    chosen, before = dict(chosen), {plain(column): field for column, field in kept.items()}
    fields = {field.name for field in importer.fields}
    for guess in (before.get, lambda word: _guess(word, importer.fields)):
        for column in header:
            field = guess(plain(column))
            if field in fields and column not in chosen and field not in chosen.values():
                chosen[column] = field
    for column, field in kept.items():
        if column.startswith(FIXED) and field in fields and field not in chosen.values():
            chosen[column] = field
    return chosen


def _column(name: str, header: tuple[str, ...]) -> str:
    if name.startswith(FIXED):
        return name
    found = [column for column in header if plain(column) == plain(name)]
    if not found:
        raise BadMetadata(f"There is no column {name!r}; the columns are {_shown(header)}.")
    return found[0]


def _shown(header: tuple[str, ...]) -> str:
    """The columns as a sentence may name them: a file without a header has somebody's data there."""
    names = [re.sub(r"\d{7,}", "***", shown_text(name[:LONGEST_NAME])) for name in header[:MOST_NAMES]]
    return ", ".join(names) + (f" and {len(header) - MOST_NAMES} more" if len(header) > MOST_NAMES else "")


def _guess(word: str, fields: tuple[Field, ...]) -> str | None:
    return next((f.name for f in fields if word in (plain(f.name), *map(plain, f.headers))), None)


def _check(chosen: dict[str, str], importer: Importer, header: tuple[str, ...]) -> None:
    for group in importer.needs:
        if not set(group) & set(chosen.values()):
            wanted = " or ".join(group)
            raise BadMetadata(
                f"No column is known to be {wanted}; say it with --map COLUMN={group[0]}"
                f" (the columns are {_shown(header)})."
            )
