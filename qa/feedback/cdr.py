"""Call detail records: a row a telephone contact, as in Asterisk's ``Master.csv`` or any table of calls."""

from typing import TYPE_CHECKING

from qa.feedback.contract import PROBLEM, Choices, Field, Importer
from qa.ingest.words import plain
from qa.store.kinds import ContactOutcome, ImportKind

if TYPE_CHECKING:
    import polars as pl

ASTERISK = (
    "accountcode",
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
    "uniqueid",
    "userfield",
)
"""The columns of ``Master.csv``, which has no header."""

OUTCOMES = {
    **dict.fromkeys(
        ("answered", "answer", "y", "yes", "1", "true", "بله", "پاسخ داده شده"), ContactOutcome.ANSWERED
    ),
    **dict.fromkeys(
        (
            "no answer",
            "noanswer",
            "abandoned",
            "n",
            "no",
            "0",
            "false",
            "missed",
            "خیر",
            "بی پاسخ",
            "از دست رفته",
        ),
        ContactOutcome.ABANDONED,
    ),
    **dict.fromkeys(("busy", "مشغول"), ContactOutcome.BUSY),
    **dict.fromkeys(("failed", "congestion", "chanunavail", "ناموفق"), ContactOutcome.FAILED),
}
FIELDS = (
    Field("call", "label", ("call id", "uniqueid", "unique id", "linkedid", "شناسه تماس")),
    Field("time", "moment", ("start", "calldate", "call date", "start time", "started at", "زمان شروع")),
    Field("date", "day", ("day", "تاریخ")),
    Field("clock", "clock", ("hour", "time", "ساعت", "زمان")),
    Field("outcome", "label", ("disposition", "answered", "answered (y/n)", "status", "وضعیت")),
    Field(
        "waited", "seconds", ("wait", "waiting time", "speed of answer in seconds", "holdtime", "زمان انتظار")
    ),
    Field("talked", "seconds", ("billsec", "talk time", "avgtalkduration", "talk duration", "مدت مکالمه")),
    Field("duration", "seconds", ("total duration", "مدت")),
    Field("queue", "label", ("queue name", "صف")),
    Field("agent", "label", ("agent id", "agent name", "کارشناس")),
    Field("customer", "customer", ("src", "caller", "phone", "مشتری", "شماره تماس گیرنده")),
    Field("service", "label", ("topic", "سرویس", "موضوع")),
)


def shape(cells: "pl.DataFrame", _choices: Choices) -> "pl.DataFrame":
    """One row a contact. Without a column of waiting, it is what the duration has over the talk."""
    import polars as pl

    words = cells["outcome"].unique().drop_nulls().to_list()
    known = {word: OUTCOMES[plain(word)].value for word in words if plain(word) in OUTCOMES}
    outcome = pl.col("outcome").replace_strict(known, default=None, return_dtype=pl.String)
    waited = pl.coalesce("waited", (pl.col("duration") - pl.col("talked")).clip(0))
    problem = (
        (pl.col("call").is_null(), "has no unique id"),
        (pl.col("time").is_null(), "has no time"),
        (outcome.is_null(), "outcome is no known word such as ANSWERED or NO ANSWER"),
    )
    reasons = [pl.when(condition).then(pl.lit(text)) for condition, text in problem]
    return cells.select(
        "row",
        pl.coalesce(PROBLEM, *reasons).alias(PROBLEM),
        pl.lit(None, pl.String).alias("own"),
        pl.col("call").alias("unique_id"),
        pl.col("time").alias("started_at"),
        outcome.alias("outcome"),
        waited.alias("waited"),
        pl.when(outcome == ContactOutcome.ANSWERED.value).then("talked").alias("talked"),
        "queue",
        "agent",
        pl.col("customer").alias("customer_hash"),
        "service",
    )


CDR = Importer(
    kind=ImportKind.CDR,
    fields=FIELDS,
    needs=(("call",), ("time", "date"), ("outcome",)),
    shape=shape,
    identity=(
        "own",
        "unique_id",
        "started_at",
        "outcome",
        "waited",
        "talked",
        "queue",
        "agent",
        "customer_hash",
        "service",
    ),
    headless=ASTERISK,
)
