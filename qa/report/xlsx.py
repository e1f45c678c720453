"""The report as a workbook: native numbers with formats, one sheet a part, right to left in Persian."""

import io
from typing import Any

from qa.report.content import About, Cell, lines_of
from qa.report.heading import heading_of
from qa.report.summary import summary_of
from qa.report.tables import tables_of
from qa.report.words import say
from qa.weekly.records import Week

FONT = "Vazirmatn"
WEEKS_AHEAD = 2  # empty columns between the figures and their weeks


def xlsx_of(week: Week, about: About) -> bytes:
    """The file."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    writer = _Writer(book, about)
    writer.summary(week)
    writer.figures(week)
    for table in tables_of(week, about):
        sheet = writer.sheet(table.title)
        writer.row(sheet, 0, [Cell(column.title) for column in table.columns], head=True)
        for place, cells in enumerate(table.rows, 1):
            writer.row(sheet, place, list(cells))
        if not table.rows:
            sheet.write(1, 0, say("nothing", about.language), writer.plain)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, len(table.columns), 16)
    book.close()
    return out.getvalue()


class _Writer:
    """Sheets in the language's direction, numbers in the decimals of the page."""

    def __init__(self, book: Any, about: About) -> None:
        self.book, self.about, self._formats = book, about, dict[str, Any]()
        # Said of each cell: a sentence that begins with a number or a Latin name would run to the right.
        side = {"reading_order": 2, "align": "right"} if about.language == "fa" else {}
        text = {"font_name": FONT, "font_size": 10} | side
        self.plain = book.add_format(text | {"text_wrap": True, "valign": "top"})
        self.strong = book.add_format(text | {"font_size": 14, "bold": True})
        look = text | {"bold": True, "bg_color": "#DDEFF0", "bottom": 1}
        self.heading = book.add_format(look | {"text_wrap": True, "valign": "vcenter"})

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in name)[:31]
        sheet = self.book.add_worksheet(clean.strip())
        if self.about.language == "fa":
            sheet.right_to_left()
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def row(self, sheet: Any, place: int, cells: list[Cell], *, head: bool = False) -> None:
        """One row from the first column."""
        for column, cell in enumerate(cells):
            self.cell(sheet, place, column, cell, head=head)

    def cell(self, sheet: Any, row: int, column: int, cell: Cell, *, head: bool = False) -> None:
        """A number as a number, a word as a word."""
        if cell.value is None:
            sheet.write_string(row, column, cell.text, self.heading if head else self.plain)
        else:
            sheet.write_number(row, column, cell.value, self.number(cell))

    def number(self, cell: Cell) -> Any:
        """The format of a number: its decimals, its sign, Persian digits in Persian."""
        digits = "#,##0" + ("." + "0" * cell.places if cell.places else "")
        form = f"+{digits};-{digits};{digits}" if cell.signed else digits
        if self.about.language == "fa":
            form = ";".join(f"[$-3000401]{part}" for part in form.split(";"))
        if form not in self._formats:
            look = {"font_name": FONT, "font_size": 10, "num_format": form, "valign": "top"}
            self._formats[form] = self.book.add_format(look)
        return self._formats[form]

    def summary(self, week: Week) -> None:
        """The first sheet: head and sentences."""
        language, head = self.about.language, heading_of(week, self.about)
        found, sheet = summary_of(week, self.about), self.sheet(say("summary", language))
        sheet.set_column(0, 0, 110)
        lines: list[tuple[str, Any]] = [(head.title, self.strong)]
        lines += [(text, self.plain) for text in (head.week, head.counted, head.made, head.demo) if text]
        for name, texts in (("changed", found.changed), ("why", found.why), ("do", found.todo)):
            lines += [("", self.plain), (say(name, language), self.heading)]
            lines += [(text, self.plain) for text in texts]
        for place, (text, look) in enumerate(lines):
            sheet.write_string(place, 0, text, look)

    def figures(self, week: Week) -> None:
        """One row a KPI: figures as numbers, the weeks of its course, and a small line of them."""
        language, sheet = self.about.language, self.sheet(say("figures", self.about.language))
        names = ("kpi", "unit", "now", "low", "high", "n", "target", "before", "change", "says")
        titles = [say(name, language) if name != "unit" else "" for name in names]
        self.row(sheet, 0, [Cell(title) for title in titles], head=True)
        first = len(names) + WEEKS_AHEAD - 1
        self.cell(sheet, 0, first - 1, Cell(say("course", language)), head=True)
        for place, line in enumerate(lines_of(week, language), 1):
            cells = [
                Cell(line.label), Cell(line.unit), line.now, line.low, line.high, line.n, line.target,
                line.before, line.change, Cell(line.says),
            ]  # fmt: skip
            self.row(sheet, place, cells)
            for at, value in enumerate(line.course.values):
                if value == value:  # noqa: PLR0124 -- NaN differs from itself
                    self.cell(sheet, place, first + at, Cell(value=float(value), places=line.now.places))
            last = first + len(line.course.values) - 1
            span = {"range": _span(sheet.get_name(), place, first, last), "markers": True}
            sheet.add_sparkline(place, first - 1, span)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 8, 12)
        sheet.set_column(9, 9, 28)
        sheet.set_column(10, 10, 22)
        sheet.freeze_panes(1, 1)


def _span(sheet: str, row: int, first: int, last: int) -> str:
    from xlsxwriter.utility import xl_range

    return f"'{sheet}'!{xl_range(row, first, row, last)}"
