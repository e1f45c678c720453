"""What people corrected becomes examples: a new version of a scorecard's text, and what it would change.

Nothing that was scored changes: the sentences go into a new version, whose verdicts name the new sentences in
their rule (``example/1 empathy@…``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from qa.embed import Examples, cross_validated, embedder
from qa.judge.compiled import below
from qa.judge.heads import NO, YES, head_of, training
from qa.judge.sentences import split
from qa.records import Share, Verdict
from qa.scorecard import AllRule, AnyRule, ExampleRule, NotRule, Rule, Scorecard, parse_scorecard
from qa.scorecard.sentence import ExampleSet, Language, Sentence

_SAID = (Verdict.MET, Verdict.PARTLY)
LIKELY = 0.5  # sentences from this probability on are what a wrong "met" was made from


@dataclass(frozen=True, slots=True)
class Corrected:
    """Redacted words that a verdict was about, and what a person said instead (met, partly or not met)."""

    criterion: str
    language: Language
    text: str
    human: Verdict


@dataclass(frozen=True, slots=True)
class SetChange:
    """One set before and after. ``corrected_before`` is the share of the corrections that the old classifier
    gets right, ``corrected_after`` that a new one gets right that has not seen them; the AUCs are over all
    sentences of each set, each judged by a classifier that has not seen it.
    """

    name: str
    positive: int
    negative: int
    corrected_before: Share
    corrected_after: Share
    auc_before: Share
    auc_after: Share


@dataclass(frozen=True, slots=True)
class Retrained:
    """The next version's text (self-contained YAML) and its sets that changed. ``unused`` corrections were
    about criteria without examples, or were known already.
    """

    text: str
    changes: tuple[SetChange, ...]
    unused: int


def retrained(text: str, corrections: Sequence[Corrected], version: int) -> Retrained:
    """A published text with corrections among its examples, as ``version``.

    Raises:
        InvalidScorecard: the text is not a valid scorecard.
    """
    card = parse_scorecard(text, "published")
    added: dict[str, list[Sentence]] = {}
    unused = 0
    for one in corrections:
        new = list(_learnt(card, one))
        unused += not new
        for name, sentence in new:
            added.setdefault(name, []).append(sentence)
    raised = _with_sentences(text, added, version)
    old, new_sets = _sets(card), _sets(parse_scorecard(raised, "retrained"))
    changes = tuple(_change(old[name], new_sets[name], tuple(rows)) for name, rows in sorted(added.items()))
    return Retrained(raised, changes, unused)


def _learnt(card: Scorecard, one: Corrected) -> Iterator[tuple[str, Sentence]]:
    """The sets that learn from a correction.

    What was said after all is one sentence: the likest to a set of the criterion. What was wrongly taken for
    it is every likely sentence.
    """
    found: list[tuple[Share, str, str]] = []
    sets: dict[str, ExampleSet] = {}
    criterion = next((own.rule for own in card.criteria if own.key == one.criterion), None)
    for rule, opposite in _examples(criterion) if criterion is not None else ():
        sets[rule.examples.name] = rule.examples
        meant = (one.human in _SAID) is not opposite
        for sentence, share in _rated(rule.examples, one.text):
            if meant:
                found.append((share, rule.examples.name, sentence))
            elif share >= LIKELY:
                yield from _new(rule.examples, Sentence(sentence, one.language, positive=False))
    if found:
        _, name, sentence = max(found)
        yield from _new(sets[name], Sentence(sentence, one.language, positive=True))


def _new(examples: ExampleSet, sentence: Sentence) -> Iterator[tuple[str, Sentence]]:
    if sentence not in examples.sentences:
        yield examples.name, sentence


def _examples(rule: Rule, *, opposite: bool = False) -> Iterator[tuple[ExampleRule, bool]]:
    """The example rules inside a rule, each with whether it stands below an odd number of ``not``."""
    if isinstance(rule, ExampleRule):
        yield rule, opposite
    elif isinstance(rule, AllRule | AnyRule):
        for inner in rule.rules:
            yield from _examples(inner, opposite=opposite)
    elif isinstance(rule, NotRule):
        yield from _examples(rule.rule, opposite=not opposite)


def _rated(examples: ExampleSet, text: str) -> list[tuple[str, Share]]:
    said = [one.text for one in split(0, text)]
    return list(zip(said, _shares(examples, said), strict=True))


def _shares(examples: ExampleSet, texts: Sequence[str]) -> list[Share]:
    """Probabilities of being what the set means."""
    head = head_of(examples)
    return [float(row[head.classes.index(YES)]) for row in head.probabilities(embedder().embed(texts))]


def _with_sentences(text: str, added: dict[str, list[Sentence]], version: int) -> str:
    value: dict[str, Any] = yaml.safe_load(text)
    value["version"] = version
    for name, sentences in added.items():
        for one in sentences:
            kinds = value["examples"][name].setdefault(one.language, {})
            known = kinds.setdefault("positive" if one.positive else "negative", [])
            if one.text not in known:
                known.append(one.text)
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110))


def _sets(card: Scorecard) -> dict[str, ExampleSet]:
    rules = [inner for own in card.criteria for inner in below(own.rule)]
    return {rule.examples.name: rule.examples for rule in rules if isinstance(rule, ExampleRule)}


def _change(before: ExampleSet, after: ExampleSet, added: tuple[Sentence, ...]) -> SetChange:
    rows = tuple(dict.fromkeys(added))
    old, new = _unseen(training(before)), _unseen(training(after))
    shares = _shares(before, [one.text for one in rows])
    right = [(share >= LIKELY) is one.positive for one, share in zip(rows, shares, strict=True)]
    learnt = [(new[1][one.text] >= LIKELY) is one.positive for one in rows]
    return SetChange(
        name=before.name,
        positive=sum(one.positive for one in rows),
        negative=sum(not one.positive for one in rows),
        corrected_before=sum(right) / len(right),
        corrected_after=sum(learnt) / len(learnt),
        auc_before=old[0],
        auc_after=new[0],
    )


def _unseen(examples: Examples) -> tuple[Share, dict[str, Share]]:
    """AUC over all sentences and the probability of each, all from classifiers that did not see them."""
    from sklearn.metrics import roc_auc_score

    shares = cross_validated(examples, embedder())[:, (NO, YES).index(YES)]
    area = float(roc_auc_score([label == YES for label in examples.labels], shares))
    return area, {text: float(share) for text, share in zip(examples.texts, shares, strict=True)}
