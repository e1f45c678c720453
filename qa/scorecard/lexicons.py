"""Word lists that scorecards share, one file a language: ``data/lexicons/judge-<language>.yaml``."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pydantic import ValidationError

from qa.errors import InvalidScorecard
from qa.scorecard.form_parts import LexiconForm
from qa.scorecard.phrases import parse_phrase
from qa.scorecard.problems import sentence
from qa.scorecard.yaml_lines import read_yaml
from qa.settings import ROOT

Lexicons = Mapping[str, tuple[str, ...]]
FOLDER = ROOT / "data" / "lexicons"
LANGUAGE_WORDS = ("negators", "negators_next", "negators_after", "breaks", "not_names")


@lru_cache(maxsize=8)
def shared_lexicons(language: str) -> Lexicons:
    """The shared word lists of a language, by name.

    Raises:
        InvalidScorecard: the file is damaged; names file and line.
    """
    path = FOLDER / f"judge-{language}.yaml"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidScorecard(
            f"The word lists {path.name} cannot be read; put the shipped file back."
        ) from error
    return parse_lexicons(text, path.name)


def parse_lexicons(text: str, name: str) -> Lexicons:
    """The word lists in a file.

    Raises:
        InvalidScorecard: names file, line and field.
    """
    document = read_yaml(text, name)
    try:
        form = LexiconForm.model_validate(document.value)
    except ValidationError as error:
        raise InvalidScorecard(sentence(error, document, name)) from error
    for key, phrases in form.lexicons.items():
        for place, phrase in enumerate(phrases):
            try:
                parse_phrase(phrase)
            except ValueError as error:
                line = document.line(("lexicons", key, place))
                raise InvalidScorecard(f"{name}, line {line}: the phrase {phrase!r} {error}.") from error
    return MappingProxyType({key: tuple(phrases) for key, phrases in form.lexicons.items()})
