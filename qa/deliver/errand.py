"""The worker's errand: send what waits, one message at a look."""

import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from qa.deliver.choices import read_choices, webhook_secret
from qa.deliver.mail import send_mail
from qa.deliver.sending import Undeliverable
from qa.deliver.webhook import send_webhook
from qa.records import Seconds
from qa.settings import Settings
from qa.store.alert.alert_kinds import Channel
from qa.store.alert.outbox import Message, failed, sent, take
from qa.store.database import Database

EVERY: Seconds = 5.0

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sender:
    """Asked at every look of the worker. A message is taken, sent, and only then marked: who dies in between
    leaves it to be sent again under the same key.
    """

    database: Database
    settings: Settings
    _next: float = field(default=0.0)

    def look(self) -> bool:
        """True when a message was tried now, for another may be due."""
        if time.monotonic() < self._next:
            return False
        if self.send_one(datetime.now(UTC)):
            return True
        self._next = time.monotonic() + EVERY
        return False

    def send_one(self, now: datetime) -> bool:
        """Try the message that is due longest; False when none is."""
        with self.database.read() as tx:
            quiet = read_choices(tx, self.settings).quiet
        held = quiet is not None and quiet.holds(now, self.settings.zone)
        with self.database.write() as tx:
            message = take(tx, now, patient=not held)
        if message is None:
            return False
        try:
            self._send(message, now)
        except Undeliverable as error:
            log.warning("message %d was not delivered: %s", message.id, error.code)
            with self.database.write() as tx:
                failed(tx, message, now, error.code, final=error.final)
        else:
            with self.database.write() as tx:
                sent(tx, message, now)
        return True

    def _send(self, message: Message, now: datetime) -> None:
        if message.channel is Channel.MAIL:
            send_mail(self.settings, message)
            return
        secret = webhook_secret(self.settings)
        if secret is None:
            raise Undeliverable("webhook:no-secret", final=True)
        send_webhook(message, secret, now)
