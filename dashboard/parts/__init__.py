"""The parts that every page is built from (tile, panel, row, chip, table, sparkline). All text is escaped.

A part returns ``Markup`` that is safe to put inside another part; ``show`` puts it on the page.
Plain ``str`` is escaped wherever it goes in.
"""

from markupsafe import Markup

from dashboard.parts.dot import dot
from dashboard.parts.drawing import image
from dashboard.parts.frame import go, head, may_open, panel, panel_title, show
from dashboard.parts.marks import (
    chip,
    code,
    confidence_bar,
    evidence_mark,
    redaction,
    stack,
    verdict_glyph,
)
from dashboard.parts.rows import Row, row
from dashboard.parts.sparkline import Spark, sparkline
from dashboard.parts.strip import Figure, strip
from dashboard.parts.table import Cell, Column, table
from dashboard.parts.tile import Change, Tile, tile

__all__ = [
    "Cell",
    "Change",
    "Column",
    "Figure",
    "Markup",
    "Row",
    "Spark",
    "Tile",
    "chip",
    "code",
    "confidence_bar",
    "dot",
    "evidence_mark",
    "go",
    "head",
    "image",
    "may_open",
    "panel",
    "panel_title",
    "redaction",
    "row",
    "show",
    "sparkline",
    "stack",
    "strip",
    "table",
    "tile",
    "verdict_glyph",
]
