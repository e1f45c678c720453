"""What a site chose about alerts and reports: which rules, whom to tell, when to keep quiet.

Kept as settings in the database, but for the secret of the webhook: a file that its owner alone reads.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from qa.deliver.quiet import Quiet, read_quiet
from qa.errors import InvalidSetting, WriteFailed
from qa.settings import Settings
from qa.small_files import write_small
from qa.store.database import Database, Transaction
from qa.store.site import get_setting, set_setting

SETTING = "alerts"
SECRET_FILE = "webhook.key"  # noqa: S105 (the name of a file)
SHORTEST_SECRET = 16
ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}")


@dataclass(frozen=True, slots=True)
class Choices:
    """``off``: names of rules that do not look. ``language``: that of the messages. ``quiet_from`` and
    ``quiet_until`` are times of day at the site (``22:00``), empty for none.
    """

    off: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    webhook: str = ""
    language: str = "en"
    quiet_from: str = ""
    quiet_until: str = ""

    @property
    def quiet(self) -> Quiet | None:
        """The quiet hours, if any."""
        return read_quiet(self.quiet_from, self.quiet_until)


def read_choices(tx: Transaction, settings: Settings) -> Choices:
    """What the site chose; messages are in the language of the calls where nothing was chosen."""
    kept: Mapping[str, Any] = get_setting(tx, SETTING, {})
    known = {name: kept[name] for name in Choices.__dataclass_fields__ if name in kept}
    lists = {name: tuple(known[name]) for name in ("off", "mail") if name in known}
    language = "fa" if settings.language == "fa" else "en"
    return Choices(**({"language": language} | known | lists))


def save_choices(tx: Transaction, chosen: Choices) -> None:
    """Keep what the site chose.

    Raises:
        InvalidSetting: an address, the webhook or a time cannot be used; nothing is changed.
    """
    for address in chosen.mail:
        if not ADDRESS.fullmatch(address):
            raise InvalidSetting(f"{address!r} is no mail address; write it as name@example.org.")
    if chosen.webhook:
        check_webhook(chosen.webhook)
    if bool(chosen.quiet_from) != bool(chosen.quiet_until):
        raise InvalidSetting("Quiet hours need both a beginning and an end; fill in both or none.")
    read_quiet(chosen.quiet_from, chosen.quiet_until)
    set_setting(tx, SETTING, asdict(chosen))


def check_webhook(address: str) -> None:
    """Refuse what is no address of a web server.

    Raises:
        InvalidSetting: it is none. The address is not repeated: it may hold a secret.
    """
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() for letter in address):
        raise InvalidSetting("The webhook is no web address; write it as https://host/path.")


def webhook_secret(settings: Settings) -> bytes | None:
    """The secret that webhooks are signed with; ``None`` when none was set."""
    try:
        return (settings.keys_dir / SECRET_FILE).read_bytes() or None
    except OSError:
        return None


def set_webhook_secret(settings: Settings, secret: str) -> None:
    """Keep the secret, or remove it with an empty one.

    Raises:
        InvalidSetting: it is too short.
        WriteFailed: the file cannot be written.
    """
    path = settings.keys_dir / SECRET_FILE
    if secret and len(secret) < SHORTEST_SECRET:
        raise InvalidSetting(f"The secret has {len(secret)} letters; give at least {SHORTEST_SECRET}.")
    try:
        if not secret:
            path.unlink(missing_ok=True)
            return
        write_small(path, secret.encode(), replacing=True)
    except OSError as error:
        raise WriteFailed(
            f"The secret cannot be written to {path.parent} ({error.strerror}); correct the folder's rights."
        ) from error


def current(database: Database, settings: Settings) -> Choices:
    """``read_choices`` in a reading of its own."""
    with database.read() as tx:
        return read_choices(tx, settings)
