"""What the KPIs are called, in which unit they are shown, and what stands behind each."""

from dataclasses import dataclass

from dashboard.i18n import N_, _, ngettext
from dashboard.overview.tiles import Saying
from qa.weekly.kpis import BY_KEY
from qa.weekly.records import Reading


@dataclass(frozen=True, slots=True)
class Naming:
    """``unit`` after the value; ``scale`` from the figure to what is shown. ``opens``: the page behind the
    figure and what narrows it there.
    """

    label: str
    help: str
    unit: str = ""
    scale: float = 1.0
    places: int = 1
    opens: tuple[str, tuple[tuple[str, str], ...]] = ("calls", ())


_PERCENT = (N_("%"), 100.0, 1)
_SECONDS = (N_("s"), 1.0, 1)
_POINTS = ("", 1.0, 1)
NAMES: dict[str, Naming] = {
    "quality": Naming(
        N_("Quality score"),
        N_("Mean automatic score of the calls that count, of 100. Never mixed with scores by people."),
    ),
    "pass_share": Naming(
        N_("Calls that pass"),
        N_("Share of the calls that count in the band “pass” of their scorecard."),
        *_PERCENT,
        ("calls", (("band", "coach,flag"),)),
    ),
    "no_failure": Naming(
        N_("No critical failure"),
        N_("Share of calls in which nothing critical for customer, business or compliance failed."),
        *_PERCENT,
        ("calls", (("critical", "yes"),)),
    ),
    "no_failure_customer": Naming(
        N_("Accuracy for the customer"),
        N_("Share of calls without a failure that is critical for the customer (COPC)."),
        *_PERCENT,
        ("calls", (("critical", "yes"),)),
    ),
    "no_failure_business": Naming(
        N_("Accuracy for the business"),
        N_("Share of calls without a failure that is critical for the business (COPC)."),
        *_PERCENT,
        ("calls", (("critical", "yes"),)),
    ),
    "no_failure_compliance": Naming(
        N_("Accuracy in compliance"),
        N_("Share of calls without a failure that is critical for compliance (COPC)."),
        *_PERCENT,
        ("calls", (("critical", "yes"),)),
    ),
    "dead_air": Naming(
        N_("Dead air a call"),
        N_(
            "Silences over 10 s that the agent did not announce, mean over all calls in which it can be "
            "measured."
        ),
        *_SECONDS,
        ("calls", (("lost", "dead_air"),)),
    ),
    "talk_share": Naming(
        N_("Agent's talk share"),
        N_(
            "Speech of the agent by the length of the conversation, mean over calls with two channels. "
            "35 to 65 % is usual."
        ),
        *_PERCENT,
        ("calls", (("lost", "talk_balance"),)),
    ),
    "interruptions": Naming(
        N_("Interruptions a call"),
        N_("How often the agent cut in for a second or more, mean over calls in which it can be measured."),
        "",
        1.0,
        2,
        ("calls", (("lost", "no_interruption"),)),
    ),
    "abuse": Naming(
        N_("Abusive customers"),
        N_("Share of calls in which the customer insulted the agent. It is not held against the agent."),
        *_PERCENT,
        ("calls", (("abuse", "yes"),)),
    ),
    "csat": Naming(
        N_("Satisfaction (CSAT)"),
        N_("Share of answers in the top boxes: 1 of 3, 2 of 4 to 7, 3 of 10. Only answered surveys count."),
        *_PERCENT,
        ("surveys", (("kind", "csat"),)),
    ),
    "nps": Naming(
        N_("Recommendation (NPS)"),
        N_("Share of 9 and 10 less share of 0 to 6, in points from -100 to 100. Only answers count."),
        "",
        1.0,
        0,
        ("surveys", (("kind", "nps"),)),
    ),
    "ces": Naming(
        N_("Ease (CES)"),
        N_("Mean answer from 1 to 7; higher is easier."),
        "",
        1.0,
        2,
        ("surveys", (("kind", "ces"),)),
    ),
    "response": Naming(
        N_("Response rate"),
        N_("Surveys that were answered, of those that were sent."),
        *_PERCENT,
        ("surveys", ()),
    ),
    "first_contact": Naming(
        N_("Solved at first contact"),
        N_(
            "Share of calls after which the customer did not call the same queue again within 7 days. "
            "Younger calls are not counted yet."
        ),
        *_PERCENT,
        ("customers", ()),
    ),
    "service_level": Naming(
        N_("Service level"),
        N_("Answered within 20 s, of all calls that reached a queue."),
        *_PERCENT,
    ),
    "abandoned": Naming(
        N_("Abandoned"),
        N_("Customers who hung up before anybody answered, of all calls that reached a queue."),
        *_PERCENT,
    ),
    "waiting": Naming(N_("Waiting time"), N_("Mean wait of all calls that reached a queue."), *_SECONDS),
    "handling": Naming(
        N_("Handling time"), N_("Mean talk of the calls that were answered."), N_("s"), 1.0, 0
    ),
    "promises_kept": Naming(
        N_("Promises kept"),
        N_("Kept, of the promises due in the week that were kept or broken; open ones are in neither."),
        *_PERCENT,
        ("promises", (("shown", "all"),)),
    ),
    "promises_overdue": Naming(
        N_("Promises overdue"),
        N_("Open promises past their time at the end of the week, of this week and any before it."),
        "",
        1.0,
        0,
        ("promises", (("shown", "overdue"),)),
    ),
    "replied_in_time": Naming(
        N_("Comments replied to in time"),
        N_("Public comments of the week with a first reply within the target."),
        *_PERCENT,
        ("comments", (("shown", "all"),)),
    ),
    "recovered": Naming(
        N_("Recovered"),
        N_("Negative comments of the week whose author later thanked, or that were resolved."),
        *_PERCENT,
        ("comments", (("shown", "all"), ("sentiment", "negative"))),
    ),
    "reviewed": Naming(
        N_("Reviewed by a person"),
        N_("Calls of the week that count and that a person has reviewed."),
        *_PERCENT,
        ("review", ()),
    ),
    "heard": Naming(
        N_("Calls heard"),
        N_("Calls of the week that were scored and count in every figure."),
        "",
        1.0,
        0,
    ),
    "first_reply": Naming(
        N_("First reply"),
        N_("Minutes from a public comment to the first reply. Counts for the whole site."),
        N_("min"),
        1.0,
        0,
        ("comments", ()),
    ),
}
"""By the key of the KPI."""


def counted(key: str, n: int) -> str:
    """How many rows a figure is made of, by what they are."""
    if key in ("csat", "nps", "ces"):
        return ngettext("{count} answer", "{count} answers", n)
    if key == "response":
        return ngettext("{count} survey sent", "{count} surveys sent", n)
    if key == "promises_kept":
        return ngettext("{count} promise", "{count} promises", n)
    if key in ("replied_in_time", "recovered"):
        return ngettext("{count} comment", "{count} comments", n)
    return ngettext("n {count}", "n {count}", n)


def label(key: str) -> str:
    """The name of a KPI."""
    return _(NAMES[key].label)


def unit(key: str) -> str:
    """The unit of a KPI; empty for points and counts."""
    return _(NAMES[key].unit) if NAMES[key].unit else ""


def saying(reading: Reading) -> Saying:
    """How a reading is written in tiles and charts."""
    key = reading.kpi.key
    found = NAMES[key]
    return Saying(
        label(key),
        _(found.help),
        unit=unit(key),
        scale=found.scale,
        places=found.places,
        good=BY_KEY[key].better,
        target=reading.target,
    )
