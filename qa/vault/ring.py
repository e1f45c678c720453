"""Where the keys of a site are, and the file that holds them where no other place is set."""

from pathlib import Path

from qa.errors import InvalidSetting, WriteFailed
from qa.settings import Settings
from qa.small_files import write_small
from qa.vault.keys import Key, Keyring, fresh_key, parse

KEY_FILE = "vault.key"
ENVIRONMENT = "QA_VAULT_KEY"


def keyring(settings: Settings) -> Keyring:
    """The keys of this site: of ``QA_VAULT_KEY``, else of ``QA_VAULT_KEY_FILE``, else of ``keys/vault.key``.

    Empty when there is none: files are then kept as they are.

    Raises:
        InvalidSetting: what is there is no key, or the file that is named cannot be read.
    """
    if settings.vault_key is not None:
        found = parse(settings.vault_key, ENVIRONMENT)
        if found.current is None:
            raise InvalidSetting("QA_VAULT_KEY is empty; put in a key, or take the setting out.")
        return found
    path = key_file(settings)
    try:
        return parse(path.read_text("ascii"), str(path))
    except FileNotFoundError as error:
        if settings.vault_key_file is None:
            return Keyring()
        raise InvalidSetting(
            f"The key file {path} of QA_VAULT_KEY_FILE is not there; put it back from where its copy is kept."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSetting(
            f"The key file {path} cannot be read; restore it, or give this user the right."
        ) from error


def key_file(settings: Settings) -> Path:
    """The file of the keys, there or not, when they are not in the environment."""
    return settings.vault_key_file or settings.keys_dir / KEY_FILE


def key_place(settings: Settings) -> str:
    """Where the keys come from, in words for people."""
    return ENVIRONMENT if settings.vault_key is not None else str(key_file(settings))


def ensure_key(settings: Settings) -> Keyring:
    """The keys of this site; a first key is made when there is none. Two processes make one key.

    Raises:
        InvalidSetting: what is there is no key.
        WriteFailed: the key file cannot be written.
    """
    path = key_file(settings)
    if settings.vault_key is None and not path.exists():
        _write(path, (fresh_key(),), replace=False)
    return keyring(settings)


def put_in_front(settings: Settings, key: Key) -> Keyring:
    """Make ``key`` the current one in the key file; the others stay behind it.

    Raises:
        InvalidSetting: the keys are in the environment, which only people change.
        WriteFailed: the key file cannot be written.
    """
    _only_in_a_file(settings)
    _write(key_file(settings), (key, *keyring(settings).keys), replace=True)
    return keyring(settings)


def drop_older(settings: Settings) -> None:
    """Leave the current key alone in the key file.

    Raises:
        InvalidSetting: the keys are in the environment, which only people change.
        WriteFailed: the key file cannot be written.
    """
    _only_in_a_file(settings)
    _write(key_file(settings), keyring(settings).keys[:1], replace=True)


def _only_in_a_file(settings: Settings) -> None:
    if settings.vault_key is not None:
        raise InvalidSetting(
            "QA_VAULT_KEY is in the environment, where no command changes it; put a new key of "
            "`python -m qa vault key` and a comma in front of it, and run this again."
        )


def _write(path: Path, keys: tuple[Key, ...], *, replace: bool) -> None:
    """Whole or not at all, readable by the owner alone; without ``replace`` a file that is there stays."""
    try:
        write_small(path, "".join(f"{key.text}\n" for key in keys).encode("ascii"), replacing=replace)
    except OSError as error:
        raise WriteFailed(
            f"The key file {path} cannot be written ({error.strerror}); free space or change its rights.",
            permanent=False,
        ) from error
