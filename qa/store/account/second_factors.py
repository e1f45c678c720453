"""Second factors of users: the sealed secret, recovery codes, and sign-ins that wait for a code."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from qa.store.database import Transaction
from qa.store.tables import pending_sign_ins, recovery_codes, second_factors
from qa.store.types import utc_now

f, r, p = second_factors.c, recovery_codes.c, pending_sign_ins.c


@dataclass(frozen=True, slots=True)
class Factor:
    """``sealed``: the secret; ``confirmed_at``: its first code was typed; ``last_step``: the newest taken."""

    sealed: bytes
    confirmed_at: datetime | None
    last_step: int


def find(tx: Transaction, user_id: int) -> Factor | None:
    """The factor of a user, confirmed or not."""
    row = tx.execute(select(f.sealed, f.confirmed_at, f.last_step).where(f.user_id == user_id)).one_or_none()
    return None if row is None else Factor(*row)


def having(tx: Transaction) -> frozenset[int]:
    """The users whose factor is confirmed."""
    return frozenset(tx.scalars(select(f.user_id).where(f.confirmed_at.is_not(None))))


def begin(tx: Transaction, user_id: int, sealed: bytes) -> None:
    """Keep a secret that no code was typed for yet, in place of any other."""
    remove(tx, user_id)
    values = {"user_id": user_id, "sealed": sealed, "last_step": -1, "created_at": utc_now()}
    tx.execute(insert(second_factors).values(**values))


def take_step(tx: Transaction, user_id: int, step: int) -> bool:
    """Use up the code of a step; False when it, or a later one, was taken already."""
    here = (f.user_id == user_id) & (f.last_step < step)
    if not tx.execute(update(second_factors).where(here).values(last_step=step)).rowcount:
        return False
    first = (f.user_id == user_id) & f.confirmed_at.is_(None)
    tx.execute(update(second_factors).where(first).values(confirmed_at=utc_now()))
    return True


def remove(tx: Transaction, user_id: int) -> None:
    """Take the factor away with its recovery codes and sign-ins that wait."""
    for table in (second_factors, recovery_codes, pending_sign_ins):
        tx.execute(delete(table).where(table.c.user_id == user_id))


def put_codes(tx: Transaction, user_id: int, hashes: tuple[str, ...]) -> None:
    """Recovery codes in place of those before."""
    tx.execute(delete(recovery_codes).where(r.user_id == user_id))
    tx.execute(insert(recovery_codes), [{"user_id": user_id, "code_hash": one} for one in hashes])


def spend_code(tx: Transaction, user_id: int, code_hash: str) -> bool:
    """Use up a recovery code; False when there is none like it."""
    return bool(
        tx.execute(delete(recovery_codes).where(r.user_id == user_id, r.code_hash == code_hash)).rowcount
    )


def count_codes(tx: Transaction, user_id: int) -> int:
    """How many recovery codes are left."""
    return tx.scalar(select(func.count()).select_from(recovery_codes).where(r.user_id == user_id)) or 0


def put_pending(tx: Transaction, token: str, user_id: int, expires_at: datetime) -> None:
    """A right password that waits for its code."""
    tx.execute(delete(pending_sign_ins).where(p.expires_at < utc_now()))
    values = {"token_hash": _hash(token), "user_id": user_id, "expires_at": expires_at}
    tx.execute(insert(pending_sign_ins).values(**values))


def pending(tx: Transaction, token: str) -> int | None:
    """The user of a sign-in that waits; ``None`` when it is over."""
    live = (p.token_hash == _hash(token)) & (p.expires_at > utc_now())
    found = tx.scalar(select(p.user_id).where(live))
    return None if found is None else int(found)


def end_pending(tx: Transaction, token: str) -> bool:
    """It waits no more; False when it did not wait."""
    return bool(tx.execute(delete(pending_sign_ins).where(p.token_hash == _hash(token))).rowcount)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
