"""Sealing what stands on the shelf under the current key: after a key was made, or made anew."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from qa.errors import NotFound
from qa.store.shelf.recordings import Kept, Out, Recordings
from qa.vault import is_sealed, sealed_with
from qa.vault.sealing import HEADER

PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Resealed:
    """How far it came: ``done`` of ``count`` files; ``changed`` were written anew."""

    done: int
    count: int
    changed: int


def reseal_all(recordings: Recordings) -> Iterator[Resealed]:
    """Write every file that is plain, or under an older key, anew under the current one.

    Each file is whole before and after; whoever died in between begins again and finds what is left.

    Raises:
        KeyMissing, Damaged: a file cannot be opened; it stays as it is, and so do all after it.
        WriteFailed: there is no room; what was there is still there.
    """
    places = sorted(recordings.whole())
    changed = 0
    for number, place in enumerate(places, 1):
        changed += _reseal(recordings, place)
        yield Resealed(number, len(places), changed)


def key_names(recordings: Recordings) -> Counter[str]:
    """How many files are sealed with which key, by its fingerprint; those that are not, under ``plain``."""
    found: Counter[str] = Counter()
    for place in recordings.whole():
        with suppress(NotFound):
            found[_key_of(recordings, place)] += 1
    return found


def _reseal(recordings: Recordings, place: str) -> bool:
    current = recordings.ring().current
    try:
        if current is None or _key_of(recordings, place) == current.name:
            return False
        with Kept(recordings, place).open() as file:

            def write(out: Out) -> None:
                shutil.copyfileobj(file, out, 1 << 20)

            replace(recordings, seal=True).put(place, write)
    except NotFound:
        return False  # removed since the shelf was read
    return True


def _key_of(recordings: Recordings, place: str) -> str:
    try:
        with recordings.shelf.open(place) as file:
            header = file.read(HEADER)
    except FileNotFoundError as error:
        raise NotFound(f"The file {place} is gone.") from error
    return sealed_with(header).hex() if is_sealed(header) else PLAIN
