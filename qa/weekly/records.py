"""What is said of a week."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa.analytics.comments import CommentFigures
from qa.analytics.control import Signal
from qa.analytics.decompose import Decomposition
from qa.analytics.drivers import Drivers
from qa.analytics.effect import Effect
from qa.analytics.headline import Figure
from qa.weekly.inputs import Ask, Held, Inputs, Mark, MarkKind, Why
from qa.weekly.kpis import Kpi

__all__ = [
    "Ask",
    "Coached",
    "DataQuality",
    "Explained",
    "Held",
    "Inputs",
    "Layered",
    "Loss",
    "Mark",
    "MarkKind",
    "Moved",
    "Promised",
    "Reading",
    "Week",
    "Why",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """One KPI of the week: value, interval, n, last week, change and course in ``figure``.

    ``figure.missing``: rows of the week that have no value yet or cannot have one. ``why``: there are no
    figures, and why. ``open``: the week is not over, and the figure grows until it is.
    """

    kpi: Kpi
    figure: Figure
    target: float | None = None
    why: Why | None = None
    open: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the value reaches the target; ``None`` without one of the two."""
        value = self.figure.now.value
        if value is None or self.target is None:
            return None
        return value <= self.target if self.kpi.at_most else value >= self.target

    @property
    def sure(self) -> bool:
        """Whether the whole interval is on the value's side of the target."""
        low, high = self.figure.now.low, self.figure.now.high
        if self.target is None or low is None or high is None:
            return False
        return high < self.target or low > self.target

    @property
    def signal(self) -> Signal:
        """What the week says in its control chart; nothing yet while it is ``open``."""
        if self.open:
            return Signal.NONE
        return self.figure.chart.last

    @property
    def good(self) -> bool | None:
        """Whether a signal points the better way; ``None`` where there is none or neither way is better."""
        up = self.signal in (Signal.ABOVE, Signal.RUN_ABOVE)
        down = self.signal in (Signal.BELOW, Signal.RUN_BELOW)
        return None if not (up or down) or not self.kpi.better else up == (self.kpi.better > 0)


@dataclass(frozen=True, slots=True)
class Loss:
    """Points of 100 that a criterion costs a counted call on average; ``change`` on last week, if known."""

    key: str
    lost: float
    change: float | None
    calls: int
    n: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Why the quality score changed on last week: other work, or the same work done otherwise, by queue.

    ``parts`` is ``None`` where one of the two weeks has no calls; ``queues`` are the names by number.
    """

    parts: Decomposition | None
    queues: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """An agent whose week or course is beyond own normal variation, as the page Agents says it.

    ``change``: points of the score, of the newest week or of the course; ``n``: counted calls of the week.
    """

    agent: int
    name: str
    signal: Signal
    change: float
    n: int


@dataclass(frozen=True, slots=True)
class Coached:
    """A coaching session and what came of it, in shares of the criterion met (0-1)."""

    session: Held
    effect: Effect


@dataclass(frozen=True, slots=True)
class Promised:
    """Promises: those that fell due in the week by what became of them, and those made in its calls.

    ``overdue``: open past their time at the end of the week, of all weeks.
    """

    made: int
    due: int
    kept: int
    broken: int
    waiting: int
    overdue: int
    forbidden: int


@dataclass(frozen=True, slots=True)
class Layered:
    """Reviews of the week's calls of one layer (``None``: out of turn)."""

    layer: str | None
    assigned: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DataQuality:
    """How much of the week is in its figures, and what is not.

    Attributes:
        received, done, counted: calls that came in, were heard, and are in the figures.
        left_out: reason and number, the most frequent first.
        languages: language ("" unknown), calls, and those of them that were scored.
        no_agent, no_queue, no_customer: counted calls of whom that is not known.
        answered, orphans: answered surveys of the week, and those of them that belong to no call.
        unread: comments of the week without a sentiment yet; ``None`` where comments are not seen.
    """

    received: int
    done: int
    counted: int
    left_out: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int, int], ...]
    no_agent: int
    no_queue: int
    no_customer: int
    answered: int
    orphans: int
    unread: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """All that is said of a week. ``readings`` in the order of ``KPIS``; ``running``: not over yet."""

    ask: Ask
    running: bool
    readings: tuple[Reading, ...]
    lost: tuple[Loss, ...]
    explained: Explained
    drivers: Drivers
    promised: Promised
    comments: CommentFigures | None
    moved: tuple[Moved, ...]
    coached: tuple[Coached, ...]
    coverage: tuple[Layered, ...]
    data: DataQuality
    marks: tuple[Mark, ...]

    def reading(self, key: str) -> Reading:
        """One KPI by its key.

        Raises:
            KeyError: there is no such KPI.
        """
        for one in self.readings:
            if one.kpi.key == key:
                return one
        raise KeyError(key)
