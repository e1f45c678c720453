"""The head of the report: whose week, how much is in it, when it was made."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from qa.report.content import About
from qa.report.words import say
from qa.weekly.records import Week
from qa.written import days, moment, number


@dataclass(frozen=True, slots=True)
class Heading:
    """Its lines; ``demo`` is empty where no figure rests on the demo centre."""

    title: str
    week: str
    counted: str
    made: str
    demo: str


def heading_of(week: Week, about: About) -> Heading:
    """The head of a week's report."""
    language, data = about.language, week.data
    title = say("title", language)
    out = sum(count for _why, count in data.left_out)
    figures = {"counted": data.counted, "received": data.received, "out": out}
    counted = say("counted", language, **{name: number(n, 0, language) for name, n in figures.items()})
    return Heading(
        title=f"{title} · {about.site}" if about.site else title,
        week=say("week", language, days=days(week.ask.week, week.ask.last, language)),
        counted=f"{say('running', language)} {counted}" if week.running else counted,
        made=say("made", language, when=moment(about.made, ZoneInfo(about.zone), language)),
        demo=say("demo", language) if about.demo else "",
    )
