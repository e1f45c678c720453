"""The list of calls as a file: the same lines, columns and words that the page shows."""

from collections.abc import Callable
from io import BytesIO

import polars as pl

from dashboard.calls.query import Query
from dashboard.data.listing import CallRow, every_row
from dashboard.data.site import Scope, settings
from dashboard.i18n import _, language
from dashboard.words import left_out_reason, word
from qa.calendar import as_date, jalali
from qa.text.cells import safe_cell

Column = tuple[str, pl.DataType, Callable[[CallRow], object]]


def rows_of(query: Query, scope: Scope, criteria: dict[str, str]) -> pl.DataFrame:
    """Every call of the query as a line of the file."""
    columns = _columns(criteria)
    found = list(every_row(scope, query.filters, query.order))
    return pl.DataFrame(
        {
            title: pl.Series(title, [safe_cell(read(row)) for row in found], dtype=kind)
            for title, kind, read in columns
        }
    )


def as_csv(rows: pl.DataFrame) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheets need to read Persian."""
    return "\ufeff".encode() + rows.write_csv().encode()


def as_xlsx(rows: pl.DataFrame) -> bytes:
    """One sheet, from right to left in Persian."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Calls"))
        if language() == "fa":
            sheet.right_to_left()
        rows.write_excel(book, sheet.name, autofit=True, float_precision=1)
    return out.getvalue()


def _columns(criteria: dict[str, str]) -> tuple[Column, ...]:
    """Title, type and reading of each column."""
    text, figure = pl.String(), pl.Float64()
    return (
        (_("Call"), text, lambda row: row.key),
        (_("Date"), text, _date),
        (_("Time"), text, lambda row: row.started_at.astimezone(settings().zone).strftime("%H:%M")),
        (_("Agent"), text, lambda row: row.agent),
        (_("Team"), text, lambda row: row.team),
        (_("Queue"), text, lambda row: row.queue),
        (_("Direction"), text, lambda row: word(row.direction.value) if row.direction else None),
        (_("Language"), text, lambda row: word(row.language) if row.language else None),
        (_("Length, s"), figure, lambda row: _rounded(row.duration, 1)),
        (_("Score"), figure, lambda row: _rounded(row.score, 2)),
        (_("Score before critical failure"), figure, lambda row: _rounded(row.score_before_critical, 2)),
        (
            _("Critical failure"),
            text,
            lambda row: _(", ").join(criteria.get(key, key) for key in row.failed_by) or None,
        ),
        (_("State"), text, lambda row: word(row.status.value)),
        (_("Left out"), text, lambda row: left_out_reason(row.left_out) if row.left_out else None),
        (_("Generated"), text, lambda row: _("generated") if row.generated else None),
    )


def _date(row: CallRow) -> str:
    """Year first, so that it sorts; Jalali in Persian."""
    if language() == "fa":
        return str(jalali(row.local_day).strftime("%Y/%m/%d"))
    return as_date(row.local_day).isoformat()


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
