"""The list of calls as a file: the same lines, columns and words that the page shows."""

from collections.abc import Callable
from functools import cache

import polars as pl

from dashboard.calls.query import Query
from dashboard.calls.workbook import workbook
from dashboard.data.listing import CallRow, every_row
from dashboard.data.site import Scope, settings
from dashboard.i18n import _, language, rtl
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
    return workbook(rows, _("Calls"), mirrored=rtl())


def _columns(criteria: dict[str, str]) -> tuple[Column, ...]:
    """Title, type and reading of each column."""
    text, figure = pl.String(), pl.Float64()
    return (
        (_("Call"), text, lambda row: row.key),
        (_("Date"), text, lambda row: _day(row.local_day, language())),
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


@cache
def _day(day: int, code: str) -> str:
    """Year first, so that it sorts; Jalali in Persian."""
    return str(jalali(day).strftime("%Y/%m/%d")) if code == "fa" else as_date(day).isoformat()


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
