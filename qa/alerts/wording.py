"""Alerts in words, the same on the page and in what leaves: counts, days and figures, no words of a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qa.store.alert.alert_list import Alert
from qa.written import days, number

POINTS, SHARE = 1.0, 100.0


@dataclass(frozen=True, slots=True)
class Kpi:
    """How a KPI is named and written. ``scale`` turns it into what is shown."""

    en: str
    fa: str
    scale: float = SHARE


KPIS = {
    "quality": Kpi("Quality score", "امتیاز کیفیت", POINTS),
    "csat": Kpi("Satisfaction (CSAT)", "رضایت مشتری (CSAT)"),
    "no_failure_customer": Kpi(
        "Calls without a failure critical for the customer", "تماس‌های بی خطای بحرانی برای مشتری"
    ),
    "no_failure_business": Kpi(
        "Calls without a failure critical for the business", "تماس‌های بی خطای بحرانی برای سازمان"
    ),
    "no_failure_compliance": Kpi("Calls without a compliance failure", "تماس‌های بی خطای رعایت مقررات"),
    "abandoned": Kpi("Abandoned", "قطع پیش از پاسخ"),
}
SIGNALS = {
    "past the upper limit": {"en": "past the upper limit", "fa": "بالاتر از حد"},
    "past the lower limit": {"en": "past the lower limit", "fa": "پایین‌تر از حد"},
    "8 in a row above the mean": {
        "en": "8 weeks in a row above the mean",
        "fa": "۸ هفتهٔ پیاپی بالای میانگین",
    },
    "8 in a row below the mean": {
        "en": "8 weeks in a row below the mean",
        "fa": "۸ هفتهٔ پیاپی پایین میانگین",
    },
}
COUNTED = {
    "critical": {
        "en": ("{} call failed a critical criterion", "{} calls failed a critical criterion"),
        "fa": ("{} تماس خطای بحرانی دارد", "{} تماس خطای بحرانی دارد"),
    },
    "abuse": {
        "en": ("An agent was insulted in {} call", "Agents were insulted in {} calls"),
        "fa": ("در {} تماس به کارشناس توهین شد", "در {} تماس به کارشناسان توهین شد"),
    },
    "promise": {
        "en": ("{} promise is overdue", "{} promises are overdue"),
        "fa": ("سررسید {} وعده گذشته است", "سررسید {} وعده گذشته است"),
    },
}


def title(alert: Alert, language: str) -> str:
    """What happened, in one line."""
    facts, persian = alert.facts, language == "fa"
    if alert.rule == "kpi":
        kpi = KPIS[facts["kpi"]]
        value, comma = _figure(facts["value"], kpi, language), "،" if persian else ","
        return f"{kpi.fa if persian else kpi.en}: {value}{comma} {_signal(facts, language)}"
    if alert.rule == "burst":
        count = number(facts["negative"], 0, language)
        return (
            f"موج نظرهای منفی: {count} نظر در یک روز" if persian else f"{count} negative comments in one day"
        )
    singular, plural = COUNTED[alert.rule][language]
    return (singular if alert.count == 1 else plural).format(number(alert.count, 0, language))


def detail(alert: Alert, language: str) -> str:
    """When and where, and against what it stands out."""
    if alert.rule == "kpi":
        return _week(alert, language)
    if alert.rule == "burst":
        return _burst(alert, language)
    when = days(alert.first_day, alert.last_day, language)
    parts = (alert.team, f"تماس‌های {when}" if language == "fa" else f"calls of {when}")
    return " · ".join(part for part in parts if part)


def _week(alert: Alert, language: str) -> str:
    facts, kpi = alert.facts, KPIS[alert.facts["kpi"]]
    usual, lower, upper = (_figure(facts[name], kpi, language) for name in ("usual", "lower", "upper"))
    n, when = number(facts["n"], 0, language), days(alert.last_day, alert.last_day + 6, language)
    if language == "fa":
        return f"هفتهٔ {when} · معمول {usual}، حد {lower} تا {upper} · {n} مورد"
    return f"week of {when} · usual {usual}, limits {lower} to {upper} · n {n}"


def _burst(alert: Alert, language: str) -> str:
    facts = alert.facts
    scale, places = (POINTS, 1) if facts["what"] == "count" else (SHARE, 0)
    usual, upper = (number(facts[name] * scale, places, language) for name in ("usual", "upper"))
    when, every = days(alert.last_day, alert.last_day, language), number(facts["every"], 0, language)
    if language == "fa":
        rest = f"معمول {usual} در روز، حد {upper}"
        rest = rest if facts["what"] == "count" else f"سهم معمول {usual} درصد، حد {upper} درصد"
        return f"{when} · از {every} نظر · {rest}"
    rest = f"usual {usual} a day, limit {upper}"
    rest = rest if facts["what"] == "count" else f"usual share {usual} %, limit {upper} %"
    return f"{when} · of {every} comments · {rest}"


def _signal(facts: Mapping[str, Any], language: str) -> str:
    return SIGNALS[facts["signal"]][language]


def _figure(value: float, kpi: Kpi, language: str) -> str:
    text = number(value * kpi.scale, 1, language)
    if kpi.scale == POINTS:
        return text
    return f"{text} درصد" if language == "fa" else f"{text} %"
