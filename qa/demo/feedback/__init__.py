"""What customers of the demo centre say outside their calls, taken in through the product's own imports."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.demo.feedback.answers import KINDS, Answer, answers
from qa.demo.feedback.remarks import Remark, Remarks, remark_id
from qa.demo.feedback.trade import callbacks, orders, queue_log
from qa.demo.feedback.visits import customer_numbers, read_visits
from qa.demo.feedback.words import kept_readings, read_words
from qa.demo.history import History
from qa.feedback import IMPORTERS, Choices, House, house_of, import_file
from qa.feedback.models import model_in_use
from qa.records import Share
from qa.settings import Settings
from qa.store.care.care_filter import CareFilter
from qa.store.care.left_alone import list_left_alone
from qa.store.database import Database
from qa.store.kinds import FollowUpReason, ImportKind
from qa.store.made.generated import Step, add_steps, generated_source, remark_numbers
from qa.store.scope import Scope
from qa.store.voice.sentiments import key_texts, save_readings

if TYPE_CHECKING:
    Rows = list[dict[str, Any]]

__all__ = ["SOURCE", "write_feedback"]

SOURCE = "demo centre, generated"


def write_feedback(database: Database, settings: Settings, history: History) -> Iterator[Share]:
    """Surveys, comments with their ledger, orders and telephone records of the generated calls; yields the
    share done.
    """
    words = read_words()
    visits = read_visits(database, settings, history)
    if not visits:
        return
    sent = answers(visits, words, (history.language, history.now))
    said = Remarks(words, history.language, history.now).draw(visits)
    bought = orders(visits, said, (visits[0].at, history.now))
    yield 0.2
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        desk = _Desk(database, house_of(settings), Path(folder))
        for kind in KINDS:
            rows = [one.row() for one in sent if one.kind is kind]
            desk.take_in(ImportKind.SURVEYS, rows, f"{SOURCE}: {kind.value}")
        desk.take_in(ImportKind.COMMENTS, [one.row(history.language) for one in said])
        yield 0.5
        desk.take_in(ImportKind.ORDERS, bought)
        desk.take_in(ImportKind.CDR, callbacks(_unhappy(database, settings, history, sent), history.now))
        desk.take_in_log("\n".join(queue_log(visits, history.language)) + "\n")
    _add_steps(database, said)
    _keep_readings(database, settings)
    yield 1.0


def _unhappy(
    database: Database, settings: Settings, history: History, sent: list[Answer]
) -> list[tuple[datetime, int]]:
    """Since when which customer should be called: low answers, and what else is on the list of those left
    alone.
    """
    numbers = customer_numbers(settings, history)
    wanted = CareFilter(reasons=frozenset({FollowUpReason.CALL_COMPLAINT, FollowUpReason.BROKEN_PROMISE}))
    with database.read() as tx:
        waiting = list_left_alone(tx, Scope.all(), wanted, history.calls)
    matters = [(one.at, numbers[one.customer]) for one in waiting if one.customer in numbers]
    low = [(one.answered, one.visit.customer) for one in sent if one.unhappy and one.known[1]]
    return sorted([*matters, *((at, customer) for at, customer in low if at is not None)])


class _Desk:
    """Files of the demo, written and taken in one after another."""

    def __init__(self, database: Database, house: House, folder: Path) -> None:
        self._database, self._house, self._folder = database, house, folder

    def take_in(self, kind: ImportKind, rows: "Rows", source: str = SOURCE) -> None:
        """A table through the importer of its kind; nothing where there are no rows."""
        if not rows:
            return
        path = self._folder / f"demo-{kind.value}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        self._import(kind, path, source)

    def take_in_log(self, text: str) -> None:
        """The queue log."""
        path = self._folder / "queue_log"
        path.write_text(text, encoding="utf-8")
        self._import(ImportKind.QUEUE_LOG, path, SOURCE)

    def _import(self, kind: ImportKind, path: Path, source: str) -> None:
        with self._database.write() as tx:
            generated_source(tx, kind, source)
        importer = next(one for one in IMPORTERS if one.kind is kind)
        import_file(self._database, importer, path, Choices({}), (self._house, source))


def _add_steps(database: Database, said: list[Remark]) -> None:
    with database.write() as tx:
        numbers = remark_numbers(tx, SOURCE)
        steps = [
            Step(numbers[remark_id(one.number)], step, at, text)
            for one in said
            for step, at, text in one.steps
            if remark_id(one.number) in numbers
        ]
        add_steps(tx, steps)


def _keep_readings(database: Database, settings: Settings) -> None:
    """The shipped readings, where the model in use made them; else a worker reads the texts."""
    key_texts(database)
    model, readings = kept_readings()
    if model == model_in_use(database, settings).key:
        with database.write() as tx:
            save_readings(tx, model, readings)
