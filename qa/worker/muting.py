"""After a review: the original gives its place to a copy without the personal data that was said in it.

Only where the site does not keep originals (``QA_KEEP_ORIGINAL``), and only of calls in which something was
redacted and whose review is kept: until then the original may be needed once more. The copy is there before
the call points to it, and the original goes after that: whenever the process dies, the call has a sound, and
what is left over is an orphan.
"""

import logging
from dataclasses import dataclass
from functools import partial

from qa.audio import decode, write_playable
from qa.errors import QAError
from qa.records import Seconds, Spans
from qa.settings import Settings
from qa.store.call.calls import get_facts
from qa.store.call.silent import muted_place, replace_media, replaceable, silent_parts
from qa.store.database import Database
from qa.store.kinds import CallStatus
from qa.store.locks import shared_lock
from qa.store.shelf.recordings import Kept, Out, ingest_lock, open_recordings

log = logging.getLogger(__name__)


def mute_call(database: Database, settings: Settings, call_id: int) -> bool:
    """Put the muted copy of one call in the place of its recording; False when there is nothing to do.

    Raises:
        QAError: the recording cannot be read or the copy not be written; what there was is still there.
    """
    with database.read() as tx:
        facts, parts = get_facts(tx, call_id), silent_parts(tx, call_id)
    media = facts.media
    if settings.keep_original or media is None or not parts or facts.status is not CallStatus.DONE:
        return False
    place, recordings = muted_place(media, parts), open_recordings(settings)
    if place == media:
        return False
    with shared_lock(ingest_lock(settings)):  # nobody takes the copy for an orphan
        longest = settings.maximum_hours * 3600
        recordings.put(place, partial(_write, recordings.file(media), parts, longest))
        with database.write() as tx:
            replaced = replace_media(tx, call_id, media, place)
    recordings.remove(media if replaced else place)
    return replaced


def try_to_mute(database: Database, settings: Settings, call_id: int) -> bool:
    """``mute_call`` that leaves what fails to the next start of a worker."""
    try:
        return mute_call(database, settings, call_id)
    except QAError as error:
        log.warning("call number %d keeps its original for now: %s", call_id, type(error).__name__)
        return False


@dataclass(slots=True)
class Leftovers:
    """Calls that a process died over before they were muted, or that were reviewed while originals stayed."""

    database: Database
    settings: Settings
    _waiting: list[int] | None = None

    def once(self) -> bool:
        """Mute one of them; True when there are more."""
        if self._waiting is None:
            with self.database.read() as tx:
                self._waiting = [] if self.settings.keep_original else list(replaceable(tx))
        if self._waiting:
            try_to_mute(self.database, self.settings, self._waiting.pop(0))
        return bool(self._waiting)


def _write(file: Kept, parts: Spans, longest: Seconds, out: Out) -> None:
    length = decode(file, maximum=longest)[0].duration
    write_playable(file, out, parts, length=length)
