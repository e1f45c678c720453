"""Text cells to typed columns, field by field; a cell that cannot be read gives its row a problem."""

from typing import TYPE_CHECKING

from qa.feedback.columns import FIXED
from qa.feedback.contract import PROBLEM, ROW, Choices, Dates, Field, House, Importer
from qa.feedback.dates import order_of, read_moments
from qa.feedback.numbers import ascii_digits, numbers, seconds
from qa.feedback.private import customer_hashes, redacted

if TYPE_CHECKING:
    import polars as pl

WRONG = {
    "moment": "is no date and time in the order of this file",
    "number": "is no number",
    "seconds": "is no number of seconds and no h:mm:ss",
    "epoch": "is no number of seconds since 1970",
}


def typed(
    cells: "pl.DataFrame", importer: Importer, choices: Choices, house: House
) -> "tuple[pl.DataFrame, Dates | None]":
    """One column a field, null where the file has none, with ``row`` and ``problem``; and the order of dates.

    Raises:
        BadMetadata: the order of the dates cannot be told.
    """
    import polars as pl

    fields = {field: column for column, field in choices.mapping.items()}
    fields |= {
        copy: fields[field] for copy, field in importer.copies if field in fields and copy not in fields
    }
    frame = cells.select(
        pl.col("").cast(pl.Int64).alias(ROW),
        *(_source(field.name, fields).alias(field.name) for field in importer.fields),
    )
    frame = _joined_moments(frame, importer)
    moments = [frame[f.name] for f in importer.fields if f.sort == "moment" and frame[f.name].count()]
    dates = order_of(moments, choices.dates)
    frame = frame.with_columns(pl.lit(None, pl.String).alias(PROBLEM))
    for field in importer.fields:
        if frame[field.name].count() and field.sort != "label":
            frame = _read(frame, field, dates, house)
        else:
            frame = frame.with_columns(pl.col(field.name).cast(_type(field)))
    return frame.drop([f.name for f in importer.fields if f.sort in ("day", "clock")]), dates


def _source(name: str, fields: dict[str, str]) -> "pl.Expr":
    import polars as pl

    column = fields.get(name)
    if column is None or column.startswith(FIXED):
        return pl.lit(column and column.removeprefix(FIXED), pl.String)
    return pl.col(column)


def _joined_moments(frame: "pl.DataFrame", importer: Importer) -> "pl.DataFrame":
    """Day and clock in two columns become the one moment of the file."""
    import polars as pl

    halves = {field.sort: field.name for field in importer.fields if field.sort in ("day", "clock")}
    if "day" not in halves or frame[halves["day"]].count() == 0:
        return frame
    day = pl.col(halves["day"]).str.replace(r"[ T]00:00:00(\.0+)?$", "")
    when, alone = pl.col(importer.when), ascii_digits(pl.col(importer.when)).str.contains(r"^\d{1,2}:\d\d")
    clock = pl.coalesce(halves["clock"], pl.when(alone).then(when))
    both = pl.concat_str(day, clock.str.replace(r"^18\d\d-\d\d-\d\d[ T]", ""), separator=" ")
    return frame.with_columns(pl.coalesce(pl.when(~alone).then(when), both, day).alias(importer.when))


def _read(frame: "pl.DataFrame", field: Field, dates: Dates | None, house: House) -> "pl.DataFrame":
    import polars as pl

    before = frame[field.name]
    if field.sort == "moment":
        after = read_moments(before, house.zone, dates)
    elif field.sort == "customer":
        after = customer_hashes(before, house)
    elif field.sort == "words":
        after = redacted(before)
    elif field.sort in ("day", "clock"):
        return frame
    else:
        after = frame.select(_number(field).alias(field.name))[field.name]
    wrong = WRONG.get(field.sort)
    failed = (
        before.is_not_null() & after.is_null() if wrong else pl.Series([False]).new_from_index(0, len(before))
    )
    reason = pl.when(failed).then(pl.lit(f"{field.name} {wrong}"))
    return frame.with_columns(after.alias(field.name)).with_columns(
        pl.coalesce(PROBLEM, reason).alias(PROBLEM)
    )


def _number(field: Field) -> "pl.Expr":
    import polars as pl

    text = pl.col(field.name)
    if field.sort == "seconds":
        return seconds(text)
    if field.sort == "number":
        return numbers(text)
    since = ascii_digits(text).str.extract(r"^(\d{9,10}(?:\.\d+)?)$").cast(pl.Float64)
    return pl.from_epoch((since * 1_000_000).round().cast(pl.Int64), "us").dt.replace_time_zone("UTC")


def _type(field: Field) -> "pl.DataType | type[pl.DataType]":
    import polars as pl

    if field.sort in ("moment", "epoch"):
        return pl.Datetime("us", "UTC")
    return pl.Float64() if field.sort in ("number", "seconds") else pl.String()
