"""Forgetting a customer: looked at first, done in one transaction, finished whatever happens in between.

The transaction takes words and person out of every row, lets go of files and remembers the request. Files,
remains in the database and the certificate follow, and whoever dies over them leaves them to the next run.
"""

import hashlib
import hmac
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from qa.calendar import as_date, local_day
from qa.errors import InvalidSetting, NotFound
from qa.ingest.customers import customer_hash, region_of, site_key
from qa.privacy.certificate import Certificate, write_certificate
from qa.privacy.learnt import said_in, unlearn
from qa.settings import Settings
from qa.store.audit import Act, Entry, note
from qa.store.database import Database, Transaction
from qa.store.erasing.files import delete_files
from qa.store.erasing.holds import customer_held
from qa.store.erasing.requests import (
    Erasure,
    finish_erasure,
    known_customers,
    list_erasures,
    note_erasure,
    take_everything,
    whose,
)
from qa.store.erasing.scrub import DUE, copies, delete_copies, scrub_if_due
from qa.store.shelf.recordings import open_recordings
from qa.store.shelf.rejections import count_rejections
from qa.store.site import set_setting

HEX = 64


@dataclass(frozen=True, slots=True)
class Prospect:
    """What forgetting a customer takes: ``counts`` by kind, keys of calls that a legal hold keeps, copies of
    the database from upgrades; ``hold`` is the number of a hold on the customer, which stops it all.
    """

    counts: Mapping[str, int]
    held: tuple[str, ...]
    copies: int
    hold: int | None

    @property
    def anything(self) -> bool:
        """True when something is known of the customer."""
        return any(self.counts.values()) or bool(self.held)


class _UndoneError(Exception):
    """Ends a transaction that was only looked at."""


def customer_of(settings: Settings, typed: str, *, hashed: bool = False) -> str:
    """The customer's hash: of a number or id as it is typed at an import, or as it stands.

    Raises:
        InvalidSetting: it is no number or id, or no hash.
    """
    text = typed.strip()
    if hashed:
        if len(text) != HEX or set(text.lower()) - set("0123456789abcdef"):
            raise InvalidSetting(
                f"A customer's hash has {HEX} hexadecimal digits, this one does not; copy it."
            )
        return text.lower()
    found = customer_hash(text, site_key(settings.keys_dir), region_of(settings.zone))
    if found is None:
        raise InvalidSetting("The customer's number or id is empty or withheld; give the one of the import.")
    return found


def request_of(settings: Settings, customer: str) -> str:
    """The name of a customer's request: it tells the same customer again and leads back to nobody."""
    key = site_key(settings.keys_dir)
    return hmac.new(key, f"erasure:{customer}".encode(), hashlib.sha256).hexdigest()


def look(database: Database, settings: Settings, customer: str) -> Prospect:
    """What would go: everything is taken out and put back, so what is told is what would be done."""
    found: dict[str, Any] = {"counts": {}, "held": []}
    with database.read() as tx:
        hold = customer_held(tx, customer, _today(settings))
    with suppress(_UndoneError), database.write() as tx:
        if hold is None:
            found = _take(tx, settings, customer)
        _undo()
    return Prospect(found["counts"], tuple(found["held"]), len(copies(settings.url)), hold)


def forget(database: Database, settings: Settings, customer: str, user_id: int | None) -> Certificate:
    """Forget a customer, for good. ``user_id`` is ``None`` on the command line.

    Raises:
        NotFound: nothing is known of this customer.
        InvalidSetting: a legal hold keeps the customer; nothing was changed.
    """
    with database.write() as tx:
        hold = customer_held(tx, customer, _today(settings))
        if hold is not None:
            raise InvalidSetting(f"Legal hold {hold} keeps this customer; nothing was erased. Lift it first.")
        facts = _take(tx, settings, customer)
        if not any(facts["counts"].values()):
            raise NotFound("Nothing that may be erased is known of this customer; check the number or id.")
        request = request_of(settings, customer)
        detail = {"calls": facts["counts"]["calls"], "held": len(facts["held"])}
        by = {} if user_id is not None else {"by": "command"}
        set_setting(tx, DUE, "thorough")
        position = note(tx, Entry(Act.ERASED, user_id, f"request:{request[:16]}", {**detail, **by}))
        number = note_erasure(tx, request, {**facts, "audit": position}, user_id)
    made = finish_erasures(database, settings)
    return next(one for one in made if one.number == number)


def finish_erasures(database: Database, settings: Settings) -> tuple[Certificate, ...]:
    """Delete files, take remains out of the database, delete its copies and write the certificates of every
    request that is not finished; gives them.

    Raises:
        WriteFailed: there is no room; the next run goes on.
    """
    delete_files(database, open_recordings(settings))
    with database.read() as tx:
        waiting = list_erasures(tx, unfinished=True)
    if not waiting:
        return ()
    clean = scrub_if_due(database)
    removed = delete_copies(settings.url)
    return tuple(_certified(database, settings, one, removed, clean=clean) for one in reversed(waiting))


def erase_again(database: Database, settings: Settings, *, really: bool) -> tuple[str, ...]:
    """Forget once more whoever was forgotten and is here again, after an older back-up was restored; gives
    the requests. Certificates tell who: they stay when the database goes back.
    """
    from qa.privacy.certificate import list_certificates

    asked = {one.request for one in list_certificates(settings)}
    with database.read() as tx:
        back = {request_of(settings, one): one for one in known_customers(tx)}
    found = tuple(sorted(asked & set(back)))
    for request in found if really else ():
        forget(database, settings, back[request], None)
    return found


def _take(tx: Transaction, settings: Settings, customer: str) -> dict[str, Any]:
    found = whose(tx, customer, _today(settings))
    unlearnt = unlearn(tx, said_in(tx, found.calls))
    counts = take_everything(tx, found, settings.zone) | {"examples": unlearnt.sentences}
    return {"counts": counts, "held": list(found.held), "scorecards": list(unlearnt.kept)}


def _certified(
    database: Database, settings: Settings, one: Erasure, copies_gone: int, *, clean: bool
) -> Certificate:
    with database.read() as tx:
        refused = count_rejections(tx)
    facts = {**one.facts, "copies": copies_gone, "quarantined": refused, "clean": clean}
    made = Certificate(
        number=one.id,
        request=one.request,
        at=one.at,
        day=as_date(local_day(one.at, settings.zone)).isoformat(),
        by=one.by,
        database=database.dialect,
        facts=facts,
    )
    write_certificate(settings, made)
    if clean:  # else the next run tries again and writes it anew
        with database.write() as tx:
            finish_erasure(tx, one.id, facts)
    return made


def _undo() -> None:
    raise _UndoneError


def _today(settings: Settings) -> int:
    return local_day(datetime.now(UTC), settings.zone)
