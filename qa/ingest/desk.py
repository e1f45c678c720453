"""The desk where recordings come in: what every file of a batch needs, opened once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from qa.ingest.customers import region_of, site_key
from qa.ingest.filenames import compile_patterns
from qa.settings import Settings
from qa.store.call.calls import all_media
from qa.store.database import Database
from qa.store.kinds import CallSource
from qa.store.locks import shared_lock, sole_lock
from qa.store.people import list_agents
from qa.store.shelf.recordings import Recordings, ingest_lock, open_recordings, recordings_to_fill
from qa.store.site_zone import agree


@dataclass(frozen=True, slots=True)
class Desk:
    """``agents`` are the names already known, so that a new one can be reported once."""

    database: Database
    settings: Settings
    source: CallSource
    recordings: Recordings
    patterns: tuple[re.Pattern[str], ...]
    key: bytes
    region: str
    agents: set[str]


@contextmanager
def open_desk(
    database: Database, settings: Settings, source: CallSource = CallSource.COMMAND
) -> Iterator[Desk]:
    """A desk for one batch; while it is open nobody cleans the recordings folder.

    Raises:
        InvalidSetting: a file-name pattern or the site's key file cannot be used, or the site's days are
            those of another time zone (of a process that started before they were worked out anew).
        StoreUnavailable: the database cannot be reached.
    """
    patterns = compile_patterns(settings.file_patterns)
    with shared_lock(ingest_lock(settings)):
        with database.read() as tx:
            agree(tx, settings.time_zone)
            agents = {agent.name for agent in list_agents(tx)}
        yield Desk(
            database=database,
            settings=settings,
            source=source,
            recordings=recordings_to_fill(settings),
            patterns=patterns,
            key=site_key(settings.keys_dir),
            region=region_of(settings.zone),
            agents=agents,
        )


def clean_orphans(database: Database, settings: Settings) -> int:
    """Delete recordings that no call owns, left by a process that died between the copy and its row.

    Does nothing while a desk is open in any process. Gives the number of deleted files.
    """
    recordings = open_recordings(settings)
    with sole_lock(ingest_lock(settings)) as alone:
        if not alone:
            return 0
        with database.read() as tx:
            orphans = recordings.orphans(all_media(tx))
        for media in orphans:
            recordings.remove(media)
        return len(orphans)
