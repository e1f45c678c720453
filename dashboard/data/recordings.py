"""The sound of a call, for those who may hear it: always without the personal data that was said in it."""

import logging
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from typing import BinaryIO

from dashboard.data import watching
from dashboard.data.site import Scope, database, settings
from qa.audio import COPY_TYPE, browser_type, clip, decode, write_playable
from qa.errors import BadRecording, NotFound, QAError, StoreUnavailable
from qa.records import Seconds, Span, Spans
from qa.store.call.detail import load_head
from qa.store.call.hidden import hidden_in
from qa.store.call.silent import MUTED, mark_of, silent_parts
from qa.store.coaching.library import get_moment
from qa.store.shelf.recordings import Kept, Out, open_recordings

log = logging.getLogger(__name__)
UNKNOWN = "application/octet-stream"
_one_copy_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Sound:
    """A file to play, and its media type: never one that a browser would run, whatever the name says."""

    file: Kept
    type: str


def sound_of(call_key: str, scope: Scope) -> Sound | None:
    """The recording of a call as a browser plays it; ``None`` when there is none that this viewer may hear.

    Where personal data was said, and of a coding that browsers do not know, it is a copy, made at the first
    hearing and kept. Before the words of a call are known nobody hears it.

    Raises:
        StoreUnavailable: that it is heard cannot be written down.
    """
    try:
        with database().read() as tx:
            head = load_head(tx, call_key, scope)
            parts = silent_parts(tx, head.id)
        if head.media is None or parts is None:
            return None
        found = _playable(head.media, parts, head.duration)
    except NotFound:
        return None
    except StoreUnavailable:
        raise
    except QAError as error:
        log.warning("no sound of a recording: %s", type(error).__name__)
        return None
    watching.heard(f"call:{call_key}")
    return found


def opened(sound: Sound) -> BinaryIO | None:
    """The bytes of a sound, seekable; ``None`` when they cannot be had now."""
    try:
        return sound.file.open()
    except QAError as error:
        log.warning("a recording cannot be opened: %s", type(error).__name__)
        return None


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
        if moment.media is None or hidden is None:
            return None
        found = _clip(moment.media, moment.span, hidden)
    except NotFound:
        return None
    except StoreUnavailable:
        raise
    except QAError as error:
        log.warning("no clip of a recording: %s", type(error).__name__)
        return None
    watching.heard(f"moment:{moment_id}")
    return found


@lru_cache(maxsize=16)
def _clip(media: str, span: Span, hidden: tuple[Span, ...]) -> bytes:
    return clip(open_recordings(settings()).file(media), span, hidden, maximum=_longest())


def _playable(media: str, parts: Spans, length: Seconds | None) -> Sound:
    recordings = open_recordings(settings())
    file = recordings.file(media)
    if media.endswith(f".{mark_of(parts)}{MUTED}"):
        return Sound(file, COPY_TYPE)
    try:
        kind = _type_of(file)
        if kind is not None and not parts:
            return Sound(file, kind)
        with _one_copy_at_a_time:
            write = partial(_write, file, parts, length)
            return Sound(recordings.copy(media, mark_of(parts), write), COPY_TYPE)
    except BadRecording as error:
        if parts:
            raise
        log.warning("no copy to play of a recording: %s", type(error).__name__)
        return Sound(file, UNKNOWN)


def _write(file: Kept, parts: Spans, length: Seconds | None, out: Out) -> None:
    known = length or decode(file, maximum=_longest())[0].duration
    write_playable(file, out, parts, length=known)


def _longest() -> Seconds:
    return settings().maximum_hours * 3600


@lru_cache(maxsize=4096)
def _type_of(file: Kept) -> str | None:
    return browser_type(file)
