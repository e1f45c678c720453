"""Rows that other systems push, and the keys they push with. The only door to ``qa.feedback.pushing``."""

from collections.abc import Sequence
from typing import Any

from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database, settings
from dashboard.rights import lead
from qa.feedback import IMPORTERS, Outcome
from qa.feedback.pushing import Brought, PushedCall, Site, push_call, push_calls, push_rows
from qa.store.account import push_keys
from qa.store.account.push_keys import PushKey
from qa.store.kinds import ImportKind

__all__ = [
    "Brought",
    "Outcome",
    "PushKey",
    "PushedCall",
    "find",
    "keys",
    "make",
    "push",
    "push_one",
    "revoke",
]


def find(secret: str) -> PushKey | None:
    """The live key with this secret, whose use is noted; ``None`` when there is none.

    Raises:
        StoreUnavailable: the database cannot be reached.
    """
    with database().read() as tx:
        found = push_keys.find_key(tx, secret)
    if found is not None:
        with database().write() as tx:
            push_keys.note_use(tx, found)
    return found


def push(key: PushKey, what: str, rows: list[Any]) -> Outcome:
    """Store ``surveys``, ``comments`` or ``calls`` under the source of the key.

    Raises:
        BadMetadata: the rows cannot be understood; nothing was stored.
        StoreUnavailable: the database cannot be reached.
    """
    if what == "calls":
        return push_calls(_site(key), rows)
    importer = next(one for one in IMPORTERS if one.kind is ImportKind(what))
    return push_rows(_site(key), importer, rows)


def push_one(key: PushKey, row: dict[str, Any], sound: Brought | None) -> PushedCall:
    """Store one call with its recording or its words.

    Raises:
        BadMetadata, StoreUnavailable: as ``push``.
    """
    return push_call(_site(key), row, sound)


def keys(scope: Scope) -> Sequence[PushKey]:
    """Every key without its secret.

    Raises:
        PermissionError: the viewer may not manage keys.
    """
    lead("push.keys", scope)
    with database().read() as tx:
        return push_keys.list_keys(tx)


def make(scope: Scope, source: str, person: str) -> str:
    """A new key for a source, which is shown this once.

    Raises:
        PermissionError: the viewer may not manage keys.
        InvalidSetting: the name of the source cannot be used.
    """
    lead("push.make", scope)
    with database().write() as tx:
        made = push_keys.make_key(tx, source, person)
        audited(tx, Act.KEY_CHANGED, "key:push", step="made")
        return made


def revoke(scope: Scope, key_id: int) -> None:
    """A key that opens nothing from now on.

    Raises:
        PermissionError: the viewer may not manage keys.
        NotFound: there is no such key.
    """
    lead("push.revoke", scope)
    with database().write() as tx:
        push_keys.revoke_key(tx, key_id)
        audited(tx, Act.KEY_CHANGED, f"key:{key_id}", step="revoked")


def _site(key: PushKey) -> Site:
    return Site(database(), settings(), key.source)
