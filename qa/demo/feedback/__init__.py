"""What customers of the demo centre say outside their calls, taken in through the product's own imports."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.demo.feedback.answers import KINDS, answers
from qa.demo.feedback.remarks import Remark, Remarks, remark_id
from qa.demo.feedback.trade import callbacks, orders, queue_log
from qa.demo.feedback.visits import read_visits
from qa.demo.feedback.words import kept_readings, read_words
from qa.demo.history import History
from qa.feedback import IMPORTERS, Choices, House, house_of, import_file
from qa.feedback.models import model_in_use
from qa.records import Share
from qa.settings import Settings
from qa.store.database import Database
from qa.store.generated import Step, add_steps, generated_source, remark_numbers
from qa.store.kinds import ImportKind
from qa.store.sentiments import key_texts, save_readings

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
        desk.take_in(ImportKind.CDR, callbacks(sent, history.now))
        desk.take_in_log("\n".join(queue_log(visits, history.language)) + "\n")
    _add_steps(database, said)
    _keep_readings(database, settings)
    yield 1.0


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
