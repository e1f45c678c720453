"""Answers to satisfaction surveys: CSAT on any scale to 10, NPS, CES, and what customers wrote.

One row of a file may answer several questions; each is a survey of its own. A row without an answer is a
survey that was sent, and counts in the response rate.
"""

from typing import TYPE_CHECKING

from qa.feedback.contract import PROBLEM, Choices, Field, Importer
from qa.feedback.numbers import ascii_digits
from qa.store.kinds import ImportKind, SurveyKind

if TYPE_CHECKING:
    import polars as pl

SCALE = 5
BOUNDS = {SurveyKind.NPS: (0, 10), SurveyKind.CES: (1, 7)}
FIELDS = (
    Field("id", "label", ("survey id", "response id", "ticket id", "شناسه", "شناسه نظرسنجی")),
    Field(
        "answered",
        "moment",
        (
            "answered at",
            "answer time",
            "response date",
            "response time",
            "survey date",
            "submitted at",
            "completed at",
            "زمان پاسخ",
            "تاریخ پاسخ",
        ),
    ),
    Field("sent", "moment", ("sent at", "sent time", "invited at", "زمان ارسال", "تاریخ ارسال")),
    Field("date", "day", ("day", "تاریخ")),
    Field("time", "clock", ("hour", "ساعت", "زمان")),
    Field(
        "csat",
        "label",
        (
            "satisfaction",
            "satisfaction rating",
            "satisfaction score",
            "csat score",
            "rating",
            "customer satisfaction rating",
            "رضایت",
            "امتیاز رضایت",
            "میزان رضایت",
            "امتیاز",
        ),
    ),
    Field("nps", "label", ("nps score", "likelihood to recommend", "recommend", "احتمال توصیه", "توصیه")),
    Field("ces", "label", ("ces score", "effort", "effort score", "ease", "سهولت", "میزان سهولت")),
    Field("scale", "number", ("max score", "out of", "مقیاس", "از چند")),
    Field(
        "text",
        "words",
        ("comment", "open text", "feedback", "verbatim", "نظر", "توضیح", "توضیحات", "متن", "متن نظر"),
    ),
    Field("call", "label", ("call id", "uniqueid", "unique id", "recording", "file", "شناسه تماس", "فایل")),
    Field(
        "customer",
        "customer",
        (
            "customer id",
            "phone",
            "mobile",
            "caller",
            "msisdn",
            "مشتری",
            "موبایل",
            "شماره موبایل",
            "شماره تماس",
            "شماره مشتری",
        ),
    ),
    Field("agent", "label", ("agent id", "agent name", "کارشناس", "نام کارشناس")),
    Field("queue", "label", ("queue name", "صف")),
    Field("service", "label", ("product", "سرویس", "خدمت", "محصول")),
)


def shape(cells: "pl.DataFrame", choices: Choices) -> "pl.DataFrame":
    """One row a question that was answered or sent."""
    import polars as pl

    asked = [kind for kind in SurveyKind if kind.value in choices.mapping.values()]
    parts = [_question(cells, kind, choices) for kind in asked]
    return pl.concat(parts).sort("row", maintain_order=True)


def _question(cells: "pl.DataFrame", kind: SurveyKind, choices: Choices) -> "pl.DataFrame":
    import polars as pl

    written = ascii_digits(pl.col(kind.value)).str.replace("٫", ".", literal=True)
    score = written.str.extract(r"^(\d{1,3})(?:\.0+)?$").cast(pl.Int64)
    scale = _scale(kind, choices)
    low, high = BOUNDS.get(kind, (1, None))
    top = pl.col("scale") if high is None else pl.lit(high)
    answered = pl.when(score.is_not_null()).then(pl.coalesce("answered", "sent"))
    frame = cells.with_columns(scale.alias("scale")).with_columns(
        pl.lit(kind.value).alias("kind"),
        score.alias("score"),
        pl.coalesce(
            PROBLEM,
            _reason(pl.col(kind.value).is_not_null() & score.is_null(), f"{kind.value} is no whole number"),
            _reason(~pl.col("scale").is_between(2, 10), "scale is not 2 to 10"),
            _reason(score.is_not_null() & ~score.is_between(low, top), _outside(kind)),
            _reason(score.is_not_null() & answered.is_null(), "was answered, but no column says when"),
        ).alias(PROBLEM),
        answered.alias("answered_at"),
    )
    return frame.select(
        "row",
        PROBLEM,
        "id",
        "kind",
        "score",
        pl.col("scale").cast(pl.Int64),
        pl.coalesce("sent", pl.when(score.is_null()).then("answered")).alias("sent_at"),
        "answered_at",
        "text",
        pl.col("customer").alias("customer_hash"),
        pl.col("call").alias("call_ref"),
        "agent",
        "queue",
        "service",
    )


def _scale(kind: SurveyKind, choices: Choices) -> "pl.Expr":
    import polars as pl

    if kind is not SurveyKind.CSAT:
        return pl.lit(BOUNDS[kind][1])
    return pl.col("scale").fill_null(choices.scale or SCALE)


def _outside(kind: SurveyKind) -> str:
    if kind is SurveyKind.CSAT:
        return "csat is outside its scale (1 to 5 unless --scale or a column scale says another)"
    low, high = BOUNDS[kind]
    return f"{kind.value} is outside {low} to {high}"


def _reason(condition: "pl.Expr", text: str) -> "pl.Expr":
    import polars as pl

    return pl.when(condition).then(pl.lit(text))


SURVEYS = Importer(
    kind=ImportKind.SURVEYS,
    fields=FIELDS,
    needs=(("csat", "nps", "ces"), ("answered", "sent", "date")),
    shape=shape,
    identity=(
        "id",
        "+kind",
        "score",
        "scale",
        "sent_at",
        "answered_at",
        "text",
        "customer_hash",
        "call_ref",
        "agent",
        "queue",
        "service",
    ),
    when="answered",
)
