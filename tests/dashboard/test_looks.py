"""Colours stand in one place, can be read by everybody, and the style sheets survive the sanitiser."""

import re
import tomllib
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.charts import FONT, scale, template
from dashboard.theme import RTL_STYLES, STYLES
from dashboard.theme.tokens import TOKENS, Theme

ROOT = Path(__file__).resolve().parents[2]
CSS = STYLES.read_text(encoding="utf-8")
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
SHEET = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)
}
THEMES: list[Theme] = ["light", "dark"]


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sheet", [STYLES, RTL_STYLES], ids=lambda path: path.name)
def test_no_angle_bracket(sheet: Path) -> None:
    assert not set("<>") & set(sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "sheet", [STYLES, RTL_STYLES, ROOT / "dashboard/static/signin.css"], ids=lambda p: p.name
)
def test_nothing_is_fetched_from_outside(sheet: Path) -> None:
    for url in re.findall(r'url\("?([^")]*)', sheet.read_text(encoding="utf-8")):
        assert url.startswith("/app/static/")
        assert "vendor" in url or (ROOT / "dashboard" / url.removeprefix("/app/")).is_file()


@pytest.mark.parametrize("theme", THEMES)
def test_one_set_of_colours(theme: Theme) -> None:
    tokens = asdict(TOKENS[theme])
    for name in tokens.keys() & SHEET.keys():
        assert tokens[name] == SHEET[name][theme], name
    assert len(tokens.keys() & SHEET.keys()) >= 15
    config = CONFIG["theme"][theme]
    assert config["primaryColor"] == SHEET["accent"][theme]
    assert config["backgroundColor"] == SHEET["canvas"][theme]
    assert config["secondaryBackgroundColor"] == SHEET["surface"][theme]
    assert config["textColor"] == SHEET["ink"][theme]
    assert config["redColor"] == SHEET["now"][theme]
    assert tuple(config["chartCategoricalColors"]) == TOKENS[theme].series
    assert CONFIG["theme"][theme]["sidebar"]["backgroundColor"] == SHEET["rail"][theme]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        *[(ink, ground, 4.5) for ink in ("ink", "ink2", "ink3") for ground in ("canvas", "surface")],
        ("accent", "surface", 4.5),
        ("accent", "accent-soft", 4.5),
        ("on-accent", "accent", 4.5),
        ("now", "surface", 4.5),
        ("now", "now-soft", 4.5),
        ("agent", "surface", 4.5),
        ("customer", "surface", 4.5),
        *[(tone, "surface", 4.5) for tone in ("met", "notmet")],  # words of a change, a flagged score
        *[("surface", mark, 4.5) for mark in ("met", "notmet", "now")],  # glyphs and numbers of findings
        *[(who, f"{who}-soft", 4.5) for who in ("agent", "customer")],
        *[
            (ink, ground, 4.5)
            for ink in ("ink", "ink2", "ink3")
            for ground in ("customer-soft", "accent-soft")
        ],
        *[(ink, "now-soft", 4.5) for ink in ("ink", "ink2")],
        *[(who, "accent-soft", 4.5) for who in ("agent", "customer")],  # the line that is heard now
        ("ink2", "sunken", 4.5),
        ("edge", "surface", 3.0),
        *[(mark, "surface", 3.0) for mark in ("met", "partly", "notmet", "na", "cant")],
    ],
)
def test_contrast(theme: Theme, text: str, ground: str, least: float) -> None:
    assert contrast(SHEET[text][theme], SHEET[ground][theme]) >= least


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("colour", ["#C9DADC", "#8FB0B5", "#9DBBBF", "#A9ECEF", "#FFFFFF"])
def test_contrast_on_the_sidebar(theme: Theme, colour: str) -> None:
    assert colour in CSS
    assert contrast(colour, SHEET["rail"][theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("rtl", [True, False])
def test_chart_template(theme: Theme, rtl: bool) -> None:
    figure = template(theme, rtl=rtl)["layout"]
    assert figure["yaxis"]["side"] == ("right" if rtl else "left")
    assert figure["font"]["family"] == FONT == CONFIG["theme"]["font"]
    assert template(theme, room=True)["layout"]["font"]["size"] >= 16
    places = [place for place, _colour in scale(theme)]
    assert (places[0], places[len(places) // 2], places[-1]) == (0.0, 0.5, 1.0)
    assert all(low < high for low, high in pairwise(places))


def test_the_server_reaches_nobody() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["browser"]["serverAddress"] == "localhost"
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert "enableAgentApi" not in CONFIG["server"]
