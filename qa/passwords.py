"""Passwords: argon2id, a dummy for names that nobody has, and what a new password must be."""

import secrets
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from qa.common_passwords import is_common
from qa.errors import InvalidSetting

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST, FEWEST_DIFFERENT = 10, 256, 5
EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another


class Weakness(StrEnum):
    """What is wrong with a new password, as one sentence with the remedy."""

    SHORT = f"The password is too short; use {SHORTEST} or more characters."
    LONG = f"The password is too long; use {LONGEST} characters or fewer."
    ALIKE = f"The password repeats few characters; use {FEWEST_DIFFERENT} or more different ones."
    COMMON = "The password is one that many people use; choose words that nobody else puts together."
    NAMED = "The password holds the user name; leave the name out of it."


def weakness(password: str, name: str) -> Weakness | None:
    """What is wrong with a new password of the user ``name``; ``None`` when nothing is."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    if len(set(password)) < FEWEST_DIFFERENT:
        return Weakness.ALIKE
    if name and name.casefold() in password.casefold():
        return Weakness.NAMED
    return Weakness.COMMON if is_common(password) else None


def check_password(password: str, name: str) -> None:
    """Refuse a new password that is too weak.

    Raises:
        InvalidSetting: it is; never quotes it.
    """
    weak = weakness(password, name)
    if weak is not None:
        raise InvalidSetting(weak.value)


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher().hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """True when the password is the one that was hashed. Takes as long when there is no hash."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(password_hash or _dummy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def one_time() -> str:
    """A random password that is easy to read out: three groups of four, 59 bits."""
    groups = ("".join(secrets.choice(EASY_LETTERS) for _place in range(4)) for _group in range(3))
    return "-".join(groups)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _dummy() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
