"""Personal data out of imported columns: customers become keyed hashes, words lose their numbers.

Every different cell is treated once. The commonest telephone numbers, mobiles of the site's country with or
without the leading zero (spreadsheets drop it) or with the country's code, are recognised by the patterns of
``phonenumbers`` a column at a time, because asking it about a number takes 50 microseconds.
"""

import hashlib
import hmac
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from phonenumbers import PhoneMetadata

from qa.feedback.contract import House
from qa.feedback.numbers import ascii_digits
from qa.ingest.customers import normal_number
from qa.settings import ROOT

if TYPE_CHECKING:
    import polars as pl

_ADDRESS = r"<([^<>\s]+@[^<>\s]+)>\s*$"
"""The address of a mail's sender, whose name stands before it."""
MANY = 5_000
"""Different texts from which on a second process pays."""


def customer_hashes(column: "pl.Series", house: House) -> "pl.Series":
    """The keyed hash of each number or id, as ``qa.ingest.customers.customer_hash`` gives it."""
    import polars as pl

    column = pl.select(pl.coalesce(pl.lit(column).str.extract(_ADDRESS), pl.lit(column)).alias("c"))["c"]
    table = pl.DataFrame({"text": column.unique().drop_nulls()})
    plain = table.select(_mobile(pl.col("text"), house.region).alias("mobile"))["mobile"]
    hashes = [
        _hash(quick if quick is not None else normal_number(text, house.region), house.key)
        for text, quick in zip(table["text"], plain, strict=True)
    ]
    known = table.with_columns(pl.Series("hash", hashes, pl.String))
    return pl.DataFrame({"text": column}).join(known, on="text", how="left", maintain_order="left")["hash"]


def redacted(column: "pl.Series") -> "pl.Series":
    """Texts without personal data (``qa.redact``); many different ones are shared among the processors."""
    import polars as pl

    texts = column.unique().drop_nulls().to_list()
    known = pl.DataFrame({"text": texts, "safe": _safe(texts)}, schema={"text": pl.String, "safe": pl.String})
    return pl.DataFrame({"text": column}).join(known, on="text", how="left", maintain_order="left")["safe"]


def _safe(texts: list[str]) -> list[str]:
    from qa.redact import redact_text

    shares = min(os.cpu_count() or 1, len(texts) // MANY + 1)
    size = -(-len(texts) // shares) if texts else 1
    own, *others = [texts[start : start + size] for start in range(0, len(texts), size)] or [[]]
    with ThreadPoolExecutor(max(1, len(others))) as pool:
        helped = pool.map(_helped, others)
        safe = [redact_text(text) for text in own]
        return [*safe, *(text for part in helped for text in part)]


def _helped(texts: list[str]) -> list[str]:
    """A share of the texts, done by another process. Not by ``multiprocessing``: it would run the main script
    of this process again, which may be the desk's.
    """
    command = (sys.executable, "-c", "from qa.feedback.private import serve; serve()")
    asked = json.dumps(texts).encode()
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, cwd=ROOT, check=True)  # noqa: S603 (our own interpreter)
    answer: list[str] = json.loads(done.stdout)
    return answer


def serve() -> None:
    """Redact the JSON list on the standard input to the standard output."""
    from qa.redact import redact_text

    texts = json.load(sys.stdin)
    sys.stdout.write(json.dumps([redact_text(text) for text in texts]))


def _hash(number: str, key: bytes) -> str | None:
    return hmac.digest(key, number.encode(), hashlib.sha256).hex() if number else None


def _mobile(text: "pl.Expr", region: str) -> "pl.Expr":
    """E.164 of a mobile number written as at home or with the country's code, nothing between; else null."""
    import polars as pl

    data = PhoneMetadata.metadata_for_region(region)
    if (
        data is None
        or data.national_prefix is None
        or data.national_prefix_for_parsing != data.national_prefix
    ):
        return pl.lit(None, pl.String)
    start = rf"^(?:\+{data.country_code}|{data.national_prefix})?"
    national = ascii_digits(text).str.replace(start, "")
    valid = pl.lit(True)
    for described in (data.mobile, data.general_desc):
        pattern = described.national_number_pattern if described else None
        valid &= national.str.contains(f"^(?:{pattern})$") if pattern else pl.lit(False)
    return pl.when(valid).then(pl.concat_str(pl.lit(f"+{data.country_code}"), national))
