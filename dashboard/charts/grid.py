"""Rows of people in one figure: a drawing at the near side, columns of figures at the far side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.charts.decor import Decor
from dashboard.i18n import isolated, rtl
from dashboard.plain import in_chart
from dashboard.theme import colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

TITLE = 8  # letters in a line of a column's title
LINES = 4
DOWN, UP = 0.55, 0.62  # room under the last row and over the first


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: what a click gives, what is written, what the pointer says, its colour."""

    opens: object
    text: str
    hint: str = ""
    colour: str = ""
    size: float = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """Shape of a figure. ``split`` is where the columns begin, as a share of the width; ``row`` and ``top``
    are heights in pixels; ``names`` are those of the rows, the first on top. Titles
    stand on end from the column ``upright_from`` on.
    """

    names: Sequence[str]
    titles: Sequence[str]
    split: float
    row: int
    top: int
    bottom: int
    upright_from: int | None = None

    @property
    def places(self) -> list[int]:
        """The height of each row: the first row stands highest."""
        return list(range(len(self.names) - 1, -1, -1))


def grid_figure(grid: Grid, decor: Decor) -> "go.Figure":
    """The empty figure: names, both axes the way the language runs; titles of the columns go to ``decor``."""
    import plotly.graph_objects as go

    tokens, count, columns = colours(), len(grid.names), len(grid.titles)
    figure = go.Figure()
    near, far = [0.0, grid.split - 0.02], [grid.split, 1.0]
    if rtl():
        near, far = [1 - near[1], 1.0], [0.0, 1 - far[0]]
    sides = [-0.5, columns - 0.5]
    figure.update_layout(
        height=grid.row * count + grid.top + grid.bottom,
        margin={"l": 8, "r": 8, "t": grid.top, "b": grid.bottom},
        xaxis={"domain": near, "showgrid": True, "gridcolor": tokens.grid},
        xaxis2={"domain": far, "range": sides[::-1] if rtl() else sides, "visible": False, "anchor": "y"},
        yaxis={
            "tickvals": grid.places,
            "ticktext": [isolated(name) for name in grid.names],
            "tickfont": {"size": 13, "color": tokens.ink},
            "ticklabelstandoff": 10,
            "range": [-DOWN, count - 1 + UP],
            "showgrid": False,
            "nticks": count + 1,
        },
    )
    decor.texts.extend(_title(grid, place, text) for place, text in enumerate(grid.titles))
    return figure


def linked(name: str, address: str) -> str:
    """A name on an axis that opens a page of the desk."""
    return f'<a href="{address}" target="_self" style="color:{colours().ink}">{in_chart(name)}</a>'


def wrapped(title: str) -> str:
    """A title of a column in at most four lines."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > TITLE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    kept = lines[:LINES]
    kept[-1] += "…" if lines[LINES:] else ""
    return "<br>".join(isolated(in_chart(line)) for line in kept)


def heading(decor: Decor, text: str, *, side: str, height: int) -> None:
    """A line over one of the two parts, at its beginning; ``height`` in pixels over the rows."""
    axis = "x" if side == "near" else "x2"
    decor.texts.append({
        "x": 1 if rtl() else 0, "xref": f"{axis} domain", "xanchor": "right" if rtl() else "left",
        "y": 1, "yref": "paper", "yshift": height, "yanchor": "bottom",
        "text": isolated(text), "font": {"size": 12.5, "color": colours().ink},
    })  # fmt: skip


def put_cells(figure: "go.Figure", grid: Grid, rows: Sequence[Sequence[Cell]]) -> None:
    """What stands in the columns, each on a mark that takes the click."""
    tokens = colours()
    flat = [(x, y, cell) for y, row in zip(grid.places, rows, strict=True) for x, cell in enumerate(row)]
    width = 26 if grid.row < 40 else 38
    options: dict[str, Any] = {
        "x": [x for x, _y, _cell in flat],
        "y": [y for _x, y, _cell in flat],
        "text": [isolated(cell.text) for _x, _y, cell in flat],
        "customdata": [cell.opens for _x, _y, cell in flat],
        "hovertext": [isolated(cell.hint) for _x, _y, cell in flat],
        "textfont": {
            "color": [cell.colour or tokens.ink for _x, _y, cell in flat],
            "size": [cell.size for _x, _y, cell in flat],
        },
    }
    figure.add_scatter(
        xaxis="x2",
        mode="markers+text",
        marker={"size": width, "opacity": 0.01, "color": tokens.surface, "symbol": "square"},
        hovertemplate="%{hovertext}<extra></extra>",
        **options,
    )


def _title(grid: Grid, place: int, text: str) -> dict[str, Any]:
    upright = grid.upright_from is not None and place >= grid.upright_from
    return {
        "x": place,
        "xref": "x2",
        "y": len(grid.names) - 1 + UP,
        "yref": "y",
        "yanchor": "bottom",
        "showarrow": False,
        "text": isolated(text) if upright else wrapped(text),
        "textangle": -90 if upright else 0,
        "font": {"size": 10.5, "color": colours().ink2},
    }
