"""The list of calls as a file: the same lines, columns and words that the page shows."""

from collections.abc import Iterable, Iterator
from io import BytesIO

import polars as pl

from dashboard.calls.query import Query
from dashboard.data.listing import CallRow, every_row
from dashboard.data.site import Scope, settings
from dashboard.i18n import _, language
from dashboard.words import left_out_reason, word
from qa.calendar import jalali
from qa.text.cells import safe_cell


def rows_of(query: Query, scope: Scope, criteria: dict[str, str]) -> Iterator[dict[str, object]]:
    """Every call of the query as a line of the file."""
    for row in every_row(scope, query.filters, query.order):
        yield {name: safe_cell(value) for name, value in _cells(row, criteria).items()}


def as_csv(rows: Iterable[dict[str, object]]) -> bytes:
    """UTF-8 with a byte order mark, which spreadsheets need to read Persian."""
    return "\ufeff".encode() + _frame(rows).write_csv().encode()


def as_xlsx(rows: Iterable[dict[str, object]]) -> bytes:
    """One sheet, from right to left in Persian."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Calls"))
        if language() == "fa":
            sheet.right_to_left()
        _frame(rows).write_excel(book, sheet.name, autofit=True, float_precision=1)
    return out.getvalue()


def _frame(rows: Iterable[dict[str, object]]) -> pl.DataFrame:
    every = list(rows)
    names = list(every[0]) if every else [_("Call")]
    return pl.DataFrame(every, infer_schema_length=None) if every else pl.DataFrame(schema=names)


def _cells(row: CallRow, criteria: dict[str, str]) -> dict[str, object]:
    local = row.started_at.astimezone(settings().zone)
    date = jalali(row.local_day).strftime("%Y/%m/%d") if language() == "fa" else local.strftime("%Y-%m-%d")
    return {
        _("Call"): row.key,
        _("Date"): date,
        _("Time"): local.strftime("%H:%M"),
        _("Agent"): row.agent,
        _("Team"): row.team,
        _("Queue"): row.queue,
        _("Direction"): word(row.direction.value) if row.direction else None,
        _("Language"): word(row.language) if row.language else None,
        _("Length, s"): None if row.duration is None else round(row.duration, 1),
        _("Score"): row.score,
        _("Score before critical failure"): row.score_before_critical,
        _("Critical failure"): _(", ").join(criteria.get(key, key) for key in row.failed_by) or None,
        _("State"): word(row.status.value),
        _("Left out"): left_out_reason(row.left_out) if row.left_out else None,
        _("Generated"): _("generated") if row.generated else None,
    }
