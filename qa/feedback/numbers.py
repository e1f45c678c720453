"""Numbers as people write them, a column at a time."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_DIGITS = {
    **{digit: str(place) for place, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    **{digit: str(place) for place, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
}


def ascii_digits(text: "pl.Expr") -> "pl.Expr":
    """Persian and Arabic digits as 0-9."""
    return text.str.replace_many(_DIGITS)


def numbers(text: "pl.Expr") -> "pl.Expr":
    """Numbers with digits of any script, thousands separated by , or ٬, decimals by . or ٫; else null."""
    import polars as pl

    plain = ascii_digits(text).str.replace_many({"٫": ".", "٬": ",", "−": "-"})
    grouped = plain.str.contains(r"^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$")
    single = pl.when(grouped).then(plain.str.replace_all(",", "", literal=True)).otherwise(plain)
    return pl.when(single.str.contains(r"^[-+]?\d{1,15}(\.\d+)?$")).then(single).cast(pl.Float64)


def seconds(text: "pl.Expr") -> "pl.Expr":
    """Seconds, ``h:mm:ss`` or ``m:ss``; else null. Spreadsheets keep times as dates of 1899."""
    import polars as pl

    plain = ascii_digits(text).str.replace(r"^18\d\d-\d\d-\d\d[ T]", "")
    parts = plain.str.extract_groups(r"^(?:(?<h>\d{1,3}):)?(?<m>\d{1,3}):(?<s>\d{2}(?:\.\d+)?)$")
    h, m, s = (parts.struct.field(name).cast(pl.Float64) for name in "hms")
    return pl.coalesce((h.fill_null(0.0) * 60 + m) * 60 + s, numbers(text))
