"""Twelve points, the normal band behind them, the last one with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.parts.drawing import image, svg
from dashboard.theme.tokens import Tokens

WIDTH, HEIGHT, PAD = 118.0, 40.0, 5.0
FEWEST = 5
"""Under so many points a line would pretend to know: points only."""


@dataclass(frozen=True, slots=True)
class Spark:
    """``values`` oldest first, ``None`` where nothing is known; ``band`` the normal variation;
    ``interval`` of the last value; ``higher_is_better`` decides which side out of the band is bad.
    """

    values: Sequence[float | None]
    band: tuple[float, float] | None = None
    interval: tuple[float, float] | None = None
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class _Plot:
    spark: Spark
    tokens: Tokens
    low: float
    span: float

    def level(self, value: float) -> float:
        return HEIGHT - PAD - (value - self.low) / self.span * (HEIGHT - 2 * PAD)

    def points(self) -> list[tuple[float, float]]:
        """Place and value of what is known."""
        step = (WIDTH - 2 * PAD) / max(1, len(self.spark.values) - 1)
        return [(PAD + i * step, value) for i, value in enumerate(self.spark.values) if value is not None]

    def colour(self, value: float) -> str:
        """Empty inside the band."""
        band = self.spark.band
        if band is None or band[0] <= value <= band[1]:
            return ""
        good = (value > band[1]) == self.spark.higher_is_better
        return self.tokens.met if good else self.tokens.notmet

    def band(self) -> str:
        if self.spark.band is None:
            return ""
        top, bottom = self.level(self.spark.band[1]), self.level(self.spark.band[0])
        fill = self.tokens.sunken
        return f'<rect x="0" y="{top:.1f}" width="{WIDTH}" height="{bottom - top:.1f}" fill="{fill}" rx="2"/>'

    def line(self) -> str:
        if len(self.points()) < FEWEST:
            return ""
        path = " ".join(f"{x:.1f},{self.level(value):.1f}" for x, value in self.points())
        look = f'fill="none" stroke="{self.tokens.ink3}" stroke-width="1.6" stroke-linejoin="round"'
        return f'<polyline points="{path}" {look}/>'

    def whisker(self) -> str:
        if self.spark.interval is None:
            return ""
        low, high = (self.level(value) for value in self.spark.interval)
        look = f'stroke="{self.tokens.accent}" stroke-width="2" stroke-linecap="round" opacity=".55"'
        return f'<path d="M{self.points()[-1][0]:.1f} {low:.1f}V{high:.1f}" {look}/>'

    def dots(self) -> str:
        points, out = self.points(), ""
        for place, (x, value) in enumerate(points):
            last, colour = place == len(points) - 1, self.colour(value)
            if colour or last or len(points) < FEWEST:
                fill, radius = colour or self.tokens.accent, 3.6 if last else 3.2
                out += f'<circle cx="{x:.1f}" cy="{self.level(value):.1f}" r="{radius}" fill="{fill}"/>'
        return out


def sparkline(spark: Spark, tokens: Tokens, alt: str) -> Markup:
    """The sparkline as an image; empty when nothing is known."""
    known = [value for value in spark.values if value is not None]
    if not known:
        return Markup("")
    reach = [*known, *(spark.band or ()), *(spark.interval or ())]
    plot = _Plot(spark, tokens, min(reach), (max(reach) - min(reach)) or 1.0)
    return image(svg(WIDTH, HEIGHT, plot.band() + plot.line() + plot.whisker() + plot.dots()), alt)
