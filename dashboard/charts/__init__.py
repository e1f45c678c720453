"""Charts: one template, one way to put a figure on a page."""

from dashboard.charts.draw import draw, picked
from dashboard.charts.template import CONFIG, FONT, scale, template

__all__ = ["CONFIG", "FONT", "draw", "picked", "scale", "template"]
