"""Numbers and dates as people read them, for what leaves the desk as text or file: mail, reports.

``language`` is ``fa`` (Persian digits with ٫ ٬, Jalali dates with month names) or ``en``.
"""

from datetime import datetime, tzinfo

from qa.calendar import as_date, jalali, local_day

TO_PERSIAN = str.maketrans("0123456789.,", "۰۱۲۳۴۵۶۷۸۹٫٬")
MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fa": (
        "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
    ),
}  # fmt: skip


def digits(text: str, language: str) -> str:
    """The same text with the language's digits and separators."""
    return text.translate(TO_PERSIAN) if language == "fa" else text


def number(value: float, places: int, language: str, *, signed: bool = False) -> str:
    """A number with grouped thousands, ``places`` after the point; nothing is ``-0``."""
    text = f"{abs(value):,.{places}f}"
    zero = not any(figure in text for figure in "123456789")
    sign = "" if zero else "−" if value < 0 else "+" if signed else ""
    return sign + digits(text, language)


def day(value: int, language: str, *, year: bool = True) -> str:
    """``20 Nov 2026``, ``۲۹ آبان ۱۴۰۵``; ``value`` counts days as ``qa.calendar``."""
    date = jalali(value) if language == "fa" else as_date(value)
    text = f"{date.day} {MONTHS[language][date.month - 1]}" + (f" {date.year}" if year else "")
    return digits(text, language)


def days(first: int, last: int, language: str) -> str:
    """``14 to 20 Nov 2026``; one day alone when both are the same."""
    if first == last:
        return day(first, language)
    one, other = ((jalali if language == "fa" else as_date)(value) for value in (first, last))
    if one.year != other.year:
        start = day(first, language)
    elif one.month != other.month:
        start = day(first, language, year=False)
    else:
        start = digits(str(one.day), language)
    return f"{start} {'تا' if language == 'fa' else 'to'} {day(last, language)}"


def moment(value: datetime, zone: tzinfo, language: str) -> str:
    """A day and a time at the site: ``20 Nov 2026, 10:42``."""
    comma = "،" if language == "fa" else ","
    clock = digits(value.astimezone(zone).strftime("%H:%M"), language)
    return f"{day(local_day(value, zone), language)}{comma} {clock}"
