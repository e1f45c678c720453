"""``score``: stored calls against a scorecard, without listening again."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line

if TYPE_CHECKING:
    from qa.pipeline import Options
    from qa.records import Scoring
    from qa.store.database import Database
    from qa.store.filters import CallFilter
    from qa.store.listing import CallRow

Card = Annotated[
    str | None, typer.Option(help="A scorecard's id or file; default: the queue's, else by language.")
]
Since = Annotated[str | None, typer.Option(help="First day, 2026-11-22 or 1405-09-01.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
PAGE = 200


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(score)


def score(scorecard: Card = None, since: Since = None, as_json: AsJson = False) -> None:
    """Score stored calls again. Evaluations under other scorecard versions stay."""
    from qa.calendar import read_day
    from qa.store.filters import CallFilter
    from qa.store.kinds import CallStatus

    first = read_day(since) if since else None
    settings = setup.site()
    database = setup.ready(settings)
    scorer = _Scorer(database, setup.options(settings), scorecard)
    wanted = CallFilter(first_day=first, statuses=frozenset({CallStatus.DONE}))
    done = 0
    with file_progress(_count(database, wanted), "scoring") as bar:
        for row in _rows(database, wanted):
            found = scorer.score(row)
            done += found is not None
            if found is not None and as_json:
                print_json({"call": row.key, "scorecard": found.scorecard, "score": found.score})
            bar.next()
    if not as_json:
        print_line(f"{done} calls scored.")


class _Scorer:
    """The scorecards of a site and what it takes to use them on stored calls."""

    def __init__(self, database: "Database", options: "Options", wanted: str | None) -> None:
        from qa.store.people import list_queues

        self._database, self._options, self._wanted = database, options, wanted
        if wanted is not None and Path(wanted).suffix in setup.SCORECARDS:
            self._wanted = setup.publish_file(database, Path(wanted)).id
        with database.read() as tx:
            self._texts = setup.newest_texts(tx)
            self._queues = {queue.id: queue.scorecard for queue in list_queues(tx)}
        if self._wanted is not None and self._wanted not in self._texts:
            setup.scorecard_chooser(self._wanted)

    def score(self, row: "CallRow") -> "Scoring | None":
        """Score one call and keep the result; ``None`` when nothing was heard of it (generated calls)."""
        from qa.pipeline import left_out, rescore
        from qa.store.findings import load_scorable
        from qa.store.reviews import save_scoring, set_left_out
        from qa.worker.reviewing import pick_scorecard

        with self._database.read() as tx:
            stored = load_scorable(tx, row.id)
        if stored is None:
            return None
        call, measures = stored
        own = self._queues.get(row.queue_id) if row.queue_id is not None else None
        card = pick_scorecard(self._texts, self._wanted or own, call.transcript.language)
        scoring = rescore(call, measures, card)
        with self._database.write() as tx:
            save_scoring(tx, row.id, scoring)
            set_left_out(tx, row.id, left_out(call, scoring, card, self._options))
        return scoring


def _count(database: "Database", wanted: "CallFilter") -> int:
    from qa.store.listing import PageOf, list_calls
    from qa.store.scope import Scope

    with database.read() as tx:
        return list_calls(tx, Scope.all(), wanted, PageOf(limit=1)).total or 0


def _rows(database: "Database", wanted: "CallFilter") -> "Iterator[CallRow]":
    from qa.store.listing import Order, PageOf, list_calls
    from qa.store.scope import Scope

    after: str | None = None
    while True:
        with database.read() as tx:
            page = list_calls(tx, Scope.all(), wanted, PageOf(after, PAGE, Order.OLDEST, count=False))
        yield from page.rows
        if (after := page.next) is None:
            return
