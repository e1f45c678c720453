"""The ``queue_log`` of Asterisk, Issabel and FreePBX: time, unique id, queue, member, event, parameters.

https://docs.asterisk.org, "Queue Logs". The caller's number in ENTERQUEUE is kept as a keyed hash only.
"""

from typing import TYPE_CHECKING

from qa.feedback.contract import PROBLEM, Choices, Field, Importer
from qa.store.kinds import ImportKind

if TYPE_CHECKING:
    import polars as pl

PARAMETERS = ("p1", "p2", "p3", "p4", "p5")
NUMBERS = ("first", "second", "third", "fourth")
FIELDS = (
    Field("time", "epoch"),
    Field("call", "label", ("callid", "uniqueid")),
    Field("queue", "label", ("queuename",)),
    Field("member", "label", ("agent",)),
    Field("event", "label", ("verb",)),
    Field("p1", "label", ("data1",)),
    Field("p2", "label", ("data2",)),
    Field("p3", "label", ("data3",)),
    Field("p4", "label", ("data4",)),
    Field("p5", "label", ("data5",)),
    Field("caller", "customer"),
)
COLUMNS = ("time", "call", "queue", "member", "event", *PARAMETERS)


def shape(cells: "pl.DataFrame", _choices: Choices) -> "pl.DataFrame":
    """One row an event; what other programs keep beside the first three parameters is not needed."""
    import polars as pl

    entered = pl.col("event") == "ENTERQUEUE"
    incomplete = pl.any_horizontal(pl.col("time", "call", "queue", "event").is_null())
    problem = pl.when(incomplete).then(pl.lit("lacks its time, unique id, queue or event"))
    number = [pl.col(name).str.extract(r"^(\d{1,6})$").cast(pl.Int64) for name in PARAMETERS[:4]]
    return cells.select(
        "row", pl.coalesce(PROBLEM, problem).alias(PROBLEM), pl.lit(None, pl.String).alias("own"),
        pl.col("time").alias("at"), pl.col("call").alias("unique_id"), "queue", "member", "event",
        *(value.alias(name) for name, value in zip(NUMBERS, number, strict=True)),
        pl.when(entered).then("caller").alias("customer_hash"),
    )  # fmt: skip


QUEUE_LOG = Importer(
    kind=ImportKind.QUEUE_LOG,
    fields=FIELDS,
    needs=(("time",), ("call",), ("queue",), ("event",)),
    shape=shape,
    identity=("own", "at", "unique_id", "queue", "member", "event", *NUMBERS),
    headless=COLUMNS,
    copies=(("caller", "p2"),),
)
