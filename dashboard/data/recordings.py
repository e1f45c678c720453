"""The file behind a call, for those who may hear it."""

import logging
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock

from dashboard.data import watching
from dashboard.data.site import Scope, database, settings
from qa.audio import COPY_TYPE, browser_type, clip, write_playable
from qa.errors import BadRecording, NotFound, WriteFailed
from qa.records import Span
from qa.store.detail import load_head
from qa.store.hidden import hidden_in
from qa.store.library import get_moment
from qa.store.recordings import Recordings

log = logging.getLogger(__name__)
UNKNOWN = "application/octet-stream"
_one_copy_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Sound:
    """A file to play, and its media type: never one that a browser would run, whatever the name says."""

    path: Path
    type: str


def sound_of(call_key: str, scope: Scope) -> Sound | None:
    """The recording of a call as a browser plays it; ``None`` when there is none that this viewer may hear.

    Of a coding that browsers do not know a copy is made at the first hearing, which is kept.

    Raises:
        StoreUnavailable: that it is heard cannot be written down.
    """
    try:
        with database().read() as tx:
            media = load_head(tx, call_key, scope).media
        found = _playable(media) if media else None
    except NotFound:
        return None
    if found is not None:
        watching.heard(f"call:{call_key}")
    return found


def clip_of(moment_id: int, scope: Scope) -> bytes | None:
    """The sound of an exemplary moment alone, personal data silent; ``None`` when there is none that this
    viewer may hear.

    Raises:
        StoreUnavailable: that it is heard cannot be written down.
    """
    try:
        with database().read() as tx:
            moment = get_moment(tx, moment_id, scope)
            hidden = hidden_in(tx, moment)
        found = None if moment.media is None else _clip(moment.media, moment.span, hidden)
    except NotFound:
        return None
    except BadRecording as error:
        log.warning("no clip of a recording: %s", type(error).__name__)
        return None
    if found is not None:
        watching.heard(f"moment:{moment_id}")
    return found


@lru_cache(maxsize=16)
def _clip(media: str, span: Span, hidden: tuple[Span, ...]) -> bytes:
    path = Recordings(settings().recordings_dir).path(media)
    return clip(path, span, hidden, maximum=settings().maximum_hours * 3600)


def _playable(media: str) -> Sound:
    recordings = Recordings(settings().recordings_dir)
    path = recordings.path(media)
    try:
        if (kind := _type_of(path, path.stat().st_mtime_ns)) is not None:
            return Sound(path, kind)
        write = partial(write_playable, path, maximum=settings().maximum_hours * 3600)
        with _one_copy_at_a_time:
            return Sound(recordings.playable(media, write), COPY_TYPE)
    except (BadRecording, WriteFailed) as error:
        log.warning("no copy to play of a recording: %s", type(error).__name__)
        return Sound(path, UNKNOWN)


@lru_cache(maxsize=4096)
def _type_of(path: Path, _changed: int) -> str | None:
    return browser_type(path)
