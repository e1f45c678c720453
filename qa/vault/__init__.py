"""Files sealed at rest: their format, and the keys that open them (docs/privacy.md, docs/operations.md)."""

from qa.vault.keys import Key, Keyring, fresh_key
from qa.vault.opening import open_sealed
from qa.vault.passing import Passing, pass_in
from qa.vault.ring import KEY_FILE, drop_older, ensure_key, key_place, keyring, put_in_front
from qa.vault.sealing import is_sealed, seal, sealed_with

__all__ = [
    "KEY_FILE",
    "Key",
    "Keyring",
    "Passing",
    "drop_older",
    "ensure_key",
    "fresh_key",
    "is_sealed",
    "key_place",
    "keyring",
    "open_sealed",
    "pass_in",
    "put_in_front",
    "seal",
    "sealed_with",
]
