"""Aspects and suggestions of imported comments, in batches: a small import at once, else by the worker."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.aspects import Dictionary, Reader, is_suggestion, parse_dictionary, shipped_dictionary
from qa.aspects.suggestions import rules_version
from qa.store.voice.aspects import (
    AspectReading,
    is_waiting,
    own_dictionary,
    save_aspects,
    set_waiting,
    unread,
)

if TYPE_CHECKING:
    from qa.store.database import Database

BATCH = 500
AT_ONCE = 3000
"""Comments that an import reads itself: about three seconds; more are left to the worker."""


def site_dictionary(database: "Database") -> Dictionary:
    """The dictionary that counts at this site.

    Raises:
        InvalidSetting: the shipped one is missing or damaged.
    """
    with database.read() as tx:
        own = own_dictionary(tx)
    return shipped_dictionary() if own is None else parse_dictionary(own)


def read_aspects(database: "Database", most: int | None = None) -> int:
    """Read comments that wait, ``most`` at most; gives how many. What is left stays marked as waiting."""
    dictionary = site_dictionary(database)
    reader, version = Reader(dictionary), reading_version(dictionary)
    done = 0
    while most is None or done < most:
        with database.read() as tx:
            some = unread(tx, version, BATCH)
        if not some:
            with database.write() as tx:
                set_waiting(tx, waiting=False)
            break
        readings = [
            AspectReading(one.id, reader.aspects(one.text, one.service), is_suggestion(one.text))
            for one in some
        ]
        with database.write() as tx:
            save_aspects(tx, version, readings)
        done += len(some)
    return done


def read_aspects_of_import(database: "Database") -> None:
    """A small import is read at once; what is more, the worker reads."""
    with database.write() as tx:
        set_waiting(tx, waiting=True)
    read_aspects(database, AT_ONCE)


def reading_version(dictionary: Dictionary) -> str:
    """24 hexadecimal digits that change with every word of the dictionary and every rule of suggestions."""
    return hashlib.sha256(f"{dictionary.version} {rules_version()}".encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class AspectErrand:
    """Looks for comments that wait, and reads one batch a look."""

    database: "Database"

    def __call__(self) -> bool:
        """One look; one small question where nothing waits. True while there may be more."""
        with self.database.read() as tx:
            if not is_waiting(tx):
                return False
        return read_aspects(self.database, BATCH) > 0
