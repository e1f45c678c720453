"""Times that Persian speakers name, Jalali dates among them, over folded text."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from qa.promise.due import Deadline, Kind
from qa.promise.numbers import largest, range_pattern
from qa.text import fold

_DAYS = {"دوشنبه": 0, "سه‌شنبه": 1, "چهارشنبه": 2, "پنج‌شنبه": 3, "جمعه": 4, "شنبه": 5, "یک‌شنبه": 6}
_MONTHS = """
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
""".split()  # noqa: SIM905 (a list of twelve words reads better so)
_ORDINALS = """
    اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم
    هجدهم نوزدهم بیستم بیست‌ویکم بیست‌ودوم بیست‌وسوم بیست‌وچهارم بیست‌وپنجم بیست‌وششم بیست‌وهفتم بیست‌وهشتم
    بیست‌ونهم سی‌ام سی‌ویکم
""".split()  # noqa: SIM905
_PARTS = {"صبح": 12, "ظهر": 14, "بعدازظهر": 18, "بعد از ظهر": 18, "عصر": 18, "غروب": 19, "شب": 23}
_HOURS = {
    word: number
    for number, word in enumerate(
        ["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده"], 1
    )
}
_LATER = "(?: کاری)? ?(?:دیگه|دیگر|اینده|بعد|بعدی)"

Build = Callable[[re.Match[str]], Deadline]


def _either(words: Iterable[str]) -> str:
    """Folded alternatives, the longest first; ZWNJ counts as a space that may be missing."""
    return "|".join(_loose(word) for word in sorted(words, key=len, reverse=True))


def _loose(word: str) -> str:
    return " ?".join(re.escape(fold(piece)) for piece in word.replace("\u200c", " ").split())


Sources = tuple[tuple[str, Build], ...]


@lru_cache(maxsize=1)
def patterns() -> tuple[tuple[re.Pattern[str], Build], ...]:
    """Each kind of time with the way to read it; the first that matches a place wins."""
    hour = rf"ساعت (?P<hour>\d{{1,2}}|{_either(_HOURS)})(?: ?(?P<half>صبح|ظهر|عصر|شب|بعدازظهر))?"
    clock = f"(?: ?(?P<part>{_either(_PARTS)}))?(?: (?:تا )?(?:حدود )?{hour})?"
    sources = (*_counted(), *_near(clock), *_dates(clock), (f"(?:تا|حدود|قبل از) {hour}", _today))
    return tuple((re.compile(rf"(?<!\w){source}(?!\w)"), build) for source, build in sources)


def _counted() -> Sources:
    """So many hours or days from now."""
    count = range_pattern("fa")
    within = "(?:(?:تا|ظرف|طی|در|توی|تو|حداکثر تا|حداکثر|نهایتا تا|نهایتا|ظرف مدت|در مدت|در عرض|بین) )*"
    later = "(?: ?(?:دیگه|دیگر|اینده|بعد))?"
    return (
        (f"{within}(?P<n>{count}) (?P<unit>دقیقه|ساعت)(?: کاری)?(?: و نیم)?{later}", _span),
        (f"{within}نیم ساعت{later}", _half_hour),
        (f"{within}(?P<n>{count}) روز کاری{later}", _working),
        (f"{within}(?P<n>{count}) (?P<unit>روز|هفته|ماه)(?:{_LATER})?", _days),
    )


def _near(clock: str) -> Sources:
    """Today, tomorrow, the end of the week."""
    return (
        (f"(?:تا )?پس ?فردا{clock}", lambda hit: _plain(hit, 2)),
        (
            f"(?:تا )?(?:اخر |پایان )?(?:وقت )?(?:اداری )?(?:فردای کاری|فردا){clock}",
            lambda hit: _plain(hit, 1),
        ),
        ("(?:تا )?(?:اخر|پایان) (?:وقت|ساعت) اداری(?: امروز)?", _today),
        ("(?:تا |همین )?امشب", _today),
        (f"(?:تا )?(?:اخر |پایان |همین )?(?:وقت )?امروز{clock}", _today),
        (
            "(?:تا )?(?:اخر|پایان|اواخر) (?:همین |این )?(?P<what>هفته|ماه)ی?"
            "(?P<next> ?(?:اینده|بعد|بعدی|دیگه))?",
            _end,
        ),
        ("(?:تا |اوایل |اول |ابتدای )?(?P<what>هفته|ماه) ?ی? ?(?P<next>اینده|بعد|بعدی|دیگه)", _end),
        ("(?:تا |طی |در |توی )?(?:همین|این) (?P<what>هفته|ماه)", _end),
    )


def _dates(clock: str) -> Sources:
    """A day by its date or its name."""
    return (
        (
            rf"(?:تا |روز )*(?P<d>\d{{1,2}}|{_either(_ORDINALS)})"
            rf" ?(?:ام|م)? (?:ماه )?(?P<m>{_either(_MONTHS)})(?: ?ماه)?(?: (?P<y>1[34]\d\d))?",
            _date,
        ),
        (r"(?:تا )?(?:تاریخ )?(?P<y>1[34]\d\d) (?P<mm>\d{1,2}) (?P<d>\d{1,2})", _date),
        (f"(?:تا |روز |همین |اخر )*(?P<day>{_either(_DAYS)})(?: هفته ?ی? ?(?:اینده|بعد))?{clock}", _weekday),
    )


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
    one = 60 if hit["unit"] == "ساعت" else 1
    half = one // 2 if "و نیم" in hit[0] else 0
    return Deadline(*hit.span(), Kind.MINUTES, one * largest(hit["n"], "fa") + half)


def _half_hour(hit: re.Match[str]) -> Deadline:
    return Deadline(*hit.span(), Kind.MINUTES, 30)


def _working(hit: re.Match[str]) -> Deadline:
    return Deadline(*hit.span(), Kind.WORKING_DAYS, largest(hit["n"], "fa"))


def _days(hit: re.Match[str]) -> Deadline:
    count, unit = largest(hit["n"], "fa"), hit["unit"]
    if unit == "ماه":
        return Deadline(*hit.span(), Kind.MONTHS, count)
    return Deadline(*hit.span(), Kind.DAYS, 7 * count if unit == "هفته" else count)


def _plain(hit: re.Match[str], days: int) -> Deadline:
    return Deadline(*hit.span(), Kind.DAYS, days, _hour(hit))


def _today(hit: re.Match[str]) -> Deadline:
    return Deadline(*hit.span(), Kind.DAYS, 0, _hour(hit))


def _end(hit: re.Match[str]) -> Deadline:
    kind = Kind.WEEK_END if hit["what"] == "هفته" else Kind.MONTH_END
    return Deadline(*hit.span(), kind, int(bool(hit.groupdict().get("next"))))


def _weekday(hit: re.Match[str]) -> Deadline:
    named = hit["day"].replace(" ", "")
    weekday = next(number for day, number in _DAYS.items() if fold(day).replace(" ", "") == named)
    return Deadline(*hit.span(), Kind.WEEKDAY, weekday, _hour(hit))


def _date(hit: re.Match[str]) -> Deadline:
    named = hit.groupdict()
    month = int(named["mm"]) if named.get("mm") else [fold(name) for name in _MONTHS].index(hit["m"]) + 1
    written = hit["d"]
    ordinals = [fold(word).replace(" ", "") for word in _ORDINALS]
    day = int(written) if written.isdigit() else ordinals.index(written.replace(" ", "")) + 1
    return Deadline(*hit.span(), Kind.DATE, day=(int(named.get("y") or 0), month, day), jalali=True)


def _hour(hit: re.Match[str]) -> int | None:
    named = hit.groupdict()
    if named.get("hour"):
        said, half = named["hour"], named.get("half")
        hour = int(said) if said.isdigit() else _HOURS[said]
        if half in ("عصر", "شب", "بعدازظهر") or (
            not half and hour < 7
        ):  # nobody is called back at 5 in the morning
            hour = hour % 12 + 12
        return hour if hour < 24 else None
    part = named.get("part")
    return next((late for word, late in _PARTS.items() if part and fold(word) == part), None)
