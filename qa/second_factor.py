"""Second factor: time-based codes (RFC 6238: SHA-1, 6 digits, 30 seconds), and recovery codes."""

import hashlib
import hmac
import secrets
import unicodedata

STEP, DIGITS, DRIFT = 30, 6, 1
"""Seconds of a code, its length, and how many codes before and after now are taken: clocks differ."""
RECOVERY, GROUPS, GROUP = 10, 4, 4
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another


def new_secret() -> str:
    """160 random bits in base 32, as authenticators take them."""
    import pyotp

    return pyotp.random_base32(32)


def uri(secret: str, name: str, site: str) -> str:
    """The address that an authenticator reads from a picture."""
    import pyotp

    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=site)


def matching_step(secret: str, code: str, now: float, after: int) -> int | None:
    """The step that a typed code belongs to; ``None`` when it is wrong, or of a step up to ``after``: each is
    good once.

    Args:
        secret: base 32.
        code: as typed; digits of any script, spaces left out.
        now: seconds since 1970.
        after: the step of the code taken last, -1 before the first.
    """
    import pyotp

    typed, maker, middle = _digits(code), pyotp.HOTP(secret, digits=DIGITS), int(now) // STEP
    found = None
    for step in range(max(0, middle - DRIFT), middle + DRIFT + 1):
        if hmac.compare_digest(maker.at(step).encode(), typed.encode()) and step > after:
            found = step
    return found


def recovery_codes() -> tuple[str, ...]:
    """Ten codes of 79 bits, each good once."""
    return tuple(
        "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))
        for _code in range(RECOVERY)
    )


def recovery_hash(code: str) -> str:
    """What is kept of a recovery code, however typed. It is random and long: a plain hash is enough."""
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _digits(code: str) -> str:
    """Digits of any script as ASCII; another letter makes no code."""
    kept = [letter for letter in code if not letter.isspace()]
    found = [unicodedata.digit(letter, -1) for letter in kept]
    return "" if -1 in found else "".join(map(str, found))
