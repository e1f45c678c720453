"""The small table: hairlines, numbers at the end, no zebra. Up to thirty rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``numeric`` puts heading and cells at the end."""

    title: str | Markup
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a look of its own: ``span`` columns wide, ``pale`` for what is not known."""

    text: str | Markup
    span: int = 1
    pale: bool = False
    strong: bool = False


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str | Markup | Cell]], caption: str = ""
) -> Markup:
    """The table; ``caption`` is read by screen readers and not shown."""
    heads = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format("num" if c.numeric else "", c.title)
        for c in columns
    )
    body = Markup("").join(Markup("<tr>{}</tr>").format(_cells(columns, line)) for line in rows)
    name = Markup("<caption>{}</caption>").format(caption) if caption else ""
    return Markup('<table class="q">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        name, heads, body
    )


def _cells(columns: Sequence[Column], line: Sequence[str | Markup | Cell]) -> Markup:
    out, place = Markup(""), 0
    for entry in line:
        cell = entry if isinstance(entry, Cell) else Cell(entry)
        classes = " ".join(
            name
            for name, on in (("num", columns[place].numeric), ("pale", cell.pale), ("strong", cell.strong))
            if on
        )
        out += Markup('<td class="{}" colspan="{}">{}</td>').format(classes, cell.span, cell.text)
        place += cell.span
    return out
