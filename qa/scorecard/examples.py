"""Sets of example sentences that scorecards share, one file a set: ``data/examples/<name>.yaml``.

The set ``ordinary`` holds what agents and customers say all day; its sentences are negatives of every set.
So are the positives of every other set that a set does not name as related.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from qa.errors import InvalidScorecard
from qa.scorecard.form_parts import ExampleSetForm, SentencesForm
from qa.scorecard.problems import sentence
from qa.scorecard.sentence import ExampleSet, Sentence
from qa.scorecard.yaml_lines import read_yaml
from qa.settings import ROOT

ExampleSets = Mapping[str, ExampleSet]
FOLDER = ROOT / "data" / "examples"
HELD_OUT = FOLDER / "held_out"
ORDINARY = "ordinary"
FEWEST = 6  # sentences of each kind, over both languages, from which a set can be learnt


def parse_set(text: str, name: str) -> ExampleSetForm:
    """The examples in a file.

    Raises:
        InvalidScorecard: names file, line and field.
    """
    document = read_yaml(text, name)
    try:
        return ExampleSetForm.model_validate(document.value)
    except ValidationError as error:
        raise InvalidScorecard(sentence(error, document, name)) from error


@lru_cache(maxsize=1)
def shared_set_forms() -> dict[str, ExampleSetForm]:
    """The shipped sets as they are written, by name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.yaml"))}


@lru_cache(maxsize=1)
def shared_sets() -> ExampleSets:
    """The shipped sets, each with the ordinary sentences among its negatives."""
    return with_own_sets({}, "")


@lru_cache(maxsize=1)
def held_out_sets() -> dict[str, tuple[Sentence, ...]]:
    """Sentences that no set was written from, to measure what was learnt."""
    return {path.stem: _sentences(_read(path)) for path in sorted(HELD_OUT.glob("*.yaml"))}


def with_own_sets(own: Mapping[str, tuple[ExampleSetForm, int]], name: str) -> ExampleSets:
    """Shared sets with a scorecard's own before them; own ones come with their lines in the file ``name``.

    Raises:
        InvalidScorecard: an own set has too few sentences; names file, line and remedy.
    """
    if not own and name:
        return shared_sets()
    forms = {**shared_set_forms(), **{key: form for key, (form, _) in own.items()}}
    ordinary = _sentences(forms.get(ORDINARY, ExampleSetForm()))
    sets = {}
    for key, form in forms.items():
        if key == ORDINARY or not _sentences(form):
            continue  # a card with an empty set does without the shared one
        sets[key] = _set(key, _sentences(form), (*ordinary, *_lent(key, forms)))
        if key in own and (few := _fewer(sets[key])):
            raise InvalidScorecard(
                f"{name}, line {own[key][1]}: the examples {key} have {few}; write at least {FEWEST}."
            )
    return sets


def _read(path: Path) -> ExampleSetForm:
    try:
        return parse_set(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidScorecard(
            f"The examples {path.name} cannot be read; put the shipped file back."
        ) from error


def _set(name: str, own: tuple[Sentence, ...], others: Sequence[Sentence]) -> ExampleSet:
    said = {one.text for one in own}
    every = (*own, *(one for one in others if one.text not in said))
    rows = [[one.text, one.language, one.positive] for one in every]
    key = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()[:16]
    return ExampleSet(name, key, every)


def _lent(name: str, forms: Mapping[str, ExampleSetForm]) -> list[Sentence]:
    """What the other sets mean, as negatives of this one, except of sets that overlap with it."""
    return [
        Sentence(one.text, one.language, positive=False)
        for key, form in forms.items()
        if key != name and key not in forms[name].related
        for one in _sentences(form)
        if one.positive
    ]


def _sentences(form: ExampleSetForm) -> tuple[Sentence, ...]:
    rows = []
    for positive in (True, False):
        rows += [Sentence(text, "en", positive) for text in _kind(form.en, positive)]
        rows += [Sentence(text, "fa", positive) for text in _kind(form.fa, positive)]
    return tuple(rows)


def _kind(form: SentencesForm, positive: bool) -> list[str]:
    return form.positive if positive else form.negative


def _fewer(examples: ExampleSet) -> str:
    positive = sum(one.positive for one in examples.sentences)
    for count, kind in ((positive, "positive"), (len(examples.sentences) - positive, "negative")):
        if count < FEWEST:
            return f"{count} {kind} sentences"
    return ""
