"""Which column is which field, with the product's guess, the first cells, and values for all rows."""

import streamlit as st

from dashboard.data import imports
from dashboard.data.imports import Seen
from dashboard.i18n import _, ngettext
from dashboard.imports.choosing import Chosen
from dashboard.imports.words import field
from dashboard.parts import Cell, Column, Markup, code, show, table
from qa.feedback.columns import FIXED

SHOWN, PREVIEWED = 40, 8
FIXABLE = ("channel", "service")
LONGEST = 40


def draw_preview(seen: Seen) -> None:
    """The first rows as they stand in the file."""
    show(Markup('<p class="sub">{}</p>').format(code(seen.name)))
    header = seen.table.header[:PREVIEWED]
    rows = [[_cell(cell) for cell in line[: len(header)]] for line in seen.first]
    made = table([Column(code(_short(name))) for name in header], rows, _("The first rows of the file"))
    show(Markup('<div class="check">{}</div>').format(made))
    rest = len(seen.table.header) - len(header)
    if rest > 0:
        show(_line(ngettext("{count} more column.", "{count} more columns.", rest)))


def draw_mapping(chosen: Chosen, seen: Seen) -> dict[str, str]:
    """Draw a choice for each column; gives the mapping as it stands."""
    importer = imports.importer_of(chosen.kind)
    names = ["", *(one.name for one in importer.fields)]
    mapping: dict[str, str] = {}
    columns = st.columns(3, gap="small")
    for place, column in enumerate(seen.table.header[:SHOWN]):
        guess = seen.guess.get(column, "")
        with columns[place % 3]:
            picked = st.selectbox(
                column,
                names,
                index=names.index(guess),
                format_func=field,
                key=f"import_map_{chosen.key}_{column}",
            )
        if picked:
            mapping[column] = picked
    mapping |= {name: guess for name, guess in seen.guess.items() if name in seen.table.header[SHOWN:]}
    return mapping | _fixed(chosen, seen, mapping, names)


def missing(chosen: Chosen, mapping: dict[str, str]) -> str:
    """What keeps the mapping from being used, as a sentence; empty when nothing does."""
    fields = list(mapping.values())
    twice = next((name for name in fields if fields.count(name) > 1), None)
    if twice:
        return _("Two columns are {field}; choose one.", field=field(twice))
    for group in imports.importer_of(chosen.kind).needs:
        if not set(group) & set(fields):
            names = _(" or ").join(field(name) for name in group)
            return _("No column is {fields} yet; choose it above.", fields=names)
    return ""


def _fixed(chosen: Chosen, seen: Seen, mapping: dict[str, str], names: list[str]) -> dict[str, str]:
    """Values that hold for every row, for fields that no column has."""
    open_fields = [name for name in FIXABLE if name in names and name not in mapping.values()]
    before = {
        name: column.removeprefix(FIXED) for column, name in seen.guess.items() if column.startswith(FIXED)
    }
    fixed: dict[str, str] = {}
    for place, name in zip(st.columns(3, gap="small"), open_fields, strict=False):
        label = _("{field} of every row", field=field(name))
        with place:
            value = st.text_input(
                label, before.get(name, ""), key=f"import_fixed_{chosen.key}_{name}"
            ).strip()
        if value:
            fixed[FIXED + value] = name
    return fixed


def _cell(cell: str | None) -> Cell:
    return Cell(_short(cell)) if cell else Cell("–", pale=True)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _line(text: str) -> Markup:
    return Markup('<p class="sub">{}</p>').format(text)
