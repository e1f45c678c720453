"""A scorecard made ready once for many calls."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.judge.fuzzy import Corrector
from qa.judge.index import Index
from qa.judge.negation import Negations
from qa.judge.patterns import Names
from qa.scorecard import AllRule, AnyRule, NotRule, PhraseRule, Rule, Scorecard, SequenceRule
from qa.text import fold

Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Ready:
    """The phrase numbers of one rule."""

    phrases: Numbers
    partly: Numbers
    unless: Numbers
    unless_nearby: Numbers


@dataclass(frozen=True, slots=True)
class Compiled:
    """What the phrase judge needs of a scorecard. ``loose`` are phrases that may be found with an error."""

    index: Index
    rules: dict[PhraseRule, Ready]
    loose: Numbers
    corrector: Corrector
    negations: Negations


@lru_cache(maxsize=64)
def compiled(scorecard: Scorecard) -> Compiled:
    """The scorecard's phrases as one index."""
    index = Index(Names(frozenset(fold(word) for word in scorecard.words.not_names)))
    rules: dict[PhraseRule, Ready] = {}
    loose: set[int] = set()
    for rule in phrase_rules(scorecard):
        ready = Ready(
            _numbers(index, rule.phrases),
            _numbers(index, rule.partly),
            _numbers(index, rule.unless),
            _numbers(index, rule.unless_nearby),
        )
        rules[rule] = ready
        if rule.fuzzy:
            loose |= ready.phrases | ready.partly
    words = scorecard.words
    known = [word for own in index.words for word in own]
    known += [fold(word) for word in (*words.negators, *words.negators_next, *words.negators_after)]
    wanted = {word for number in loose for word in index.words[number]}
    return Compiled(index, rules, frozenset(loose), Corrector(wanted, known), Negations(words))


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


def _numbers(index: Index, phrases: tuple[str, ...]) -> Numbers:
    return frozenset(index.add(phrase) for phrase in phrases)
