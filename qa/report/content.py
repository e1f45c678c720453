"""What stands in a report: one line a KPI, tables of cells. Every figure is one of ``Week``, only scaled."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from qa.report.words import KPIS, SIGNALS, UNITS, of, say
from qa.weekly import Kind
from qa.weekly.records import Reading, Week
from qa.written import number

SHOWN = 12  # weeks of a course
PERSIAN_PERCENT = "٪"


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about beside its week. ``titles`` are names of criteria by key; ``demo``:
    figures of the demo centre are in it.
    """

    language: str
    made: datetime
    zone: str
    titles: dict[str, str]
    site: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A word, or a figure with its decimals. ``text`` stands where there is no figure."""

    text: str = "–"
    value: float | None = None
    places: int = 0
    signed: bool = False

    def shown(self, language: str) -> str:
        """As a person reads it."""
        return (
            self.text if self.value is None else number(self.value, self.places, language, signed=self.signed)
        )


@dataclass(frozen=True, slots=True)
class Column:
    """``numeric`` columns stand at the end of their cell."""

    title: str
    numeric: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the report; without rows it says that there is nothing."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The last weeks of a KPI as they are drawn; ``centre`` and the limits are NaN without limits."""

    values: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    centre: float


@dataclass(frozen=True, slots=True)
class Line:
    """One KPI. ``tone``: ``signal`` for one in the worse direction, ``gain`` in the better, else empty."""

    key: str
    label: str
    unit: str
    now: Cell
    low: Cell
    high: Cell
    n: Cell
    target: Cell
    at_most: bool
    before: Cell
    change: Cell
    says: str
    tone: str
    course: Course


def line_of(reading: Reading, language: str) -> Line:
    """The line of a KPI."""
    english, persian, unit, scale, places = KPIS[reading.kpi.key]
    now, figure = reading.figure.now, reading.figure

    def cell(value: float | None, *, signed: bool = False) -> Cell:
        return Cell(value=None if value is None else value * scale, places=places, signed=signed)

    compared = figure.before.value is not None and not reading.open
    return Line(
        key=reading.kpi.key,
        label=persian if language == "fa" else english,
        unit=of(UNITS[unit], language),
        now=cell(now.value),
        low=cell(now.low),
        high=cell(now.high),
        n=Cell() if now.value is None or reading.kpi.kind is Kind.COUNT else Cell(value=float(now.n)),
        target=cell(reading.target),
        at_most=reading.kpi.at_most,
        before=cell(figure.before.value),
        change=cell(figure.change.value if compared else None, signed=True),
        says=_says(reading, language),
        tone="" if reading.good is None else "gain" if reading.good else "signal",
        course=_course(reading, scale),
    )


def lines_of(week: Week, language: str) -> tuple[Line, ...]:
    """A line for every KPI, in the order of the weekly page."""
    return tuple(line_of(reading, language) for reading in week.readings)


def interval_text(line: Line, language: str) -> str:
    """``81.1 to 83.7``; a dash where there is none."""
    if line.low.value is None or line.high.value is None:
        return "–"
    return say("to", language, low=line.low.shown(language), high=line.high.shown(language))


def target_text(line: Line, language: str) -> str:
    """The target, and its direction where lower is better."""
    text = line.target.shown(language)
    known = line.target.value is not None
    return say("at_most", language, value=text) if line.at_most and known else text


def value_text(line: Line, language: str) -> str:
    """The value with its unit."""
    text = line.now.shown(language)
    if not line.unit or line.now.value is None:
        return text
    return f"{text}{line.unit}" if line.unit == PERSIAN_PERCENT else f"{text} {line.unit}"


def _says(reading: Reading, language: str) -> str:
    if reading.why is not None or reading.figure.now.value is None:
        return ""
    if reading.open:
        return say("not_over", language)
    return of(SIGNALS[reading.signal], language)


def _course(reading: Reading, scale: float) -> Course:
    chart = reading.figure.chart
    values, lower, upper = (part[-SHOWN:] * scale for part in (chart.values, chart.lower, chart.upper))
    return Course(values, lower, upper, chart.centre * scale)
