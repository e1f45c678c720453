"""A strip of figures in one box: the head line of a page that needs no tiles."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: label, value, unit, and its interval and n."""

    label: str
    value: str
    unit: str = ""
    interval: str = ""


def strip(figures: Sequence[Figure]) -> Markup:
    """The figures side by side."""
    one = Markup(
        '<div class="strip-c"><div class="tile-l">{}</div>'
        '<div class="strip-m"><span class="tile-v">{}<small>{}</small></span>'
        '<span class="tile-i">{}</span></div></div>'
    )
    cells = Markup("").join(one.format(f.label, f.value, f.unit, f.interval) for f in figures)
    return Markup('<div class="strip">{}</div>').format(cells)
