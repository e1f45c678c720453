"""Alerts for the viewer, and what operators choose about them: rules, quiet hours, whom to tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex

from dashboard.data.acting import Act, audited
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import allowed, ask, lead
from qa.alerts import RULES
from qa.alerts.announce import trial_messages
from qa.calendar import local_day
from qa.deliver.choices import Choices, read_choices, save_choices, set_webhook_secret, webhook_secret
from qa.store.alert import alert_list, alerts, outbox
from qa.store.alert.alert_kinds import AlertState, AlertStep, MessageState
from qa.store.alert.alert_list import Alert, AlertEvent
from qa.store.alert.outbox import Message
from qa.store.coaching.items import NewItem, add_item
from qa.store.coaching.kinds import ItemOrigin
from qa.store.coaching.plan import ItemFilter, list_items
from qa.store.coaching.reach import Person
from qa.store.keyset import Cut, Sheet
from qa.store.types import utc_now

__all__ = [
    "EDITORS",
    "RULE_NAMES",
    "Alert",
    "AlertEvent",
    "AlertState",
    "AlertStep",
    "Choices",
    "Message",
    "MessageState",
    "Person",
    "Post",
]

EDITORS = allowed("action", "alerts.save")
KPI_OF = {"critical": "no_failure", "abuse": "abuse", "promise": "promises_overdue", "burst": "recovered"}
"""The figure that an action against each kind of alert is meant to move."""
MOST = 50
RULE_NAMES = tuple(rule.name for rule in RULES)


@dataclass(frozen=True, slots=True)
class Post:
    """Messages: counts by state, those that no machine tries again, whether mail and webhook are set up."""

    counts: Mapping[MessageState, int]
    dead: tuple[Message, ...]
    mail_server: bool
    secret: bool


def page(scope: Scope, states: Iterable[AlertState], limit: int, after: str | None = None) -> Sheet[Alert]:
    """A page of the alerts this viewer may see: open first, then the newest.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    with database().read() as tx:
        return alert_list.list_alerts(tx, scope, states, Cut(limit, after))


def counts(scope: Scope) -> dict[AlertState, int]:
    """How many there are of each state."""
    with database().read() as tx:
        return alert_list.count_alerts(tx, scope)


def events(numbers: Iterable[int]) -> dict[int, tuple[AlertEvent, ...]]:
    """What happened to these alerts, which the viewer was shown."""
    with database().read() as tx:
        return alert_list.events_of(tx, numbers)


def acknowledge(scope: Scope, alert_id: int, user_id: int, note: str) -> None:
    """Take an alert on.

    Raises:
        NotFound: there is none that this viewer may see.
        InvalidSetting: it is not open any more.
    """
    lead("alerts.acknowledge", scope)
    with database().write() as tx:
        alerts.acknowledge(tx, scope, alert_id, user_id, note)
        audited(tx, Act.ALERT_CHANGED, f"alert:{alert_id}", step="taken on")


def close(scope: Scope, alert_id: int, user_id: int, note: str) -> None:
    """Say that it needs nobody any more.

    Raises:
        NotFound, InvalidSetting: as ``acknowledge``.
    """
    lead("alerts.close", scope)
    with database().write() as tx:
        alerts.close(tx, scope, alert_id, user_id, note)
        audited(tx, Act.ALERT_CHANGED, f"alert:{alert_id}", step="closed")


def items_of(person: Person, alert_id: int) -> int:
    """How many action items were made of an alert, of those that this person may see."""
    wanted = ItemFilter(origin=ItemOrigin.ALERT, origin_id=alert_id)
    with database().read() as tx:
        return len(list_items(tx, person, wanted, MOST))


def make_item(person: Person, alert: Alert, what: str, due_day: int) -> None:
    """Make an action item of an alert, owned by who asks, about the figure that the alert is about.

    Raises:
        NotFound: there is no such alert that this viewer may see.
        InvalidSetting: nothing is to be done, or it is due in the past.
    """
    lead("alerts.make_item", person.scope)
    new = NewItem(
        owner_id=person.user_id,
        what=what,
        due_day=due_day,
        origin=ItemOrigin.ALERT,
        origin_id=alert.id,
        kpi=KPI_OF.get(alert.rule, alert.facts.get("kpi")),
        team_id=alert.team_id,
    )
    with database().write() as tx:
        alerts.check(tx, person.scope, alert.id)
        add_item(tx, new, local_day(utc_now(), settings().zone), person.user_id)
        audited(tx, Act.ACTION_CHANGED, f"alert:{alert.id}", step="made")


def choices() -> Choices:
    """What the site chose."""
    with database().read() as tx:
        return read_choices(tx, settings())


def save(role: Role, chosen: Choices, secret: str | None) -> None:
    """Keep what the site chose; ``secret`` replaces that of the webhook, ``None`` leaves it.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: something cannot be used; nothing is changed.
        WriteFailed: the secret cannot be written.
    """
    ask("alerts.save", role)
    with database().write() as tx:
        save_choices(tx, chosen)
        if secret is not None:
            set_webhook_secret(settings(), secret)
        audited(tx, Act.SETTING_CHANGED, "setting:alerts", secret="kept" if secret is None else "changed")


def post(role: Role) -> Post:
    """How messages fare.

    Raises:
        PermissionError: this role may not.
    """
    ask("alerts.post", role)
    with database().read() as tx:
        found = outbox.count_messages(tx), outbox.list_messages(tx, MessageState.DEAD, 10)
    return Post(*found, settings().smtp_host is not None, webhook_secret(settings()) is not None)


def send_again(role: Role, number: int) -> None:
    """Let a dead message be tried from the beginning.

    Raises:
        PermissionError: this role may not.
    """
    ask("alerts.send_again", role)
    with database().write() as tx:
        outbox.send_again(tx, number)
        audited(tx, Act.ALERT_CHANGED, f"message:{number}", step="sent again")


def send_trial(role: Role) -> int:
    """Queue a message to everybody who would get an alert; gives how many.

    Raises:
        PermissionError: this role may not.
    """
    ask("alerts.send_trial", role)
    with database().write() as tx:
        chosen = read_choices(tx, settings())
        made = sum(outbox.put(tx, one) for one in trial_messages(settings(), chosen, token_hex(4)))
        audited(tx, Act.ALERT_CHANGED, "message:trial", step="sent", messages=made)
        return made
