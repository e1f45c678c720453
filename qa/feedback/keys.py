"""What makes a row the same row when its file, or another export of the same days, comes again.

The number that the file itself gives a row; without one, everything the row says, and how many rows before
it in the file say the same: two customers may write the same two words on the same day.
"""

import hashlib
from typing import TYPE_CHECKING

from qa.feedback.contract import PROBLEM

if TYPE_CHECKING:
    import polars as pl

BYTES = 16
SEPARATOR = "\x1f"
TWICE = "has the number of an earlier row and says something else"


def with_keys(rows: "pl.DataFrame", identity: tuple[str, ...], source: str) -> "pl.DataFrame":
    """``key`` for every row: 32 hex digits, different in different sources. Rows must be in file order.

    ``identity`` names the file's own number first; the columns after it with ``+`` in front count beside it.
    """
    import polars as pl

    own, *rest = identity
    beside = [name[1:] for name in rest if name.startswith("+")]
    content = pl.concat_str(
        [_text(name.lstrip("+")) for name in rest], separator=SEPARATOR, ignore_nulls=False
    )
    rows = rows.with_columns(content.alias("content"))
    numbered = pl.col("content") + SEPARATOR + pl.col("content").cum_count().over("content").cast(pl.String)
    named = pl.concat_str([pl.lit("#"), _text(own), *map(_text, beside)], separator=SEPARATOR)
    rows = rows.with_columns(pl.when(pl.col(own).is_null()).then(numbered).otherwise(named).alias("basis"))
    return rows.with_columns(_hashed(rows["basis"], source)).pipe(_refuse_twice).drop("basis", "content")


def _text(name: str) -> "pl.Expr":
    import polars as pl

    return pl.col(name).cast(pl.String).fill_null("")


def _hashed(basis: "pl.Series", source: str) -> "pl.Series":
    import polars as pl

    start = hashlib.blake2b((source + SEPARATOR).encode(), digest_size=BYTES)
    keys = []
    for text in basis:
        digest = start.copy()
        digest.update(text.encode())
        keys.append(digest.hexdigest())
    return pl.Series("key", keys, pl.String)


def _refuse_twice(rows: "pl.DataFrame") -> "pl.DataFrame":
    """The second of two rows with one number but other content is refused, not silently lost."""
    import polars as pl

    other = (pl.col("content") != pl.col("content").first().over("key")) & pl.col("key").is_duplicated()
    return rows.with_columns(pl.coalesce(PROBLEM, pl.when(other).then(pl.lit(TWICE))).alias(PROBLEM))
