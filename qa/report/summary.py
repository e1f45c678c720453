"""The first page in sentences: what changed, why, what to do."""

from dataclasses import dataclass

from qa.report.content import About, Line, lines_of, target_text, value_text
from qa.report.words import SIGNALS, of, say
from qa.weekly.records import Week
from qa.written import number

MOST = 6
"""Things to do; who has more to do does none of them."""

MOST_AGENTS = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences under each heading; none of them is empty."""

    changed: tuple[str, ...]
    why: tuple[str, ...]
    todo: tuple[str, ...]


def summary_of(week: Week, about: About) -> Summary:
    """The summary of a week."""
    lines = lines_of(week, about.language)
    return Summary(_changed(week, lines, about.language), _why(week, about), _todo(week, about, lines)[:MOST])


def _changed(week: Week, lines: tuple[Line, ...], language: str) -> tuple[str, ...]:
    moved = [line for line in lines if line.tone]
    moved.sort(key=lambda line: line.tone != "signal")
    told = tuple(
        say("signal", language, name=line.label, value=value_text(line, language), signal=line.says)
        for line in moved
    )
    told += tuple(
        say("agent_moved", language, name=one.name, signal=of(SIGNALS[one.signal], language))
        for one in week.moved[:MOST_AGENTS]
    )
    return told or (say("calm", language),)


def _why(week: Week, about: About) -> tuple[str, ...]:
    language, found, told = about.language, week.explained.parts, []
    if found is None:
        told.append(say("no_parts", language))
    else:
        own = found.performance
        parts = {"change": found.change, "mix": found.mix, "own": own.value or 0.0}
        told.append(
            say("parts", language, **{name: _moved(value, language) for name, value in parts.items()})
        )
        if own.low is None or own.high is None or own.low <= 0 <= own.high:
            told.append(say("chance", language))
    if week.lost:
        worst = week.lost[0]
        lost = number(worst.lost, 1, language)
        told.append(say("lost_most", language, name=about.titles.get(worst.key, worst.key), lost=lost))
    return tuple(told)


def _todo(week: Week, about: About, lines: tuple[Line, ...]) -> tuple[str, ...]:
    language = about.language
    told = [
        say("do_signal", language, name=line.label, signal=line.says)
        for line in lines
        if line.tone == "signal"
    ]
    late = week.comments.late if week.comments is not None else 0
    for key, count in (("do_promises", week.promised.overdue), ("do_comments", late)):
        if count:
            told.append(say(key, language, count=number(count, 0, language)))
    for line, reading in zip(lines, week.readings, strict=True):
        if reading.met is False and reading.sure:
            words = {"target": target_text(line, language), "value": value_text(line, language)}
            told.append(say("do_target", language, name=line.label, **words))
    if week.lost:
        told.append(say("do_coach", language, name=about.titles.get(week.lost[0].key, week.lost[0].key)))
    return tuple(told) or (say("do_nothing", language),)


def _moved(value: float, language: str) -> str:
    """A change in words, for a sign meets badly with a line that runs from right to left."""
    size = number(abs(value), 1, language)
    if round(abs(value), 1) == 0:
        return say("same", language)
    return say("up" if value > 0 else "down", language, size=size)
