"""``bench search``: how long it takes to find words in very many calls."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.large_centre import Calls, Data, Language, Url, Wanted, filled, kept_folder
from qa.cli.printing import file_progress, print_json, print_line

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

TIMES = 5
FIGURES = ("cpu", "least", "median", "slowest")
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def search(
    calls: Calls = 20_000,
    data: Data = None,
    url: Url = None,
    language: Language = "fa",
    as_json: AsJson = False,
) -> None:
    """Generate a centre whose calls have words, and look for common, rare and unique ones.

    Prints the least, the median and the slowest of five pages of 25 calls with their excerpts, in
    milliseconds; cpu: the least that a processor was at work for one, here and in PostgreSQL beside it.
    """
    with kept_folder(data) as folder:
        settings = filled(folder, Wanted(calls, language, url=url))
        rows = _asked(settings, calls, language)
    if as_json:
        print_json({"calls": calls, "questions": rows})
        return
    heads = "".join(f"{name:>10}" for name in FIGURES)
    print_line(f"{'looked for':28}{'calls':>12}{heads}   (ms)")
    for one in rows:
        many = "many" if one["found"] is None else str(one["found"])
        print_line(f"{one['what']:28}{many:>12}" + "".join(f"{one[name]:10.1f}" for name in FIGURES))


def _asked(settings: "Settings", calls: int, language: str) -> list[dict[str, Any]]:
    from qa.demo.large.words import give_words
    from qa.store.database import Database

    database = Database.open(settings.url)
    with file_progress(calls, "writing words") as bar:
        for written in give_words(database, "fa" if language == "fa" else "en"):
            bar.to(written, "writing words")
    rows = [_timed(database, what, query, side) for what, query, side in _questions(calls, language)]
    database.close()
    return rows


def _questions(calls: int, language: str) -> list[tuple[str, str, str]]:
    """Name, what is typed, by whom: from words that every call holds to one that a single call holds."""
    from qa.demo.large.words import own_word, ranked

    words = ranked("fa" if language == "fa" else "en")
    return [
        ("commonest word", words[0], ""),
        ("tenth word", words[10], ""),
        ("tenth word, the customer", words[10], "customer"),
        ("word of rank 300", words[300], ""),
        ("word of rank 3,000", words[3000], ""),
        ("word of rank 30,000", words[30_000], ""),
        ("one dialogue's own word", own_word(calls % 1000), ""),
        ("two common words", f"{words[1]} {words[2]}", ""),
        ("phrase of common words", f'"{words[0]} {words[1]}"', ""),
        ("rare and common", f"{words[3000]} {words[0]}", "agent"),
        ("no call", "qwxqwxqwx", ""),
    ]


def _timed(database: "Database", what: str, query: str, side: str) -> dict[str, Any]:
    from qa.store.lists.excerpts import excerpts
    from qa.store.lists.filters import CallFilter
    from qa.store.lists.listing import PageOf, list_calls
    from qa.store.lists.search import Said
    from qa.store.scope import Scope
    from qa.store.work.vitals import at_work

    filters, taken, worked, total = CallFilter(search=query, said=Said(side)), [], [], None
    for _time in range(TIMES):
        with database.read() as tx:
            begun, before = time.perf_counter(), time.process_time() + at_work(tx)
            page = list_calls(tx, Scope.all(), filters, PageOf(limit=25))
            excerpts(tx, Scope.all(), [row.key for row in page.rows], query, filters.said)
            taken.append(1000 * (time.perf_counter() - begun))
            worked.append(1000 * (time.process_time() + at_work(tx) - before))
        total = page.total
    figures = (min(worked), min(taken), sorted(taken)[TIMES // 2], max(taken))
    return {"what": what, "found": total, **dict(zip(FIGURES, figures, strict=True))}
