"""The small chart of a KPI as SVG, drawn from the same arrays as on the page: no script, no outside host."""

import math
from dataclasses import dataclass
from html import escape

from qa.report.content import Course

WIDTH, HEIGHT, PAD = 150.0, 34.0, 4.0
INK, BAND, LINE, GOOD, BAD = "#43565E", "#E9EEEE", "#7C8B90", "#0B6470", "#94420B"
TONES = {"": INK, "gain": GOOD, "signal": BAD}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where values of a course lie in a box; ``y`` grows downwards."""

    course: Course
    width: float
    height: float
    pad: float = PAD

    @property
    def reach(self) -> tuple[float, float]:
        """Lowest and highest of what is drawn."""
        parts = (self.course.values, self.course.lower, self.course.upper)
        known = [float(value) for part in parts for value in part if math.isfinite(value)]
        low, high = min(known, default=0.0), max(known, default=1.0)
        return (low, high) if high > low else (low - 1.0, high + 1.0)

    def x(self, place: int) -> float:
        """Where a week stands; time runs from left to right in both languages."""
        return self.pad + place * (self.width - 2 * self.pad) / max(1, len(self.course.values) - 1)

    def y(self, value: float) -> float:
        """Where a value stands."""
        low, high = self.reach
        return self.pad + (high - value) / (high - low) * (self.height - 2 * self.pad)

    def points(self) -> list[tuple[float, float]]:
        """The known weeks."""
        return [
            (self.x(place), self.y(float(value)))
            for place, value in enumerate(self.course.values)
            if math.isfinite(value)
        ]

    def band(self) -> list[tuple[float, float]]:
        """The corners between the limits, which may differ from week to week; empty without limits."""
        course = self.course
        known = [
            place
            for place in range(len(course.lower))
            if math.isfinite(course.lower[place]) and math.isfinite(course.upper[place])
        ]
        above = [(self.x(place), self.y(float(course.upper[place]))) for place in known]
        return above + [(self.x(place), self.y(float(course.lower[place]))) for place in reversed(known)]


def course_svg(course: Course, tone: str, alt: str) -> str:
    """The chart: band between the limits, mean, line, newest week in the colour of its tone."""
    frame, parts = Frame(course, WIDTH, HEIGHT), []
    if band := frame.band():
        parts.append(f'<polygon points="{_pairs(band)}" fill="{BAND}"/>')
        middle = frame.y(course.centre)
        parts.append(f'<path d="M0 {middle:.1f}H{WIDTH:.0f}" stroke="{LINE}" stroke-width=".6"/>')
    points = frame.points()
    if len(points) > 1:
        parts.append(f'<polyline points="{_pairs(points)}" fill="none" stroke="{INK}" stroke-width="1.4"/>')
    if points and math.isfinite(course.values[-1]):
        x, y = points[-1]
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{TONES[tone]}"/>')
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" width="{WIDTH:.0f}" height="{HEIGHT:.0f}" role="img"'
        f' aria-label="{escape(alt)}">{"".join(parts)}</svg>'
    )


def _pairs(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
