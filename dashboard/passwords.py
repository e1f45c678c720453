"""Passwords: argon2id, a dummy for names that nobody has, and what a password must be."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.i18n import _, number

SHORTEST, LONGEST, FEWEST_DIFFERENT = 10, 256, 5
EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _dummy() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher().hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """True when the password is the one that was hashed. Takes as long when there is no hash."""
    try:
        _hasher().verify(password_hash or _dummy(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def weakness(password: str, name: str) -> str:
    """What is wrong with a new password, in one sentence; empty when nothing is."""
    if len(password) < SHORTEST:
        return _("Use at least {count} characters; a short sentence works well.", count=number(SHORTEST))
    if len(password) > LONGEST:
        return _("Use at most {count} characters.", count=number(LONGEST))
    if len(set(password)) < FEWEST_DIFFERENT:
        return _("Use more different characters.")
    if name and name.casefold() in password.casefold():
        return _("Leave the user name out of the password.")
    return ""


def one_time() -> str:
    """A random password that is easy to read out: three groups of four, 59 bits."""
    groups = ("".join(secrets.choice(EASY_LETTERS) for _place in range(4)) for _group in range(3))
    return "-".join(groups)
