"""An alert as messages: to every mail address and to the webhook of the site, in the same transaction."""

import hashlib
from collections.abc import Iterable
from typing import Any

from qa.alerts.wording import detail, title
from qa.calendar import as_date
from qa.deliver.choices import Choices
from qa.settings import Settings
from qa.store.alert.alert_kinds import Channel
from qa.store.alert.alert_list import Alert
from qa.store.alert.outbox import NewMessage, put
from qa.store.database import Transaction

SITE = {"en": "Shenava", "fa": "شنوا"}
OPEN = {"en": "Open it", "fa": "دیدن آن"}
END = {
    "en": "This message holds counts and figures alone; what was said stays in the house.",
    "fa": "در این پیام تنها شمار و رقم است؛ آنچه گفته شده در سامانه می‌ماند.",
}


def announce(tx: Transaction, settings: Settings, chosen: Choices, alert: Alert) -> None:
    """Queue what is to leave. Alerts about the demo centre stay: nobody is called for made-up calls."""
    if not alert.generated:
        for message in messages(settings, chosen, alert):
            put(tx, message)


def messages(settings: Settings, chosen: Choices, alert: Alert) -> Iterable[NewMessage]:
    """The messages about an alert. Their key is the alert's number and the way they go."""
    language = chosen.language
    lines = [title(alert, language), detail(alert, language)]
    address = link(settings, alert)
    text = "\n\n".join([*lines, *([f"{OPEN[language]}: {address}"] if address else []), END[language]])
    for to in chosen.mail if settings.smtp_host else ():
        body = {"subject": f"{SITE[language]}: {lines[0]}", "text": text}
        yield _message(alert, Channel.MAIL, to, body)
    if chosen.webhook:
        yield _message(alert, Channel.WEBHOOK, chosen.webhook, webhook_body(settings, chosen, alert))


def webhook_body(settings: Settings, chosen: Choices, alert: Alert) -> dict[str, Any]:
    """What a webhook gets; docs/alerts.md says what each part means."""
    return {
        "kind": "alert",
        "id": alert.id,
        "rule": alert.rule,
        "title": title(alert, chosen.language),
        "detail": detail(alert, chosen.language),
        "count": alert.count,
        "first_day": as_date(alert.first_day).isoformat(),
        "last_day": as_date(alert.last_day).isoformat(),
        "team": alert.team,
        "facts": dict(alert.facts),
        "raised_at": alert.created_at.isoformat(),
        "link": link(settings, alert),
    }


def trial_messages(settings: Settings, chosen: Choices, mark: str) -> Iterable[NewMessage]:
    """A message to everybody who would get an alert, to see that it arrives; ``mark`` tells it apart."""
    words = {"en": "Test message", "fa": "پیام آزمایشی"}[chosen.language]
    body = {"subject": f"{SITE[chosen.language]}: {words}", "text": words}
    for to in chosen.mail if settings.smtp_host else ():
        yield NewMessage(_key(f"test-{mark}", Channel.MAIL, to), Channel.MAIL, "test", to, body)
    if chosen.webhook:
        key = _key(f"test-{mark}", Channel.WEBHOOK, chosen.webhook)
        yield NewMessage(key, Channel.WEBHOOK, "test", chosen.webhook, {"kind": "test", "title": words})


def link(settings: Settings, alert: Alert) -> str | None:
    """Where the alert is seen; ``None`` where the site has not said how it is reached."""
    return f"{settings.public_url.rstrip('/')}/alerts?alert={alert.id}" if settings.public_url else None


def _message(alert: Alert, channel: Channel, to: str, body: dict[str, Any]) -> NewMessage:
    key = _key(f"alert-{alert.id}", channel, to)
    return NewMessage(key, channel, "alert", to, body, patient=True, alert_id=alert.id)


def _key(what: str, channel: Channel, to: str) -> str:
    return f"{what}-{channel.value}-{hashlib.sha256(to.encode()).hexdigest()[:16]}"
