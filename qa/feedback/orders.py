"""What customers bought: for retention, share across services, and first-service follow-up."""

from typing import TYPE_CHECKING

from qa.feedback.contract import PROBLEM, Choices, Field, Importer
from qa.store.kinds import ImportKind

if TYPE_CHECKING:
    import polars as pl

FIELDS = (
    Field("id", "label", ("order id", "order number", "invoice", "شناسه سفارش", "شماره سفارش", "فاکتور")),
    Field("time", "moment", ("ordered at", "order date", "order time", "created at", "زمان", "تاریخ سفارش")),
    Field("date", "day", ("day", "تاریخ")),
    Field("clock", "clock", ("hour", "ساعت")),
    Field("customer", "customer", ("customer id", "phone", "mobile", "مشتری", "موبایل", "شماره موبایل")),
    Field("service", "label", ("product", "category", "سرویس", "خدمت", "محصول")),
    Field("amount", "number", ("price", "total", "sum", "مبلغ", "قیمت")),
)


def shape(cells: "pl.DataFrame", _choices: Choices) -> "pl.DataFrame":
    """One row an order."""
    import polars as pl

    problem = (
        (pl.col("customer").is_null(), "names no customer"),
        (pl.col("time").is_null(), "has no time"),
    )
    reasons = [pl.when(condition).then(pl.lit(text)) for condition, text in problem]
    return cells.select(
        "row", pl.coalesce(PROBLEM, *reasons).alias(PROBLEM), pl.col("id").alias("external_id"),
        pl.col("customer").alias("customer_hash"), pl.col("time").alias("ordered_at"), "service", "amount",
    )  # fmt: skip


ORDERS = Importer(
    kind=ImportKind.ORDERS,
    fields=FIELDS,
    needs=(("customer",), ("time", "date")),
    shape=shape,
    identity=("external_id", "customer_hash", "ordered_at", "service", "amount"),
)
