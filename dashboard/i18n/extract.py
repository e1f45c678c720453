"""Keeping ``messages.pot`` and the translations in step: ``python -m dashboard.i18n extract``."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.i18n.catalogue import LOCALE_DIR, po_path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("dashboard", "pages")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
TEMPLATE = LOCALE_DIR / "messages.pot"
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""A date that never changes, so that files change only when texts do."""


def found(root: Path = ROOT) -> Catalog:
    """Every text that the code and the page templates mark for translation."""
    catalogue = Catalog(project="Shenava", version="1", charset="utf-8", creation_date=FIXED, fuzzy=False)
    for folder in FOLDERS:
        rows = extract_from_dir(root / folder, METHODS, keywords=KEYWORDS, strip_comment_tags=True)
        for file, _line, message, _comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
            catalogue.add(message, locations=[(f"{folder}/{file}", 0)], context=context)
    return catalogue


def extract(languages: Iterable[str] = ("fa",), *, clean: bool = False) -> Iterator[str]:
    """Write the template and merge it into each language; yields a line of news for each.

    New texts stand in the file untranslated: nothing is guessed. Texts that are gone stay as comments
    and come back with their translation; ``clean`` drops them.
    """
    template = found()
    _write(TEMPLATE, template)
    for code in languages:
        path = po_path(code)
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
        before = {_first(message): message.string for message in catalogue.obsolete.values()}
        catalogue.update(template, no_fuzzy_matching=True)
        for message in catalogue:
            if message.id and not _done(message):
                message.string = before.get(_first(message), message.string)
        live = {_first(message) for message in catalogue}
        kept = {} if clean else catalogue.obsolete
        catalogue.obsolete = {key: message for key, message in kept.items() if _first(message) not in live}
        _write(path, catalogue)
        missing = [message for message in catalogue if message.id and not _done(message)]
        yield f"{code}: {len(catalogue)} texts, {len(missing)} without a translation"
        yield from (f"  {message.id}" for message in missing)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _done(message: Message) -> bool:
    text = message.string
    return all(text) if isinstance(text, tuple | list) else bool(text)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.revision_date = catalogue.creation_date = FIXED
    catalogue.msgid_bugs_address, catalogue.last_translator, catalogue.language_team = (
        "",
        "Shenava",
        "Persian",
    )
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, no_location=True, include_lineno=False)
    unfinished.replace(path)
