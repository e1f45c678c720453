"""What a worker does between calls: one look each, in this order, after every batch and while it waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def errands(database: "Database", settings: "Settings") -> Errands:
    """Those of this site."""
    from qa.alerts import RULES
    from qa.alerts import Watch as AlertWatch
    from qa.backup.errand import BackupErrand
    from qa.deliver.errand import Sender
    from qa.privacy.errand import PrivacyErrand
    from qa.report.schedule import ReportErrand
    from qa.rescore import Errand
    from qa.review.weekly import Weekly
    from qa.store.rollups.errand import FoldErrand
    from qa.worker.sealing import SealErrand

    alerts, sender = AlertWatch(database, settings, RULES), Sender(database, settings)
    folding = FoldErrand(database, settings.zone)
    looks: tuple[Look, ...] = (
        *_watched(database, settings),
        Weekly(database, settings).look,
        Errand(database, setup.options(settings)),
        *_words(database, settings),
        alerts.look,
        ReportErrand(database, settings).look,
        sender.look,
        SealErrand(database, settings).look,
        BackupErrand(database, settings).look,
        PrivacyErrand(database, settings).look,
        folding.look,
    )
    return Errands(looks, (alerts.look_now, sender.look, folding.look_now))


def _watched(database: "Database", settings: "Settings") -> Iterator[Look]:
    from qa.feedback import IMPORTERS
    from qa.feedback.watching import ImportWatch
    from qa.ingest import Watch

    if settings.watch_folder:
        yield Watch(database, settings, settings.watch_folder).scan
    if settings.import_folder:
        yield ImportWatch(database, settings, settings.import_folder, IMPORTERS).look


def _words(database: "Database", settings: "Settings") -> Iterator[Look]:
    """Readers of stored words."""
    from qa.feedback.aspects import AspectErrand
    from qa.feedback.reading import TextErrand
    from qa.rescore import ComplaintErrand, SearchErrand

    yield TextErrand(database, settings)
    yield AspectErrand(database)
    yield ComplaintErrand(database)
    yield SearchErrand(database)
