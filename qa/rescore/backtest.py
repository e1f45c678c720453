"""A scorecard tried on past calls before it is published. Nothing of a call is changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from qa.pipeline import rescore
from qa.records import CriticalKind, Scoring, ScoringStatus, Verdict
from qa.scorecard import Scorecard
from qa.store.database import Database
from qa.store.lists.past import past_calls, stored_now
from qa.store.work.scorable import Scorable, load_scorables

CHUNK = 100
BIN = 5
"""Points a bar of the distribution."""
NONE = "no score"
MOST_LISTED = 300

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Past:
    """Which calls: the newest ``calls`` of them, from ``since_day`` on where it is given."""

    calls: int = 500
    since_day: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides, over the calls that have a score there.

    ``bins`` counts scores by ``BIN`` points (100 is in the last one); ``low`` and ``high`` are the 95 %
    interval of the mean, ``None`` where it cannot be told; ``critical`` counts calls by what a failure harms.
    """

    n: int
    mean: float | None
    low: float | None
    high: float | None
    bins: tuple[int, ...]
    bands: dict[str, int]
    critical: dict[str, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """A call that would be in another band, or lose its score. ``why``: criterion, verdict now, verdict then.

    A verdict is ``""`` where that side does not ask the criterion.
    """

    call: str
    now: float | None
    then: float | None
    band_now: str
    band_then: str
    why: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a draft would do. ``now`` is what pages show of these calls, ``then`` the draft's scores.

    ``verdicts`` counts the calls in which a criterion changes; ``moved`` holds the calls with the largest
    change first, at most ``MOST_LISTED`` of ``moved_count``.
    """

    scorecard: str
    calls: int
    now: Side
    then: Side
    verdicts: dict[str, int]
    moved_count: int
    moved: tuple[Moved, ...]

    def shape(self) -> Json:
        """The result as plain values, as it is stored and printed."""
        return asdict(self)

    @classmethod
    def of(cls, shape: Json) -> "Backtest":
        """The result from its plain values."""
        sides = {
            name: Side(**{**shape[name], "bins": tuple(shape[name]["bins"])}) for name in ("now", "then")
        }
        moved = tuple(
            Moved(**{**one, "why": tuple((key, now, then) for key, now, then in one["why"])})
            for one in shape["moved"]
        )
        return cls(**{**shape, **sides, "moved": moved})


@dataclass(frozen=True, slots=True)
class _Pair:
    key: str
    now: Scoring
    then: Scoring


def backtest(
    database: Database,
    card: Scorecard,
    past: Past,
    progress: Callable[[float], None] = lambda _share: None,
) -> Backtest:
    """Judge past calls with a scorecard and compare with what pages show of them.

    The calls are the newest in the scorecard's language that it judged before, in any version; of a scorecard
    that judged none, the newest in its language.
    """
    with database.read() as tx:
        ids = past_calls(tx, (card.id, card.language), past.calls, past.since_day)
    pairs = list(_pairs(database, card, ids, progress))
    return compare(card.id, pairs)


def _pairs(
    database: Database, card: Scorecard, ids: tuple[int, ...], progress: Callable[[float], None]
) -> Iterator[_Pair]:
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        with database.read() as tx:
            found: tuple[Scorable, ...] = load_scorables(tx, some)
            now = stored_now(tx, some)
        for one in found:
            if one.call_id in now:
                yield _Pair(one.key, now[one.call_id].scoring, rescore(one.call, one.measures, card))
        progress(min(1.0, (start + CHUNK) / len(ids)))


def compare(scorecard: str, pairs: Iterable[_Pair]) -> Backtest:
    """Both sides of the same calls."""
    every = list(pairs)
    verdicts: Counter[str] = Counter()
    moved = []
    for pair in every:
        why = _changes(pair)
        verdicts.update(key for key, _, _ in why)
        if _band(pair.now) != _band(pair.then):
            scores = (pair.now.score, pair.then.score)
            moved.append(Moved(pair.key, *scores, _band(pair.now), _band(pair.then), why))
    moved.sort(key=lambda one: (-abs((one.now or 0) - (one.then or 0)), one.call))
    return Backtest(
        scorecard=scorecard,
        calls=len(every),
        now=_side([pair.now for pair in every]),
        then=_side([pair.then for pair in every]),
        verdicts=dict(verdicts.most_common()),
        moved_count=len(moved),
        moved=tuple(moved[:MOST_LISTED]),
    )


def _changes(pair: _Pair) -> tuple[tuple[str, str, str], ...]:
    now = {one.key: one.judgement.verdict.value for one in pair.now.criteria}
    then = {one.key: one.judgement.verdict.value for one in pair.then.criteria}
    keys = dict.fromkeys([*then, *now])
    return tuple((key, now.get(key, ""), then.get(key, "")) for key in keys if now.get(key) != then.get(key))


def _band(scoring: Scoring) -> str:
    return scoring.band or NONE


def _side(scorings: list[Scoring]) -> Side:
    from qa.analytics.intervals import mean

    scored = [one.score for one in scorings if one.status is ScoringStatus.SCORED and one.score is not None]
    bins = [0] * (100 // BIN)
    for value in scored:
        bins[min(len(bins) - 1, int(value // BIN))] += 1
    estimate = mean(scored)
    bands = Counter(_band(one) for one in scorings)
    critical: Counter[str] = Counter()
    for one in scorings:
        critical.update({kind.value for kind in CriticalKind if kind in _failed(one)})
    return Side(
        n=len(scored),
        mean=estimate.value,
        low=estimate.low,
        high=estimate.high,
        bins=tuple(bins),
        bands={name: bands[name] for name in ("pass", "coach", "flag", NONE)},
        critical={kind.value: critical[kind.value] for kind in CriticalKind},
    )


def _failed(scoring: Scoring) -> set[CriticalKind]:
    return {
        one.critical
        for one in scoring.criteria
        if one.critical is not None and one.judgement.verdict is Verdict.NOT_MET
    }
