"""Parts escape what they are given and never leave a number alone."""

import base64
import re

import pytest

from dashboard import parts
from dashboard.i18n import speaking
from dashboard.parts import Cell, Change, Column, Figure, Markup, Row, Spark, Tile
from dashboard.theme.tokens import TOKENS

BAD = '<img src=x onerror="alert(1)">&'
LIGHT = TOKENS["light"]


def drawing(part: Markup) -> str:
    found = re.search(r"base64,([^\"]*)", part)
    return base64.b64decode(found.group(1)).decode() if found else ""


@pytest.mark.parametrize(
    "part",
    [
        parts.tile(Tile(BAD, BAD, BAD, Change(BAD, BAD), unit=BAD, help=BAD)),
        parts.row(Row(BAD, BAD, BAD, late=True)),
        parts.chip(BAD),
        parts.code(BAD),
        parts.redaction(BAD),
        parts.verdict_glyph("met", BAD),
        parts.table([Column(BAD)], [[BAD], [Cell(BAD)]], BAD),
        parts.strip([Figure(BAD, BAD, BAD, BAD)]),
        parts.stack([BAD]),
        parts.image("<svg/>", BAD),
        parts.sparkline(Spark([1, 2]), LIGHT, BAD),
    ],
)
def test_everything_is_escaped(part: Markup) -> None:
    assert "<img src=x" not in part
    assert "&lt;img" in part
    assert 'onerror="' not in part


@pytest.mark.parametrize(
    ("value", "count", "class_", "says"),
    [
        ("82.4", 412, "tile-v", "81.1 to 83.7"),
        ("82.4", 29, "tile-v few", "few answers"),
        ("82.4", 30, "tile-v", "81.1 to 83.7"),
        ("82.4", None, "tile-v", "81.1 to 83.7"),
        ("0", 0, "tile-v none", "no answers"),
        ("", None, "tile-v none", "no answers"),
    ],
)
def test_tile_says_how_much_it_knows(value: str, count: int | None, class_: str, says: str) -> None:
    made = parts.tile(Tile("Score", value, "81.1 to 83.7", Change("Up 1.9", "on last week"), count=count))
    assert f'class="{class_}"' in made
    assert says in made
    assert ("82.4" in made) == (class_ != "tile-v none")


@pytest.mark.parametrize(
    ("spark", "colours"),
    [
        (Spark([2, 2, 2, 2, 2, 2], band=(1, 3)), [LIGHT.accent]),
        (Spark([2, 0, 2, 2, 2, 2], band=(1, 3)), [LIGHT.notmet, LIGHT.accent]),
        (Spark([2, 2, 2, 2, 2, 9], band=(1, 3)), [LIGHT.met]),
        (Spark([2, 2, 2, 2, 2, 9], band=(1, 3), higher_is_better=False), [LIGHT.notmet]),
        (Spark([2, 2, 2, 2, 2, 0], band=(1, 3), higher_is_better=False), [LIGHT.met]),
        (Spark([None, None, 2, 3, None, 2]), [LIGHT.accent] * 3),  # too few for a line: points
    ],
)
def test_sparkline_marks_only_what_left_the_band(spark: Spark, colours: list[str]) -> None:
    picture = drawing(parts.sparkline(spark, LIGHT, "x"))
    assert re.findall(r'<circle[^>]*fill="(#\w+)"', picture) == colours


def test_sparkline_stays_inside_its_box() -> None:
    picture = drawing(parts.sparkline(Spark([5, 1, 9, 4, 4, 7], (3, 6), (2, 12)), LIGHT, "x"))
    for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', picture):
        assert 0 <= float(x) <= 118
        assert 0 <= float(y) <= 40
    assert parts.sparkline(Spark([None, None]), LIGHT, "x") == ""
    assert drawing(parts.sparkline(Spark([5] * 6), LIGHT, "x"))  # a flat line divides by nothing


def test_table_aligns_numbers_and_spans() -> None:
    made = parts.table(
        [Column("a"), Column("b", numeric=True), Column("c", numeric=True)],
        [["x", "1", "2"], ["y", Cell("not enough calls yet", span=2, pale=True)]],
    )
    assert made.count('class="num"') == 4
    assert '<td class="num pale" colspan="2">not enough calls yet</td>' in made


def test_marks_speak_the_language() -> None:
    with speaking("fa"):
        assert ">۶<" in parts.evidence_mark(6, urgent=True)
        assert "۷۵٪" in parts.confidence_bar(0.75)
    assert "width:100%" in parts.confidence_bar(1.7)
