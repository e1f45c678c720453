"""Silences and overlaps on the timeline, from the evidence of the measures."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dashboard.i18n import _, duration
from qa.measure import Limits
from qa.records import Measurement, Span, Spans

Kind = Literal["dead", "announced", "silence"]


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which nobody speaks. ``dead``: long, not announced; ``announced``: long, announced."""

    span: Span
    kind: Kind

    @property
    def label(self) -> str:
        """For the timeline, short."""
        length = duration(self.span.length)
        if self.kind == "announced":
            return _("hold {length}", length=length)
        return _("silence {length}", length=length)

    @property
    def sentence(self) -> str:
        """For the list of lines."""
        length = duration(self.span.length)
        if self.kind == "dead":
            return _("Silence, not announced · {length}", length=length)
        if self.kind == "announced":
            return _("On hold, announced · {length}", length=length)
        return _("Silence · {length}", length=length)


def silences(measures: Iterable[Measurement], limits: Limits) -> tuple[Silence, ...]:
    """The silences of a call in order. Where dead air could not be measured nobody says "announced"."""
    by_name = {each.name: each for each in measures}
    dead = by_name.get("dead_air_seconds")
    told = dead is not None and dead.value is not None
    bad = set(dead.evidence) if dead is not None else set()
    found = {span: _kind(span, told, limits) for span in _spans(by_name, "non_talk")}
    return tuple(Silence(span, kind) for span, kind in sorted((found | dict.fromkeys(bad, "dead")).items()))


def overlaps(measures: Iterable[Measurement]) -> Spans:
    """The stretches in which both speak."""
    return _spans({each.name: each for each in measures}, "overlap")


def _kind(span: Span, told: bool, limits: Limits) -> Kind:
    return "announced" if told and span.length > limits.dead_air_seconds else "silence"


def _spans(measures: dict[str, Measurement], name: str) -> Spans:
    return measures[name].evidence if name in measures else ()
