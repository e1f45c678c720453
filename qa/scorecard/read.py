"""Scorecards from text, from a file, and the shipped ones."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from qa.errors import InvalidScorecard
from qa.scorecard.build import Builder
from qa.scorecard.examples import shared_set_forms, with_own_sets
from qa.scorecard.forms import ScorecardForm
from qa.scorecard.lexicons import LANGUAGE_WORDS, shared_lexicons
from qa.scorecard.model import Scorecard
from qa.scorecard.problems import sentence
from qa.scorecard.yaml_lines import Located, read_yaml
from qa.settings import ROOT

FOLDER = ROOT / "data" / "scorecards"
OPTIONAL = FOLDER / "optional"  # shipped to be published by those who want them
_PHRASE_LISTS = ("phrases", "partly_any", "unless", "unless_nearby")


def parse_scorecard(text: str, name: str) -> Scorecard:
    """A scorecard from YAML; ``name`` is the file's name for messages.

    Measure and placeholder names are checked by ``qa.judge.check_rules``.

    Raises:
        InvalidScorecard: one sentence with file, line, field and remedy.
    """
    document, form = checked(text, name)
    lexicons = {**shared_lexicons(form.language), **{key: tuple(own) for key, own in form.lexicons.items()}}
    own = {key: (one, document.line(("examples", key))) for key, one in form.examples.items()}
    examples = with_own_sets(own, name)
    return Builder(document, name, lexicons, examples).scorecard(form)


def load_scorecard(path: Path) -> Scorecard:
    """A scorecard from a file in UTF-8, with or without a byte order mark.

    Raises:
        InvalidScorecard: the file cannot be read, or is not a valid scorecard.
    """
    return parse_scorecard(read_text(path), path.name)


def read_text(path: Path) -> str:
    """The text of a scorecard file.

    Raises:
        InvalidScorecard: the file cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InvalidScorecard(
            f"{path.name}, line {line}: the text is not UTF-8; save the file as UTF-8."
        ) from error
    except OSError as error:
        raise InvalidScorecard(f"{path.name} cannot be read ({error.strerror}); check the path.") from error


@lru_cache(maxsize=1)
def default_scorecards() -> tuple[Scorecard, ...]:
    """The shipped scorecards, sorted by id."""
    return tuple(load_scorecard(path) for path in sorted(FOLDER.glob("*.yaml")))


@lru_cache(maxsize=1)
def shipped_texts() -> dict[str, str]:
    """The shipped scorecards as texts to publish, by id."""
    texts = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        text = with_lexicons(read_text(path), path.name)
        texts[parse_scorecard(text, path.name).id] = text
    return texts


def with_lexicons(text: str, name: str) -> str:
    """The same scorecard with the shared word lists and examples that it uses written into it.

    A published version must not change when a shared list does; publish this text.

    Raises:
        InvalidScorecard: the scorecard is not valid.
    """
    parse_scorecard(text, name)
    document, form = checked(text, name)
    shared = shared_lexicons(form.language)
    used = {key for key in (*_named(document.value), *LANGUAGE_WORDS) if key in shared}
    own = {key: list(shared[key]) for key in sorted(used - set(form.lexicons))}
    value = dict(document.value) if isinstance(document.value, dict) else {}
    value["lexicons"] = {**form.lexicons, **own}
    if any(_sets_named(document.value)):
        shared_sets = shared_set_forms()  # all of them: each lends negatives to the others
        value["examples"] = {key: one.model_dump() for key, one in {**shared_sets, **form.examples}.items()}
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110))


def checked(text: str, name: str) -> tuple[Located, ScorecardForm]:
    """The values of a text with their lines, and its form.

    Raises:
        InvalidScorecard: it is not YAML, or not of the form.
    """
    document = read_yaml(text, name)
    if not isinstance(document.value, dict):
        raise InvalidScorecard(
            f"{name}, line 1: a scorecard is a mapping that begins with id, version and language."
        )
    try:
        return document, ScorecardForm.model_validate(document.value)
    except ValidationError as error:
        raise InvalidScorecard(sentence(error, document, name)) from error


def _named(value: object, field: str = "") -> Iterable[str]:
    """Names of the word lists used anywhere below a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _named(inner, key)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, str):
                if field in _PHRASE_LISTS and inner.startswith("$"):
                    yield inner[1:]
            else:
                yield from _named(inner, field)


def _sets_named(value: object) -> Iterable[str]:
    """Names of the example sets used anywhere below a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "example" and isinstance(inner, dict) and "set" in inner:
                yield str(inner["set"])
            else:
                yield from _sets_named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sets_named(inner)
