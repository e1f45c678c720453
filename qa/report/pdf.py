"""The report as PDF: A4 across, the summary on the first page, then figures and tables."""

import math
from itertools import groupby

from qa.report.content import About, Line, Table, interval_text, lines_of, target_text, value_text
from qa.report.heading import heading_of
from qa.report.paper import ACCENT, BAD, HAIR, INK2, INNER, SOFT, Paper, Style
from qa.report.summary import summary_of
from qa.report.svg import Frame
from qa.report.tables import tables_of
from qa.report.words import GROUPS, of, say
from qa.weekly import BY_KEY
from qa.weekly.records import Week

ROW = 5.9
COLUMNS = (
    ("kpi", 58.0), ("now", 26.0), ("interval", 34.0), ("n", 14.0), ("target", 28.0), ("before", 20.0),
    ("change", 18.0), ("course", 36.0), ("says", 39.0),
)  # fmt: skip
GAP = 10.0
FIRST = ("quality", "no_failure", "csat", "service_level", "promises_kept")
"""KPIs of the first page."""
TONES = {"": INK2, "gain": ACCENT, "signal": BAD}


def pdf_of(week: Week, about: About) -> bytes:
    """The file."""
    head = heading_of(week, about)
    paper = Paper(about.language, f"{head.title} · {head.week}")
    paper.page()
    _head(paper, week, about)
    _tiles(paper, week)
    _summary(paper, week, about)
    paper.page()
    _figures(paper, week)
    for table in tables_of(week, about):
        _table(paper, table)
    paper.room(10)
    paper.y += 4
    paper.text(0, INNER, 5, say("foot", about.language), Style(8, colour=INK2))
    return paper.done()


def _head(paper: Paper, week: Week, about: About) -> None:
    head = heading_of(week, about)
    for words, style, step in (
        (head.title, Style(20, bold=True), 10.0),
        (head.week, Style(12, bold=True, colour=ACCENT), 7.0),
        (head.counted, Style(10, colour=INK2), 5.5),
        (head.made, Style(9, colour=INK2), 5.5),
        (head.demo, Style(9, bold=True, colour=ACCENT), 5.5 if head.demo else 0.0),
    ):
        if words:
            paper.text(0, INNER, step, words, style)
        paper.y += step
    paper.y += 2
    paper.rule(ACCENT, 0.6)
    paper.y += 6


def _tiles(paper: Paper, week: Week) -> None:
    """The figures that a manager asks for first, large, with interval and what they say."""
    shown = [line for line in lines_of(week, paper.language) if line.key in FIRST]
    width, top = (INNER - GAP * (len(shown) - 1)) / len(shown), paper.y
    for place, line in enumerate(shown):
        paper.y, at = top, place * (width + GAP)
        known = line.now.value is not None
        paper.text(at, width, 6, line.label, Style(9, colour=INK2))
        paper.y += 6
        paper.text(at, width, 10, value_text(line, paper.language), Style(20, bold=True))
        paper.y += 10
        paper.text(at, width, 5, interval_text(line, paper.language) if known else "", Style(8, colour=INK2))
        paper.y += 6
        _course(paper, line, paper.place(at, width), width, 12)
        paper.y += 13
        paper.text(at, width, 5, line.says, Style(8, bold=bool(line.tone), colour=TONES[line.tone]))
    paper.y = top + 44
    paper.rule()
    paper.y += 8


def _summary(paper: Paper, week: Week, about: About) -> None:
    found, language = summary_of(week, about), about.language
    width = (INNER - 2 * GAP) / 3
    top = paper.y
    for place, (name, texts) in enumerate(
        (("changed", found.changed), ("why", found.why), ("do", found.todo))
    ):
        paper.y, at = top, place * (width + GAP)
        paper.text(at, width, 7, say(name, language), Style(12, bold=True))
        paper.y += 9
        for text in texts:
            paper.box(at, 1.2, 1.2, ACCENT)
            paper.y -= 1.6
            height = paper.lines(at + 4, width - 4, text, Style(10))
            paper.y += height + 4.5
    paper.y = top


def _figures(paper: Paper, week: Week) -> None:
    language = paper.language
    paper.text(0, INNER, 8, say("figures", language), Style(13, bold=True))
    paper.y += 9
    _columns(paper)
    for group, lines in groupby(lines_of(week, language), key=lambda line: BY_KEY[line.key].group):
        if not paper.room(2 * ROW):
            _columns(paper)
        paper.box(0, INNER, ROW, SOFT)
        paper.text(1, INNER, ROW, of(GROUPS[group], language), Style(9, bold=True))
        paper.y += ROW
        for line in lines:
            if not paper.room(ROW):
                _columns(paper)
            _line(paper, line)


def _columns(paper: Paper) -> None:
    at = 0.0
    for name, width in COLUMNS:
        end = name not in ("kpi", "course", "says")
        paper.text(at, width, ROW, say(name, paper.language), Style(8, colour=INK2, end=end))
        at += width + 0.5
    paper.y += ROW
    paper.rule()


def _line(paper: Paper, line: Line) -> None:
    language, at = paper.language, 0.0
    figure = Style(9, end=True, figure=True)
    texts = {
        "kpi": (line.label, Style(9)),
        "now": (value_text(line, language), Style(9, bold=True, end=True)),
        "interval": (interval_text(line, language), Style(9, end=True)),
        "n": (line.n.shown(language), figure),
        "target": (target_text(line, language), Style(9, end=True)),
        "before": (line.before.shown(language), figure),
        "change": (line.change.shown(language), figure),
        "says": (line.says, Style(8, bold=bool(line.tone), colour=TONES[line.tone])),
    }
    for name, width in COLUMNS:
        if name in texts:
            words, style = texts[name]
            paper.text(at, width, ROW, words, style)
        else:
            _course(paper, line, paper.place(at + 3, width - 6), width - 6, ROW)
        at += width + 0.5
    paper.y += ROW
    paper.rule()


def _course(paper: Paper, line: Line, left: float, width: float, height: float) -> None:
    """The last weeks, as in the HTML: time runs from left to right in both languages."""
    frame, pdf = Frame(line.course, width, height, 0.9), paper.pdf
    if band := frame.band():
        pdf.set_fill_color(*SOFT)
        pdf.polygon([(left + x, paper.y + y) for x, y in band], style="F")
    points = [(left + x, paper.y + y) for x, y in frame.points()]
    pdf.set_draw_color(*INK2)
    pdf.set_line_width(0.3)
    if len(points) > 1:
        pdf.polyline(points)
    if points and math.isfinite(line.course.values[-1]):
        pdf.set_fill_color(*TONES[line.tone])
        x, y = points[-1]
        pdf.ellipse(x - 0.7, y - 0.7, 1.4, 1.4, style="F")


def _table(paper: Paper, table: Table) -> None:
    language = paper.language
    paper.room(12 + 3 * ROW)
    paper.y += 4
    paper.text(0, INNER, 8, table.title, Style(12, bold=True))
    paper.y += 8
    if not table.rows:
        paper.text(0, INNER, ROW, say("nothing", language), Style(9, colour=INK2))
        paper.y += ROW
        return
    widths = _widths(len(table.columns))
    for row in (None, *table.rows):
        paper.room(ROW)
        at = 0.0
        for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
            if row is None:
                words, style = column.title, Style(8, colour=INK2, end=column.numeric)
            else:
                words = row[place].shown(language)
                style = Style(9, end=column.numeric, figure=row[place].value is not None)
            paper.text(at, width, ROW, words, style)
            at += width + 1
        paper.y += ROW
        paper.rule(HAIR)


def _widths(count: int) -> list[float]:
    """The first column is wide; a table of few columns does not run over the whole sheet."""
    first = 88.0 if count > 2 else 110.0
    rest = min(40.0, (INNER - first) / max(1, count - 1) - 1)
    return [first, *([rest] * (count - 1))]
