"""A scorecard made ready once for many calls."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from qa.judge.fuzzy import Corrector
from qa.judge.index import Index
from qa.judge.negation import Negations
from qa.judge.patterns import Names
from qa.judge.wording import phrase_sought
from qa.scorecard import (
    AllRule,
    AnyRule,
    ExampleRule,
    LlmRule,
    NotRule,
    PhraseRule,
    Rule,
    Scorecard,
    SentimentRule,
    SequenceRule,
)
from qa.text import fold

Numbers = frozenset[int]
COSTLY = (ExampleRule, SentimentRule, LlmRule)
"""Judges that take much longer than finding phrases."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The phrase numbers of one rule, and in words what it looks for."""

    phrases: Numbers
    partly: Numbers
    unless: Numbers
    unless_nearby: Numbers
    sought: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the judges need of a scorecard. ``loose`` are phrases that may be found with an error; ``labels``
    are filled as criteria are judged, by their key.

    Rules are told apart by their identity: hashing their phrases for every call took a tenth of the judging.
    """

    scorecard: Scorecard

    index: Index
    rules: dict[int, Ready]
    costly: frozenset[int]
    loose: Numbers
    corrector: Corrector
    negations: Negations
    labels: dict[str, str] = field(default_factory=dict)

    def of(self, rule: PhraseRule) -> Ready:
        """The phrase numbers of a rule of this scorecard."""
        return self.rules[id(rule)]

    def is_costly(self, rule: Rule) -> bool:
        """True when deciding a rule of this scorecard takes much longer than finding phrases."""
        return id(rule) in self.costly


class _Same:
    """A scorecard as a key by its identity: hashing all of it for every call costs a tenth of the time."""

    __slots__ = ("card",)

    def __init__(self, card: Scorecard) -> None:
        self.card = card

    def __hash__(self) -> int:
        return id(self.card)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.card is self.card


def compiled(scorecard: Scorecard) -> Compiled:
    """The scorecard's phrases as one index; an equal scorecard that was made ready before serves as well."""
    return _known(_Same(scorecard))


@lru_cache(maxsize=64)
def _known(same: _Same) -> Compiled:
    return _compiled(same.card)


@lru_cache(maxsize=64)
def _compiled(scorecard: Scorecard) -> Compiled:
    index = Index(Names(frozenset(fold(word) for word in scorecard.words.not_names)))
    rules: dict[int, Ready] = {}
    loose: set[int] = set()
    for rule in phrase_rules(scorecard):
        ready = Ready(
            _numbers(index, rule.phrases),
            _numbers(index, rule.partly),
            _numbers(index, rule.unless),
            _numbers(index, rule.unless_nearby),
            phrase_sought(rule, scorecard.language),
        )
        rules[id(rule)] = ready
        if rule.fuzzy:
            loose |= ready.phrases | ready.partly
    words = scorecard.words
    known = [word for own in index.words for word in own]
    known += [fold(word) for word in (*words.negators, *words.negators_next, *words.negators_after)]
    wanted = {word for number in loose for word in index.words[number]}
    return Compiled(
        scorecard,
        index,
        rules,
        _costly(scorecard),
        frozenset(loose),
        Corrector(wanted, known),
        Negations(words),
    )


def phrase_rules(scorecard: Scorecard) -> Iterator[PhraseRule]:
    """Every phrase rule, conditions included."""
    for rule in all_rules(scorecard):
        if isinstance(rule, PhraseRule):
            yield rule


def all_rules(scorecard: Scorecard) -> Iterator[Rule]:
    """Every rule at every depth, conditions included, in the order of the file."""
    for criterion in scorecard.criteria:
        if criterion.applies_when is not None:
            yield from below(criterion.applies_when)
        yield from below(criterion.rule)


def below(rule: Rule) -> Iterator[Rule]:
    """A rule and every rule inside it."""
    yield rule
    if isinstance(rule, AllRule | AnyRule):
        for inner in rule.rules:
            yield from below(inner)
    elif isinstance(rule, NotRule):
        yield from below(rule.rule)
    elif isinstance(rule, SequenceRule):
        yield from below(rule.first)
        yield from below(rule.then)


def _costly(scorecard: Scorecard) -> frozenset[int]:
    return frozenset(
        id(rule) for rule in all_rules(scorecard) if any(isinstance(inner, COSTLY) for inner in below(rule))
    )


def _numbers(index: Index, phrases: tuple[str, ...]) -> Numbers:
    return frozenset(index.add(phrase) for phrase in phrases)
