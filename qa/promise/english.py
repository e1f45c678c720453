"""Times that English speakers name, over folded text."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from qa.promise.due import Deadline, Kind
from qa.promise.numbers import largest, range_pattern

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = """
    january february march april may june july august september october november december
""".split()  # noqa: SIM905 (a list of twelve words reads better so)
_PARTS = {"morning": 12, "afternoon": 18, "evening": 21, "noon": 12, "night": 23}
_MINUTES = {"minute": 1, "min": 1, "hour": 60, "hr": 60}
_SOON = (
    r"(?:with ?in|in|over|during|after|for)"
    r"(?: the| about| around| under| less than| next| coming| following| another)*"
)

Build = Callable[[re.Match[str]], Deadline]


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[re.Pattern[str], Build], ...]:
    """Each kind of time with the way to read it; the first that matches a place wins."""
    count = range_pattern("en")
    part = "(?: (?:in the |at |by )?(?P<part>morning|afternoon|evening|noon|night))?"
    clock = r"(?: (?:at|by|before|around) (?P<hour>\d{1,2})(?: \d\d)?(?: ?(?P<half>a ?m|p ?m))?)?"
    sources: tuple[tuple[str, Build], ...] = (
        (rf"{_SOON} (?P<n>{count}) (?:and a half )?(?P<unit>minute|min|hour|hr)s?", _span),
        (r"(?:with ?in|in)(?: the next)? (?:half an|a half|half) hour", _half_hour),
        (r"(?:with ?in|in)(?: the next)? an hour(?: and a half)?", _span_one_hour),
        (rf"(?:{_SOON} )?(?P<n>{count}) (?:business|working|work) days?", _working),
        (rf"(?:{_SOON} )(?P<n>{count}) (?P<unit>day|night|week|month)s?", _days),
        (rf"(?P<n>{count}) (?P<unit>hour|hr)s?(?: from now| time| later)?", _span),
        (rf"(?P<n>{count}) (?P<unit>day|week|month)s?(?: from now| time| later)?", _days),
        (r"day after tomorrow", lambda hit: _plain(hit, 2)),
        (rf"tomorrow{part}{clock}", lambda hit: _plain(hit, 1)),
        (
            r"(?:by|before|at|until) (?:the )?"
            r"(?:end of (?:the |this |my )?(?:day|shift|business)|close of business|eod|cob)",
            _today,
        ),
        (rf"(?:later )?(?:today|tonight|this (?:morning|afternoon|evening)){clock}", _today),
        (r"(?:by |before |at )?(?:the )?end of (?P<next>next|the|this) (?P<what>week|month)", _end),
        (r"(?P<next>next|this|the coming) (?P<what>week|month)", _end),
        (r"(?:within|in|over) the (?P<what>week|month)", _end),
        (
            rf"(?P<next>next )?(?:(?:on|by|before|until) (?:next )?)?(?P<day>{'|'.join(_DAYS)}){part}{clock}",
            _weekday,
        ),
        (
            rf"(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{'|'.join(_MONTHS)})"
            r"(?: (?P<y>20\d\d))?",
            _date,
        ),
        (
            rf"(?P<m>{'|'.join(_MONTHS)}) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: (?P<y>20\d\d))?(?!\d)",
            _date,
        ),
        (r"(?P<y>20\d\d) (?P<mm>\d{1,2}) (?P<d>\d{1,2})", _date),
        (r"(?:by|before|at|until) (?P<hour>\d{1,2})(?: \d\d)? ?(?P<half>a ?m|p ?m)", _today),
    )
    return tuple((re.compile(rf"(?<!\w){source}(?!\w)"), build) for source, build in sources)


def deadlines(text: str) -> Iterator[Deadline]:
    """Every time named in folded text, places counted in it; no two overlap."""
    taken: list[tuple[int, int]] = []
    for pattern, build in patterns():
        for hit in pattern.finditer(text):
            start, end = hit.span()
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield build(hit)


def _span(hit: re.Match[str]) -> Deadline:
    minutes = _MINUTES[hit["unit"]] * largest(hit["n"], "en")
    if "and a half" in hit[0]:
        minutes += _MINUTES[hit["unit"]] // 2
    return Deadline(*hit.span(), Kind.MINUTES, minutes)


def _half_hour(hit: re.Match[str]) -> Deadline:
    return Deadline(*hit.span(), Kind.MINUTES, 30)


def _span_one_hour(hit: re.Match[str]) -> Deadline:
    return Deadline(*hit.span(), Kind.MINUTES, 90 if "half" in hit[0] else 60)


def _working(hit: re.Match[str]) -> Deadline:
    return Deadline(*hit.span(), Kind.WORKING_DAYS, largest(hit["n"], "en"))


def _days(hit: re.Match[str]) -> Deadline:
    count, unit = largest(hit["n"], "en"), hit["unit"]
    if unit == "month":
        return Deadline(*hit.span(), Kind.MONTHS, count)
    return Deadline(*hit.span(), Kind.DAYS, 7 * count if unit == "week" else count)


def _plain(hit: re.Match[str], days: int) -> Deadline:
    return Deadline(*hit.span(), Kind.DAYS, days, _hour(hit))


def _today(hit: re.Match[str]) -> Deadline:
    hour = _hour(hit)
    if hour is None:
        hour = next((late for part, late in _PARTS.items() if part in hit[0] and part != "night"), None)
    return Deadline(*hit.span(), Kind.DAYS, 0, hour)


def _end(hit: re.Match[str]) -> Deadline:
    kind = Kind.WEEK_END if hit["what"] == "week" else Kind.MONTH_END
    return Deadline(*hit.span(), kind, int(" next " in f" {hit[0]} " or "coming" in hit[0]))


def _weekday(hit: re.Match[str]) -> Deadline:
    return Deadline(*hit.span(), Kind.WEEKDAY, _DAYS.index(hit["day"]), _hour(hit))


def _date(hit: re.Match[str]) -> Deadline:
    named = hit.groupdict()
    month = int(named["mm"]) if named.get("mm") else _MONTHS.index(hit["m"]) + 1
    return Deadline(*hit.span(), Kind.DATE, day=(int(hit["y"] or 0), month, int(hit["d"])))


def _hour(hit: re.Match[str]) -> int | None:
    named = hit.groupdict()
    if named.get("hour"):
        hour, half = int(named["hour"]), (named.get("half") or "").replace(" ", "")
        if half == "pm" or (not half and hour < 7):  # nobody is called back at 5 in the morning
            hour = hour % 12 + 12
        return hour if hour < 24 else None
    return _PARTS[named["part"]] if named.get("part") else None
