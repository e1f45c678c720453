"""``bench redact``: how much personal data is found in marked lines, and how much else is hit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.printing import print_json, print_line, print_table

if TYPE_CHECKING:
    from qa.analytics.intervals import Estimate
    from qa.evaluate.redaction import RedactionFigures

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Folder = Annotated[Path | None, typer.Argument(help="A folder of your own with files like heldout_fa.tsv.")]
SETS = ("tuned", "heldout", "second", "third", "fourth")
LANGUAGES = ("fa", "en")


def redact(folder: Folder = None, as_json: AsJson = False) -> None:
    """Redact the marked lines of data/redaction, or of a folder, and count what was found and hit in vain.

    ``tuned`` are lines that the detectors were made with, the other sets those that were written
    apart from them and measured blind once (docs/privacy.md: how that went, and what was mended after it).
    """
    from qa.errors import NotFound
    from qa.evaluate.redaction import evaluate_redaction, read_marked_lines
    from qa.settings import ROOT

    place = folder or ROOT / "data" / "redaction"
    found = [
        (name, language, evaluate_redaction(read_marked_lines(path)))
        for name in SETS
        for language in LANGUAGES
        if (path := place / f"{name}_{language}.tsv").is_file()
    ]
    if not found:
        raise NotFound(f"{place.name} holds no marked lines; write files like heldout_fa.tsv there.")
    if as_json:
        print_json({"sets": [_shape(*one) for one in found]})
        return
    for one in found:
        _tell(*one)


def _tell(name: str, language: str, figures: "RedactionFigures") -> None:
    from qa.analytics.intervals import share

    rows = [(kind, gone, marked, _shown(share(gone, marked))) for kind, gone, marked in figures.per_kind]
    rows.append(("all kinds", figures.found, figures.data, _shown(share(figures.found, figures.data))))
    title = f"{name} {language}: {figures.lines} lines, {figures.utterances} utterances"
    print_table(title, ("kind", "found", "of", "recall, 95 % interval"), rows)
    false = share(figures.false_hits, figures.utterances)
    print_line(f"False hits: {figures.false_hits} in {figures.utterances} utterances, {_shown(false)}")
    for what, lines in (("missed in", figures.missed), ("hit in vain in", figures.false)):
        if lines:
            print_line(f"  {what}: {', '.join(dict.fromkeys(lines))}")


def _shown(estimate: "Estimate") -> str:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "–"
    return f"{100 * estimate.value:.1f} % [{100 * estimate.low:.1f}–{100 * estimate.high:.1f}]"


def _shape(name: str, language: str, figures: "RedactionFigures") -> dict[str, Any]:
    return {
        "set": name,
        "language": language,
        "lines": figures.lines,
        "utterances": figures.utterances,
        "marked": figures.data,
        "found": figures.found,
        "right_kind": figures.named,
        "false_hits": figures.false_hits,
        "kinds": {kind: {"found": gone, "marked": marked} for kind, gone, marked in figures.per_kind},
        "missed": list(figures.missed),
        "false": list(figures.false),
    }
