"""Numbers as the viewer reads them: Persian digits with ٫ ٬ ٪, intervals with a word, durations."""

from dashboard.i18n.catalogue import N_, _, language

TO_PERSIAN = str.maketrans("0123456789.,%", "۰۱۲۳۴۵۶۷۸۹٫٬٪")
LEFT_TO_RIGHT, RIGHT_TO_LEFT, OWN_DIRECTION, END = "\u2066", "\u2067", "\u2068", "\u2069"
UNITS = (N_("{count} h"), N_("{count} min"), N_("{count} s"))


def isolated(text: str) -> str:
    """A sentence kept in one piece inside a chart, which has no direction of its own."""
    return f"{RIGHT_TO_LEFT}{text}{END}" if language() == "fa" else text


def quoted(text: str) -> str:
    """Words of a person in the language's own quotation marks, in the direction that they have themselves:
    the full stop of an English sentence stays at its end on a Persian page.
    """
    words = f"{OWN_DIRECTION}{text}{END}"
    return f"«{words}»" if language() == "fa" else f"“{words}”"


def digits(text: str) -> str:
    """The same text with the viewer's digits and separators."""
    return text.translate(TO_PERSIAN) if language() == "fa" else text


def number(value: float, places: int = 0, *, signed: bool = False) -> str:
    """A number with grouped thousands; its sign stays before it in both directions."""
    text = f"{abs(value):,.{places}f}"
    zero = not any(figure in text for figure in "123456789")
    sign = "" if zero else "−" if value < 0 else "+" if signed else ""
    if sign and language() == "fa":
        return f"{LEFT_TO_RIGHT}{sign}{digits(text)}{END}"
    return sign + digits(text)


def percent(share: float, places: int = 0, *, signed: bool = False) -> str:
    """A share (0-1) as per cent, for tables and charts."""
    figure = number(share * 100, places, signed=signed)
    return f"{figure}٪" if language() == "fa" else f"{figure} %"


def interval(low: float, high: float, places: int = 1) -> str:
    """``81.1 to 83.7``: never a dash, which meets badly with a minus."""
    return _("{low} to {high}", low=number(low, places), high=number(high, places))


def clock(seconds: float) -> str:
    """A place in a recording: ``1:34``, ``1:02:09``."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return digits(f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}")


def duration(seconds: float, places: int = 0) -> str:
    """A length in words with at most two units: ``2 min 14 s``; ``places`` only under a minute."""
    if seconds < 60:
        return _(UNITS[2], count=number(seconds, places))
    whole = round(seconds)
    parts = (whole // 3600, whole // 60 % 60, whole % 60)
    first = 0 if parts[0] else 1
    large = _(UNITS[first], count=number(parts[first]))
    if not parts[first + 1]:
        return large
    return _("{large} {small}", large=large, small=_(UNITS[first + 1], count=number(parts[first + 1])))
