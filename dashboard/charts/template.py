"""The Plotly layout that every chart of the desk shares."""

from typing import Any

from dashboard.theme.tokens import TOKENS, Theme, Tokens

CONFIG = {"displayModeBar": False, "responsive": True, "doubleClick": False, "scrollZoom": False}
FONT = "QA Digits, Vazirmatn, sans-serif"
SIZE, ROOM_SIZE = 12, 18


def scale(theme: Theme) -> list[tuple[float, str]]:
    """The diverging ramp as a colour scale; its middle is always the reference value."""
    steps = TOKENS[theme].diverging
    return [(place / (len(steps) - 1), colour) for place, colour in enumerate(steps)]


def template(theme: Theme, *, rtl: bool = False, room: bool = False) -> dict[str, Any]:
    """Layout and trace defaults of one theme.

    ``rtl`` puts the value axis on the right (time still runs left to right); ``room`` enlarges the
    letters for a reader two metres away.
    """
    tokens, size = TOKENS[theme], ROOM_SIZE if room else SIZE
    return {"layout": _layout(tokens, size, rtl=rtl), "data": _traces()}


def _axis(tokens: Tokens, size: int) -> dict[str, Any]:
    font = {"color": tokens.ink2, "size": size}
    return {
        "showline": False,
        "zeroline": False,
        "ticks": "",
        "automargin": True,
        "gridcolor": tokens.grid,
        "gridwidth": 1,
        "tickfont": font,
        "title": {"font": font, "standoff": 8},
        "fixedrange": True,
    }


def _layout(tokens: Tokens, size: int, *, rtl: bool) -> dict[str, Any]:
    axis = _axis(tokens, size)
    return {
        "font": {"family": FONT, "size": size, "color": tokens.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(tokens.series),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": {**axis, "showgrid": False, "showline": True, "linecolor": tokens.edge},
        "yaxis": {**axis, "side": "right" if rtl else "left", "nticks": 5, "ticklabelstandoff": 6},
        "hoverlabel": {
            "bgcolor": tokens.ink,
            "bordercolor": tokens.ink,
            "align": "right" if rtl else "left",
            "font": {"family": FONT, "size": size, "color": tokens.surface},
        },
        "annotationdefaults": {
            "font": {"size": size, "color": tokens.ink2},
            "arrowcolor": tokens.edge,
            "arrowwidth": 1,
            "arrowhead": 0,
            "showarrow": False,
        },
        "shapedefaults": {"line": {"color": tokens.limit, "width": 1}},
        "bargap": 0.35,
    }


def _traces() -> dict[str, Any]:
    return {
        "scatter": [
            {
                "line": {"width": 2.25},
                "marker": {"size": 8, "opacity": 1, "line": {"width": 0}},
                "cliponaxis": False,
            }
        ],
        "bar": [{"marker": {"line": {"width": 0}, "cornerradius": 3}}],
        "heatmap": [{"xgap": 2, "ygap": 2, "showscale": False}],
    }
