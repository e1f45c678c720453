"""False alarms and finds over many generated centres."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qa.analytics.intervals import Estimate, share
from qa.evaluate.centres.draw import draw
from qa.evaluate.centres.looks import Look, looks
from qa.evaluate.centres.plan import plan


@dataclass(frozen=True, slots=True)
class Signals:
    """One kind of signal.

    Attributes:
        kind: its name.
        false_units: share of what is unchanged (agents, figures, pairs, themes) that is signalled.
        false_centres: share of centres in which anything unchanged is signalled.
        found: share found, by the size of the change in points of logit.
    """

    kind: str
    false_units: Estimate
    false_centres: Estimate
    found: dict[float, Estimate]


def seen(centres: int) -> Iterator[tuple[Look, ...]]:
    """What is said of each of so many centres; the same ones each time."""
    for seed in range(centres):
        yield tuple(looks(draw(plan(seed), seed)))


def count(centres: list[tuple[Look, ...]]) -> list[Signals]:
    """The rates of every kind, in the order in which the kinds first appear."""
    kinds = dict.fromkeys(look.kind for centre in centres for look in centre)
    return [_signals(kind, centres) for kind in kinds]


def _signals(kind: str, centres: list[tuple[Look, ...]]) -> Signals:
    mine = [[look for look in centre if look.kind == kind] for centre in centres]
    quiet = [[look.said for look in centre if look.size == 0] for centre in mine]
    asked = [said for said in quiet if said]
    units = [said for each in asked for said in each]
    there: Counter[float] = Counter()
    found: Counter[float] = Counter()
    for look in (look for centre in mine for look in centre if look.size > 0):
        there[look.size] += 1
        found[look.size] += look.said
    return Signals(
        kind,
        share(sum(units), len(units)),
        share(sum(any(said) for said in asked), len(asked)),
        {size: share(found[size], there[size]) for size in sorted(there)},
    )
