"""The tables behind the first page: queues, losses, promises, comments, agents, coaching, reviews, data."""

from collections.abc import Sequence
from dataclasses import replace

from qa.analytics.intervals import Estimate
from qa.report.content import About, Cell, Column, Table
from qa.report.words import LAYERS, LEFT_OUT, NO_EFFECT, SIGNALS, of, say
from qa.weekly.records import Coached, Week
from qa.written import day, number

MOST = 8


def tables_of(week: Week, about: About) -> tuple[Table, ...]:
    """Every table of the report, in order."""
    makers = (_queues, _lost, _promises, _comments, _moved, _coaching, _coverage, _data)
    return tuple(make(week, about) for make in makers)


def _table(about: About, title: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    first, *others = (say(name, about.language) for name in columns)
    named = (Column(first, numeric=False), *(Column(name) for name in others))
    return Table(say(title, about.language), named, tuple(rows))


def _queues(week: Week, about: About) -> Table:
    rows = []
    found = week.explained.parts
    for part in found.parts[:MOST] if found is not None else ():
        name = week.explained.queues.get(part.group if part.group is not None else -1)
        (n_before, before), (n_after, after) = part.before, part.after
        rows.append((
            Cell(name or say("no_queue", about.language)),
            Cell(value=n_before), Cell(value=before, places=1),
            Cell(value=n_after), Cell(value=after, places=1),
            Cell(value=part.mix, places=1, signed=True),
            Cell(value=part.performance.value, places=1, signed=True),
        ))  # fmt: skip
    columns = ("queue", "calls_before", "before", "calls_now", "now", "mix", "own")
    return _table(about, "by_queue", columns, rows)


def _lost(week: Week, about: About) -> Table:
    rows = [
        (
            Cell(about.titles.get(loss.key, loss.key)),
            Cell(value=loss.lost, places=1),
            Cell(value=loss.change, places=1, signed=True),
            Cell(value=loss.calls),
            Cell(value=loss.n),
        )
        for loss in week.lost[:MOST]
    ]
    return _table(about, "lost", ("criterion", "points", "change", "calls", "n"), rows)


def _promises(week: Week, about: About) -> Table:
    found = week.promised
    counted = (
        ("made_in", found.made), ("due", found.due), ("kept", found.kept), ("broken", found.broken),
        ("open", found.waiting), ("overdue", found.overdue), ("forbidden", found.forbidden),
    )  # fmt: skip
    rows = [(Cell(say(name, about.language)), Cell(value=count)) for name, count in counted]
    return _table(about, "promises", ("what", "count"), rows)


def _comments(week: Week, about: About) -> Table:
    found, rows = week.comments, []
    if found is not None:
        for name, one, scale, places in (
            ("first_reply", found.first_reply, 1.0, 0),
            ("in_time", found.in_time, 100.0, 1),
            ("recovered", found.recovered, 100.0, 1),
            ("sentiment", found.sentiment, 1.0, 2),
        ):
            rows.append((Cell(say(name, about.language)), *_estimate(one, scale, places)))
        for name, count in (("waiting", found.waiting), ("late", found.late)):
            rows.append((Cell(say(name, about.language)), Cell(value=count), Cell(), Cell(), Cell()))
    language = about.language
    low, high = say("low", language), say("high", language)
    columns = (
        Column(say("what", language), numeric=False), Column(say("now", language)), Column(low), Column(high),
        Column(say("n", language)),
    )  # fmt: skip
    return Table(say("comments", language), columns, tuple(rows))


def _moved(week: Week, about: About) -> Table:
    rows = [
        (
            Cell(one.name),
            Cell(of(SIGNALS[one.signal], about.language)),
            Cell(value=one.change, places=1, signed=True),
            Cell(value=one.n),
        )
        for one in week.moved[:MOST]
    ]
    made = _table(about, "moved", ("agent", "result", "change", "calls_now"), rows)
    first, says, *others = made.columns
    return replace(made, columns=(first, replace(says, numeric=False), *others))


def _coaching(week: Week, about: About) -> Table:
    rows = [_session(one, about) for one in week.coached[:MOST]]
    made = _table(about, "coaching", ("criterion", "agents", "held", "effect", "interval", "result"), rows)
    effect = say("effect", about.language)
    return replace(made, columns=tuple(replace(one, numeric=one.title == effect) for one in made.columns))


def _session(one: Coached, about: About) -> tuple[Cell, ...]:
    language, effect = about.language, one.effect
    gain = effect.difference
    low, high = (number((end or 0.0) * 100, 1, language, signed=True) for end in (gain.low, gain.high))
    said = say("helped" if effect.helped else "unsure", language)
    names = "، " if language == "fa" else ", "
    return (
        Cell(about.titles.get(one.session.criterion, one.session.criterion)),
        Cell(names.join(name for _number, name in one.session.agents)),
        Cell(day(one.session.day, language)),
        Cell(value=None if gain.value is None else gain.value * 100, places=1, signed=True),
        Cell(say("to", language, low=low, high=high) if gain.low is not None else "–"),
        Cell(of(NO_EFFECT[effect.reason], language) if effect.reason else said),
    )


def _coverage(week: Week, about: About) -> Table:
    rows = [
        (
            Cell(of(LAYERS[one.layer], about.language)),
            *(Cell(value=n) for n in (one.assigned, one.done, one.overdue)),
        )
        for one in week.coverage
    ]
    return _table(about, "coverage", ("layer", "assigned", "done", "reviews_late"), rows)


def _data(week: Week, about: About) -> Table:
    data, language = week.data, about.language
    counted: list[tuple[str, int | None]] = [
        (say("received", language), data.received), (say("heard", language), data.done),
        (say("in_figures", language), data.counted),
    ]  # fmt: skip
    for why, count in data.left_out:
        counted.append((say("left_out", language, why=of(LEFT_OUT.get(why, (why, why)), language)), count))
    counted += [
        (say("no_agent", language), data.no_agent), (say("no_queue", language), data.no_queue),
        (say("no_customer", language), data.no_customer), (say("answered", language), data.answered),
        (say("orphans", language), data.orphans), (say("unread", language), data.unread),
    ]  # fmt: skip
    rows = [(Cell(name), Cell(value=count)) for name, count in counted]
    return _table(about, "data", ("what", "count"), rows)


def _estimate(one: Estimate, scale: float, places: int) -> tuple[Cell, ...]:
    values = (None if value is None else value * scale for value in (one.value, one.low, one.high))
    return (*(Cell(value=value, places=places) for value in values), Cell(value=one.n))
