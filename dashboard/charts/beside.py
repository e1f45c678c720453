"""What happened beside a chart by week: a dotted line with its name for a note, a dot for a holiday."""

from collections.abc import Sequence

from dashboard.charts.decor import Decor
from dashboard.i18n import isolated, language, rtl
from dashboard.plain import in_chart
from dashboard.theme import colours
from qa.weekly.inputs import Mark, MarkKind

LEVELS, STEP = 3, 15  # names of notes are set on so many lines, pixels apart, so that they do not meet
LONGEST = 26


def put_beside(decor: Decor, weeks: Sequence[int], marks: Sequence[Mark]) -> int:
    """Put the marks that lie in the weeks, whose points stand at 0, 1, 2 and so on, to the rest of a figure.

    Returns how many pixels the names need above.
    """
    notes = [
        (place, mark) for place, week in enumerate(weeks) for mark in marks if _starts(mark, week, weeks)
    ]
    for level, (place, mark) in enumerate(notes):
        decor.texts.append(_note(place, mark.name(language()), level % LEVELS, len(weeks)))
        decor.shapes.append(_line(place))
    for place, week in enumerate(weeks):
        holidays = [one for one in marks if one.kind is MarkKind.HOLIDAY and one.touches(week)]
        if holidays:
            decor.texts.append(_holiday(place, [one.name(language()) for one in holidays]))
    return STEP * min(LEVELS, len(notes)) + 6 if notes else 0


def _starts(mark: Mark, week: int, weeks: Sequence[int]) -> bool:
    """A note stands at the week it begins in; one that began before the chart at the first."""
    if mark.kind is MarkKind.HOLIDAY or not mark.touches(week):
        return False
    return week == weeks[0] or mark.first >= week


def _note(place: int, name: str, level: int, points: int) -> dict[str, object]:
    late = place > points / 2
    short = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
    return {
        "x": place,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": 2 + STEP * level,
        "xanchor": "right" if late else "left",
        "xshift": 3 if late else -3,
        "text": isolated(short),
        "hovertext": isolated(name),
        "showarrow": False,
        "font": {"color": colours().ink2, "size": 12},
        "align": "right" if rtl() else "left",
    }


def _line(place: int) -> dict[str, object]:
    return {
        "type": "line",
        "x0": place,
        "x1": place,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": colours().edge, "width": 1, "dash": "dot"},
    }


def _holiday(place: int, names: Sequence[str]) -> dict[str, object]:
    return {
        "x": place,
        "y": 0,
        "yref": "paper",
        "yanchor": "bottom",
        "text": "•",
        "hovertext": "<br>".join(isolated(in_chart(name)) for name in dict.fromkeys(names)),
        "showarrow": False,
        "font": {"color": colours().partly, "size": 20},
    }
