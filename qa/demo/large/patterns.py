"""Verdicts and measures that calls share: drawn by the demo's chances, scored by the real arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from qa.demo.people import AGENTS, PROBLEM_QUEUE, Language
from qa.demo.verdicts import Drawn, draw
from qa.records import Judgement, Scoring
from qa.scorecard import Scorecard
from qa.store.call.rows import call_scoring
from qa.store.made.mass import Pattern

EACH = 40  # patterns of one kind of agent, trouble and language
MIDDLE, WEEKS = 14, 16
QUEUES = (0, PROBLEM_QUEUE)  # without trouble, with it
LANGUAGES: tuple[Language, Language] = ("fa", "en")


@dataclass(frozen=True, slots=True)
class Patterns:
    """All patterns by number, and a row of each for ``calls`` and ``evaluations``.

    The number is ``((language * kinds + kind) * 2 + troubled) * EACH + which``.
    """

    every: tuple[Pattern, ...]
    rows: pl.DataFrame


def number(language: pl.Expr, kind: pl.Expr, troubled: pl.Expr, which: pl.Expr) -> pl.Expr:
    """The number of a pattern."""
    return ((language * len(AGENTS) + kind) * 2 + troubled) * EACH + which


def draw_patterns(
    scorecards: Iterable[Scorecard], random: np.random.Generator, measures: frozenset[str] | None = None
) -> Patterns:
    """The patterns of both languages, by the scorecard of each; with these measures alone, or all."""
    cards = {card.language: card for card in scorecards}
    chances = tuple(Drawn(kind, queue, MIDDLE, WEEKS) for kind in range(len(AGENTS)) for queue in QUEUES)
    every = tuple(
        _plain(draw(cards[language], about, random), measures)
        for language in LANGUAGES
        for about in chances
        for _which in range(EACH)
    )
    return Patterns(every, pl.DataFrame([_row(n, scoring) for n, (scoring, _) in enumerate(every)]))


def _plain(drawn: Pattern, wanted: frozenset[str] | None) -> Pattern:
    """Without the words that say who judged: they would be the larger part of a hundred million rows."""
    scoring, measures = drawn
    criteria = tuple(replace(c, judgement=_bare(c.judgement)) for c in scoring.criteria)
    kept = tuple(one for one in measures if wanted is None or one.name in wanted)
    return replace(scoring, criteria=criteria), kept


def _bare(judgement: Judgement) -> Judgement:
    return replace(judgement, rule="generated", looked_for="")


def _row(number: int, scoring: Scoring) -> dict[str, object]:
    return {
        "pattern": number,
        **{name: getattr(value, "value", value) for name, value in call_scoring(scoring).items()},
        "scorecard": scoring.scorecard,
        "version": scoring.version,
        "status": scoring.status.value,
        "score_before_critical": scoring.score_before_critical,
        "failed_by": "[" + ",".join(f'"{key}"' for key in scoring.failed_by) + "]",
    }
