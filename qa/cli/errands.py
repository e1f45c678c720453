"""What a worker does between calls: one look each, in this order, after every batch and while it waits.

Each is loaded at its first look: a worker takes calls before it has loaded reports, alerts and figures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qa.cli import setup

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

Look = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Errands:
    """``looks`` in order; ``last`` are done once more when the queue is empty and the worker is to end."""

    looks: tuple[Look, ...]
    last: tuple[Look, ...]


@dataclass(eq=False, slots=True)
class _Later:
    """An errand that is made when it is first asked for."""

    make: Callable[["Database", "Settings"], Any]
    database: "Database"
    settings: "Settings"
    _made: list[Any] = field(default_factory=list)

    def __call__(self) -> Any:
        """The errand."""
        if not self._made:
            self._made.append(self.make(self.database, self.settings))
        return self._made[0]


def errands(database: "Database", settings: "Settings") -> Errands:
    """Those of this site."""
    alerts, sender = (_Later(make, database, settings) for make in (_alerts, _sender))
    folding, matters = (_Later(make, database, settings) for make in (_folding, _matters))
    words = (_Later(make, database, settings) for make in (_texts, _aspects, _complaints, _search))
    report, sealing, backup, privacy = (
        _Later(make, database, settings) for make in (_report, _sealing, _backup, _privacy)
    )
    weekly, scoring = (_Later(make, database, settings) for make in (_weekly, _scoring))
    looks: tuple[Look, ...] = (
        _called(_Later(_orphans, database, settings)),
        *_watched(database, settings),
        lambda: weekly().look(),
        *(_called(one) for one in (scoring, *words)),
        lambda: alerts().look(),
        lambda: report().look(),
        lambda: sender().look(),
        lambda: sealing().look(),
        lambda: backup().look(),
        lambda: privacy().look(),
        lambda: folding().look(),
        lambda: matters().look(),
    )
    last: tuple[Look, ...] = (
        lambda: alerts().look_now(),
        lambda: sender().look(),
        lambda: folding().look_now(),
        lambda: matters().look_now(),
    )
    return Errands(looks, last)


def _called(one: _Later) -> Look:
    def look() -> object:
        return one()()

    return look


def _watched(database: "Database", settings: "Settings") -> Iterator[Look]:
    if settings.watch_folder:
        calls = _Later(_calls, database, settings)
        yield lambda: calls().scan()
    if settings.import_folder:
        tables = _Later(_tables, database, settings)
        yield lambda: tables().look()


def _calls(database: "Database", settings: "Settings") -> Any:
    from qa.ingest import Watch

    return Watch(database, settings, settings.watch_folder)  # type: ignore[arg-type]


def _tables(database: "Database", settings: "Settings") -> Any:
    from qa.feedback import IMPORTERS
    from qa.feedback.watching import ImportWatch

    return ImportWatch(database, settings, settings.import_folder, IMPORTERS)  # type: ignore[arg-type]


def _orphans(database: "Database", settings: "Settings") -> Look:
    """Files that a death left without a row: looked for once."""
    from qa.ingest import clean_orphans

    left = [lambda: clean_orphans(database, settings)]

    def look() -> None:
        if left:
            left[0]()
            left.clear()

    return look


def _weekly(database: "Database", settings: "Settings") -> Any:
    from qa.review.weekly import Weekly

    return Weekly(database, settings)


def _scoring(database: "Database", settings: "Settings") -> Any:
    from qa.rescore import Errand

    return Errand(database, setup.options(settings))


def _texts(database: "Database", settings: "Settings") -> Any:
    from qa.feedback.reading import TextErrand

    return TextErrand(database, settings)


def _aspects(database: "Database", _settings: "Settings") -> Any:
    from qa.feedback.aspects import AspectErrand

    return AspectErrand(database)


def _complaints(database: "Database", _settings: "Settings") -> Any:
    from qa.rescore import ComplaintErrand

    return ComplaintErrand(database)


def _search(database: "Database", _settings: "Settings") -> Any:
    from qa.rescore import SearchErrand

    return SearchErrand(database)


def _alerts(database: "Database", settings: "Settings") -> Any:
    from qa.alerts import RULES, Watch

    return Watch(database, settings, RULES)


def _report(database: "Database", settings: "Settings") -> Any:
    from qa.report.schedule import ReportErrand

    return ReportErrand(database, settings)


def _sender(database: "Database", settings: "Settings") -> Any:
    from qa.deliver.errand import Sender

    return Sender(database, settings)


def _sealing(database: "Database", settings: "Settings") -> Any:
    from qa.worker.sealing import SealErrand

    return SealErrand(database, settings)


def _backup(database: "Database", settings: "Settings") -> Any:
    from qa.backup.errand import BackupErrand

    return BackupErrand(database, settings)


def _privacy(database: "Database", settings: "Settings") -> Any:
    from qa.privacy.errand import PrivacyErrand

    return PrivacyErrand(database, settings)


def _folding(database: "Database", settings: "Settings") -> Any:
    from qa.store.rollups.errand import FoldErrand

    return FoldErrand(database, settings.zone)


def _matters(database: "Database", _settings: "Settings") -> Any:
    from qa.store.care.errand import MattersErrand

    return MattersErrand(database)
