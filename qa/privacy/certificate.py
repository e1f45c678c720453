"""The proof that a customer was forgotten: JSON for programs, one page in both languages for people."""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, Literal

from qa.errors import NotFound
from qa.privacy.words import FRAME, STAYS, THINGS
from qa.settings import Settings
from qa.store.shelf.writing import write_atomically
from qa.written import moment, number

FOLDER = "certificates"
FORMAT = 1
ALWAYS = ("counts", "keys", "audit", "backups", "originals", "typed")
Language = Literal["en", "fa"]


@dataclass(frozen=True, slots=True)
class Certificate:
    """One request that was carried out.

    Attributes:
        request: keyed hash of the customer's hash; the number is nowhere.
        day: the site's day, ISO; ``by``: who did it, ``None`` for the command line.
        facts: ``counts`` by kind, ``held`` (keys of calls), ``audit`` (position), ``copies``,
            ``quarantined``, ``scorecards``, ``clean`` (the database's files hold no remains).
    """

    number: int
    request: str
    at: datetime
    day: str
    by: str | None
    database: str
    facts: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What its files are called, without their ending."""
        return f"erasure-{self.day}-{self.number:04d}"


def write_certificate(settings: Settings, made: Certificate) -> None:
    """Write both files whole or not at all.

    Raises:
        WriteFailed: there is no room.
    """
    folder = settings.data_dir / FOLDER
    text = json.dumps(shape(made), ensure_ascii=False, indent=1)
    write_atomically(folder / f"{made.name}.json", io.BytesIO(f"{text}\n".encode()))
    write_atomically(folder / f"{made.name}.html", io.BytesIO(page(made, settings).encode()))


def list_certificates(settings: Settings) -> tuple[Certificate, ...]:
    """Every certificate in the folder, the newest first; a file that is none is left out."""
    found = (
        _read(path) for path in sorted((settings.data_dir / FOLDER).glob("erasure-*.json"), reverse=True)
    )
    return tuple(sorted((one for one in found if one), key=lambda one: (one.at, one.number), reverse=True))


def certificate_file(settings: Settings, name: str, ending: Literal[".json", ".html"]) -> bytes:
    """One file of a certificate, by the name of one that is listed.

    Raises:
        NotFound: there is none of this name.
    """
    if name not in {one.name for one in list_certificates(settings)}:
        raise NotFound(f"There is no certificate {Path(name).name!r}; reload the page.")
    return (settings.data_dir / FOLDER / f"{name}{ending}").read_bytes()


def shape(made: Certificate) -> dict[str, Any]:
    """The certificate as plain values (docs/formats.md)."""
    facts = made.facts
    return {
        "format": FORMAT,
        "number": made.number,
        "request": made.request,
        "at": made.at.isoformat(),
        "day": made.day,
        "by": made.by or "command",
        "audit": facts["audit"],
        "database": made.database,
        "clean": facts["clean"],
        "removed": {**facts["counts"], "copies": facts["copies"]},
        "held": list(facts["held"]),
        "scorecards": list(facts["scorecards"]),
        "quarantined": facts["quarantined"],
        "stays": dict(stays(made, "en")),
    }


def stays(made: Certificate, language: Language) -> Iterator[tuple[str, str]]:
    """What is left and why: key and sentence."""
    facts = made.facts
    more: dict[str, dict[str, str]] = {}
    named = {"held": facts["held"], "scorecards": facts["scorecards"]}
    more |= {key: {"names": ", ".join(names)} for key, names in named.items() if names}
    if facts["quarantined"]:
        more["quarantined"] = {"count": number(facts["quarantined"], 0, language)}
    keys = [*ALWAYS, *more, *(["log"] if made.database == "postgresql" else [])]
    for key in keys if facts["clean"] else [*keys, "unclean"]:
        yield key, STAYS[key][language].format(**more.get(key, {}))


def page(made: Certificate, settings: Settings) -> str:
    """The certificate as one HTML file that needs nothing else, in English and Persian."""
    parts = "".join(_part(made, settings, language) for language in ("en", "fa"))
    title = escape(f"{FRAME['title']['en']} {made.number}")
    head = f"<!doctype html>\n<html lang='en'><meta charset='utf-8'><title>{title}</title>"
    return f"{head}{STYLE}{parts}</html>\n"


STYLE = (
    "<style>body{font:15px/1.7 Vazirmatn,system-ui,sans-serif;margin:2rem auto;max-width:46rem;"
    "padding:0 1rem}"
    "section{border-top:2px solid;margin-top:2rem;padding-top:1rem}table{border-collapse:collapse;width:100%}"
    "td{border-bottom:1px solid #ccc;padding:.25rem 0;vertical-align:top}td+td{text-align:end}"
    "code{direction:ltr;unicode-bidi:isolate;word-break:break-all}</style>"
)


def _part(made: Certificate, settings: Settings, language: Language) -> str:
    def say(key: str) -> str:
        return escape(FRAME[key][language])

    by = escape(made.by) if made.by else say("command")
    head = (
        ("number", number(made.number, 0, language)),
        ("request", f"<code>{escape(made.request)}</code>"),
        ("done", escape(moment(made.at, settings.zone, language))),
        ("by", by),
        ("audit", number(made.facts["audit"], 0, language)),
    )
    removed = {**made.facts["counts"], "copies": made.facts["copies"]}
    things = ((escape(THINGS[key][language]), number(count, 0, language)) for key, count in removed.items())
    left = "".join(f"<li>{escape(text)}</li>" for _, text in stays(made, language))
    direction = "rtl" if language == "fa" else "ltr"
    return (
        f"<section lang='{language}' dir='{direction}'><h1>{say('title')}</h1>"
        f"{_table((say(key), text) for key, text in head)}<p>{say('note')}</p>"
        f"<h2>{say('removed')}</h2>{_table(things)}<h2>{say('stays')}</h2><ul>{left}</ul></section>"
    )


def _table(rows: Iterator[tuple[str, str]]) -> str:
    return f"<table>{''.join(f'<tr><td>{name}</td><td>{text}</td></tr>' for name, text in rows)}</table>"


def _read(path: Path) -> Certificate | None:
    try:
        value = json.loads(path.read_text("utf-8"))
        counts = {key: count for key, count in value["removed"].items() if key != "copies"}
        names = ("audit", "held", "scorecards", "quarantined", "clean")
        facts = {"counts": counts, "copies": value["removed"]["copies"], **{key: value[key] for key in names}}
        at, by = datetime.fromisoformat(value["at"]), value["by"]
        by = None if by == "command" else str(by)
        return Certificate(value["number"], value["request"], at, value["day"], by, value["database"], facts)
    except (OSError, ValueError, KeyError, TypeError):
        return None
