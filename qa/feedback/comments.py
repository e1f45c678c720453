"""What customers say in public: social pages, app stores, shops, web forms, chat, e-mail."""

from typing import TYPE_CHECKING

from qa.feedback.contract import PROBLEM, Choices, Field, Importer
from qa.store.kinds import ImportKind

if TYPE_CHECKING:
    import polars as pl

MOST_STARS = 5
FIELDS = (
    Field("id", "label", ("comment id", "review id", "شناسه", "شناسه نظر")),
    Field(
        "time",
        "moment",
        (
            "posted at",
            "timestamp",
            "created at",
            "at",
            "review date",
            "submitted at",
            "review submit date and time",
            "last updated",
            "زمان",
            "تاریخ و ساعت",
        ),
    ),
    Field("date", "day", ("day", "تاریخ", "تاریخ ثبت")),
    Field("clock", "clock", ("hour", "ساعت")),
    Field(
        "text",
        "words",
        ("comment", "body", "review", "review text", "content", "message", "نظر", "متن", "متن نظر", "دیدگاه"),
    ),
    Field("title", "words", ("review title", "عنوان")),
    Field("stars", "number", ("star", "rating", "rate", "score", "star rating", "امتیاز", "ستاره")),
    Field("channel", "label", ("platform", "کانال")),
    Field(
        "author",
        "customer",
        ("user", "username", "user name", "author name", "nickname", "نویسنده", "کاربر", "نام کاربری"),
    ),
    Field("customer", "customer", ("customer id", "phone", "mobile", "مشتری", "موبایل", "شماره موبایل")),
    Field("product", "label", ("post", "product id", "package name", "app", "محصول", "پست")),
    Field("service", "label", ("سرویس", "خدمت")),
    Field("reply_to", "label", ("parent", "parent id", "in reply to", "پاسخ به")),
    Field(
        "reply",
        "words",
        (
            "reply text",
            "developer reply text",
            "developer response",
            "answer",
            "پاسخ",
            "متن پاسخ",
            "پاسخ توسعه دهنده",
        ),
    ),
    Field(
        "reply_time",
        "moment",
        ("replied at", "developer reply date and time", "reply date", "زمان پاسخ", "تاریخ پاسخ"),
    ),
)


def shape(cells: "pl.DataFrame", _choices: Choices) -> "pl.DataFrame":
    """One row a comment; a reply becomes an event of its ledger. Some shops write 0 for no stars."""
    import polars as pl

    words = pl.concat_str("title", "text", separator="\n", ignore_nulls=True)
    stars = pl.when(pl.col("stars") != 0).then("stars")
    problem = (
        (words.is_null() | (words == ""), "has neither text nor title"),
        (stars.is_not_null() & ~stars.is_between(1, MOST_STARS), f"stars is outside 1 to {MOST_STARS}"),
    )
    reasons = [pl.when(condition).then(pl.lit(text)) for condition, text in problem]
    return cells.select(
        "row",
        pl.coalesce(PROBLEM, *reasons).alias(PROBLEM),
        pl.col("id").alias("external_id"),
        pl.col("time").alias("posted_at"),
        words.alias("text"),
        stars.alias("stars"),
        "channel",
        pl.col("author").alias("author_hash"),
        pl.col("customer").alias("customer_hash"),
        "product",
        "service",
        "reply_to",
        "reply",
        "reply_time",
    )


COMMENTS = Importer(
    kind=ImportKind.COMMENTS,
    fields=FIELDS,
    needs=(("text", "title"),),
    shape=shape,
    identity=(
        "external_id",
        "posted_at",
        "text",
        "stars",
        "channel",
        "author_hash",
        "customer_hash",
        "product",
        "service",
        "reply_to",
    ),
)
