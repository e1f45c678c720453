"""Second factors for the desk: enrolling, checking a code, recovery codes, sign-ins that wait for a code."""

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

from dashboard.data.acting import Act, audited, audited_as
from dashboard.data.site import database, settings
from dashboard.settings import desk
from qa import second_factor as codes
from qa.store.account import second_factors as stored
from qa.store.account.users import User
from qa.store.database import Transaction
from qa.vault import Keyring, ensure_key, open_sealed, seal

PATIENCE = timedelta(minutes=5)
"""How long a right password waits for its code."""
KEY_FILE = "second-factor.key"


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when the factor of a user is on (``None``: it is not), and how many recovery codes are left."""

    since: datetime | None
    codes_left: int


def standing(user_id: int) -> Standing:
    """How it stands for a user."""
    with database().read() as tx:
        found = stored.find(tx, user_id)
        return Standing(found.confirmed_at if found else None, stored.count_codes(tx, user_id))


def having() -> frozenset[int]:
    """The users who have one."""
    with database().read() as tx:
        return stored.having(tx)


def is_on(user_id: int) -> bool:
    """True when a sign-in with the password asks for a code."""
    return standing(user_id).since is not None


def demanded(user: User) -> bool:
    """True when this user may not be without; who comes in by the organisation's account has it there."""
    return user.role.value in desk().second_factor_roles and user.subject is None


def missing(user: User) -> bool:
    """True when this user may go nowhere before making one."""
    return demanded(user) and not is_on(user.id)


def enrol(user_id: int) -> str:
    """The secret of an enrolment; the same until its first code is typed.

    Raises:
        WriteFailed, InvalidSetting: the key that secrets are sealed with cannot be made or read.
    """
    keys = _keys()
    with database().write() as tx:
        found = stored.find(tx, user_id)
        if found is not None and found.confirmed_at is None:
            return _open(found.sealed, user_id, keys)
        secret, out = codes.new_secret(), BytesIO()
        seal(BytesIO(secret.encode()), out, keys, _name(user_id))
        stored.begin(tx, user_id, out.getvalue())
    return secret


def confirm(user_id: int, code: str) -> tuple[str, ...]:
    """Turn it on with its first code; gives the recovery codes, shown this once, none for a wrong code."""
    with database().write() as tx:
        found = stored.find(tx, user_id)
        if found is None or found.confirmed_at is not None or not _take(tx, user_id, found, code):
            return ()
        audited(tx, Act.SECOND_FACTOR, f"user:{user_id}", step="turned on")
        return _fresh_codes(tx, user_id)


def check(user_id: int, code: str) -> bool:
    """True when this is a code of now that was not used before, or a recovery code; it is used up then."""
    with database().write() as tx:
        found = stored.find(tx, user_id)
        if found is None or found.confirmed_at is None:
            return False
        if _take(tx, user_id, found, code):
            return True
        spent = stored.spend_code(tx, user_id, codes.recovery_hash(code))
        if spent:
            audited_as(tx, user_id, Act.SECOND_FACTOR, f"user:{user_id}", step="recovery code used")
        return spent


def renew(user_id: int) -> tuple[str, ...]:
    """Other recovery codes; those before are worth nothing."""
    with database().write() as tx:
        audited(tx, Act.SECOND_FACTOR, f"user:{user_id}", step="recovery codes renewed")
        return _fresh_codes(tx, user_id)


def remove(user_id: int) -> None:
    """Turn it off."""
    with database().write() as tx:
        stored.remove(tx, user_id)
        audited(tx, Act.SECOND_FACTOR, f"user:{user_id}", step="turned off")


def wait_for_code(user_id: int) -> str:
    """A token for a right password that waits for its code."""
    token = secrets.token_urlsafe(32)
    with database().write() as tx:
        stored.put_pending(tx, token, user_id, datetime.now(UTC) + PATIENCE)
    return token


def waiting(token: str) -> int | None:
    """The user of a sign-in that waits; ``None`` when it does no more."""
    if not token:
        return None
    with database().read() as tx:
        return stored.pending(tx, token)


def wait_no_more(token: str) -> bool:
    """End a sign-in that waits; False when somebody ended it before."""
    with database().write() as tx:
        return stored.end_pending(tx, token)


def _take(tx: Transaction, user_id: int, found: stored.Factor, code: str) -> bool:
    secret = _open(found.sealed, user_id, _keys())
    step = codes.matching_step(secret, code, time.time(), found.last_step)
    return step is not None and stored.take_step(tx, user_id, step)


def _fresh_codes(tx: Transaction, user_id: int) -> tuple[str, ...]:
    made = codes.recovery_codes()
    stored.put_codes(tx, user_id, tuple(map(codes.recovery_hash, made)))
    return made


def _open(sealed: bytes, user_id: int, keys: Keyring) -> str:
    with open_sealed(BytesIO(sealed), keys, _name(user_id)) as file:
        return file.read().decode()


def _name(user_id: int) -> str:
    """What a secret was sealed under, so that nobody's row opens as another's."""
    return f"second factor of user {user_id}"


def _keys() -> Keyring:
    """A key of its own, so that keys of recordings can be changed and dropped without a thought of users."""
    site = settings()
    own = {"vault_key": None, "vault_key_file": site.keys_dir / KEY_FILE}
    return ensure_key(site.model_copy(update=own))
