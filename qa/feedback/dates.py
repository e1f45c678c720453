"""Columns of dates, all at once: which order they are in, and the moments they mean.

The order of day and month is read off the whole file. Where nothing shows it, the file is refused: half of
its dates would silently be wrong. Cells in rarer forms (offsets, no separators) go through ``read_moment``;
seconds since 1970 and the dates of mails are moments too.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from qa.calendar import day_number, from_jalali
from qa.errors import BadMetadata
from qa.feedback.contract import Dates
from qa.feedback.numbers import ascii_digits
from qa.ingest.moments import GREGORIAN_YEARS, JALALI_YEARS, MomentError, read_moment

if TYPE_CHECKING:
    import polars as pl

_PARTS = ("a", "b", "c", "hour", "minute", "second", "half")
_PATTERN = (
    r"^(?<a>\d{1,4})[-/.](?<b>\d{1,2})[-/.](?<c>\d{1,4})"
    r"(?:[\sT,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d+)?)?\s*(?<half>[AaPp][Mm])?)?$"
)
_INVISIBLE = r"[\u200c\u200e\u200f\u202a-\u202c\u2066-\u2069\ufeff]"
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?")
"""Seconds, or milliseconds, since 1970, as web interfaces write moments."""
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d")
PIVOT = 70
"""Two-digit years from here on belong to the century before (1300 in Jalali: from 50 on)."""


def order_of(columns: "Sequence[pl.Series]", said: Dates | None) -> Dates | None:
    """The order of the dates of a file, ``None`` where the year comes first in all of them.

    Raises:
        BadMetadata: the dates show both orders, or nothing shows the order.
    """
    import polars as pl

    if said is not None or not columns:
        return said
    parts = pl.concat([parts_of(column) for column in columns])
    last = parts.filter(pl.col("a").str.len_chars() <= 2)
    one, two = (last[name].cast(pl.Int32) for name in ("a", "b"))
    day_first, month_first = bool((one > 12).any()), bool((two > 12).any())
    if day_first and month_first:
        raise BadMetadata(
            "The dates contradict one another: some have the day first and some the month; correct the file,"
            " or choose with --dates dmy or --dates mdy (the others are then rejected)."
        )
    if day_first or month_first:
        return "dmy" if day_first else "mdy"
    if last.filter(one != two).is_empty():
        return "dmy" if last.height else None
    raise BadMetadata(
        "Nothing in the file shows whether its dates have the day or the month first; say it with"
        " --dates dmy, mdy, jalali or iso."
    )


def read_moments(column: "pl.Series", zone: tzinfo, dates: Dates | None) -> "pl.Series":
    """The moments of a column in UTC; null where the text is no date in that order, or none that exists."""
    import polars as pl

    parts = parts_of(column)
    days = _days(parts, dates)
    hour, half = pl.col("hour").cast(pl.Int32), pl.col("half").str.to_lowercase()
    hours = (
        pl.when(half.is_null())
        .then(hour.fill_null(0))
        .when(hour.is_between(1, 12))
        .then(hour % 12 + pl.when(half == "pm").then(12).otherwise(0))
    )
    minutes, seconds = (pl.col(name).cast(pl.Int32).fill_null(0) for name in ("minute", "second"))
    exists = hours.is_between(0, 23) & (minutes < 60) & (seconds < 60)
    clock = (hours.cast(pl.Int64) * 60 + minutes) * 60 + seconds
    local = pl.from_epoch(pl.when(exists).then(pl.col("day").cast(pl.Int64) * 86_400 + clock), "s")
    times = parts.with_columns(days.alias("day")).select(local.cast(pl.Datetime("us")).alias("local"))
    # Iran's clocks went forward at midnight: a date without a time meant an hour that did not exist.
    exact, shifted = (
        (pl.col("local") + pl.duration(hours=hours))
        .dt.replace_time_zone(str(zone), ambiguous="earliest", non_existent="null")
        .dt.convert_time_zone("UTC")
        for hours in (0, 1)
    )
    moments = times.select(pl.coalesce(exact, shifted).alias(column.name))[column.name]
    return _rarer(column, parts, moments, zone)


def parts_of(column: "pl.Series") -> "pl.DataFrame":
    """The numbers of each date as text: ``a, b, c`` as they stand, and the clock; null where it is none."""
    import polars as pl

    text = ascii_digits(pl.col(column.name)).str.replace_all(_INVISIBLE, "").str.strip_chars()
    groups = text.str.extract_groups(_PATTERN).alias("parts")
    return pl.DataFrame([column]).select(groups).unnest("parts").select(_PARTS)


def _days(parts: "pl.DataFrame", dates: Dates | None) -> "pl.Series":
    """Days since 1970, from a calendar made once for every date that occurs."""
    import polars as pl

    named = parts.select("a", "b", "c")
    known = named.unique().drop_nulls()
    days = [_day(a, b, c, dates) for a, b, c in known.iter_rows()]
    calendar = known.with_columns(pl.Series("day", days, pl.Int32))
    return named.join(calendar, on=["a", "b", "c"], how="left", maintain_order="left")["day"]


def _day(a: str, b: str, c: str, dates: Dates | None) -> int | None:
    year_first = len(a) == 4 or (dates in ("jalali", "iso") and len(c) < 4)
    if not year_first and dates == "iso":
        return None
    one, two, three = int(a), int(b), int(c)
    if year_first:
        year, month, day = one, two, three
    else:
        year, (month, day) = three, (one, two) if dates == "mdy" else (two, one)
    if len(a if year_first else c) <= 2:
        year += _century(year, dates)
    if dates == "jalali" and year not in JALALI_YEARS:
        return None
    try:
        if year in JALALI_YEARS:
            return from_jalali(year, month, day)
        return day_number(date(year, month, day)) if year in GREGORIAN_YEARS else None
    except ValueError:
        return None


def _century(year: int, dates: Dates | None) -> int:
    if dates == "jalali":
        return 1400 if year < 50 else 1300
    return 2000 if year < PIVOT else 1900


def _rarer(column: "pl.Series", parts: "pl.DataFrame", moments: "pl.Series", zone: tzinfo) -> "pl.Series":
    import polars as pl

    odd = column.filter(parts["a"].is_null() & column.is_not_null()).unique()
    found = {}
    for text in odd:
        try:
            found[text] = _of_machines(text, zone) or read_moment(text, zone)
        except MomentError:
            continue
    if not found:
        return moments
    told = pl.Series("told", list(found.values()), moments.dtype)
    table = pl.DataFrame({"text": list(found)}).with_columns(told)
    joined = pl.DataFrame({"text": column}).join(table, on="text", how="left", maintain_order="left")
    return moments.fill_null(joined["told"])


def _of_machines(text: str, zone: tzinfo) -> datetime | None:
    """Seconds since 1970, and the dates of mails."""
    since = _EPOCH.fullmatch(text)
    if since:
        return datetime.fromtimestamp(int(since[1]), UTC)
    if not _MAIL.match(text):
        return None
    try:
        sent = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (sent if sent.tzinfo else sent.replace(tzinfo=zone)).astimezone(UTC)
