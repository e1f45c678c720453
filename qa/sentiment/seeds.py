"""The sentences that sentiment is learnt from: written for the project, ``data/seeds/sentiment.tsv``."""

from dataclasses import dataclass
from pathlib import Path

from qa.errors import InvalidSetting
from qa.settings import ROOT

FOLDER = ROOT / "data" / "seeds"
LABELS = ("negative", "neutral", "positive")
LANGUAGES = ("fa", "finglish", "en")
KINDS = ("comment", "call")
_COLUMNS = ("text", "label", "language", "kind")


@dataclass(frozen=True, slots=True)
class Seed:
    """One sentence: its label, its language, and where such a sentence is met."""

    text: str
    label: str
    language: str
    kind: str


def read_seeds(path: Path = FOLDER / "sentiment.tsv") -> tuple[Seed, ...]:
    """The sentences of a file, tab-separated, with the columns text, label, language and kind.

    Raises:
        InvalidSetting: the file is missing or a line is not of this form; names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSetting(f"The seed sentences {path.name} cannot be read; put the file back.") from error
    seeds = []
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        if number == 1 and tuple(cells) == _COLUMNS:
            continue
        known = len(cells) == len(_COLUMNS) and cells[1] in LABELS
        if not known or cells[2] not in LANGUAGES or cells[3] not in KINDS:
            raise InvalidSetting(
                f"{path.name}, line {number}: write text, {'/'.join(LABELS)}, {'/'.join(LANGUAGES)} and"
                f" {'/'.join(KINDS)} with tabs between them."
            )
        seeds.append(Seed(*cells))
    return tuple(seeds)
