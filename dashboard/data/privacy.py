"""What is kept and for how long, legal holds, customers who are forgotten, and who looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import streamlit as st

from dashboard.data.acting import Act, audited
from dashboard.data.behind import Behind, Found
from dashboard.data.care import alone
from dashboard.data.kinds import Role
from dashboard.data.site import database, settings
from dashboard.data.voice import listed
from dashboard.rights import allowed, ask
from qa import privacy
from qa.calendar import local_day
from qa.privacy import Certificate, Prospect
from qa.privacy.certificate import certificate_file
from qa.privacy.retention import Kept, Rules, Schedule, look_over, mark_of, read_rules, read_schedule
from qa.privacy.retention import set_rule as keep_rule
from qa.privacy.retention import switch as switch_to
from qa.store.audit.looked import LOOKS, looks_since
from qa.store.erasing.holds import Hold, NewHold, add_hold, lift_hold, list_holds

__all__ = [
    "KEEPERS",
    "LOOKS",
    "Certificate",
    "Hold",
    "Kept",
    "NewHold",
    "Overview",
    "Prospect",
    "Schedule",
    "certificate",
    "certificates",
    "forget",
    "hold",
    "kept",
    "lift",
    "look",
    "overview",
    "set_rule",
    "switch",
]

KEEPERS = allowed("action", "privacy.set_rule")
LOOKED = timedelta(days=28)
COUNTED = 600
"""Seconds that counts of what is kept are good for: they are made of every row, and change by the day. Over
ten million calls that takes up to half a minute, so they are made behind the page.
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """What everybody may know: rules by kind, how much of each kind is here under them, the schedule,
    ``mark`` of the rules that were looked at, how often who looked in 28 days (by act and role), holds, and
    how many customers were forgotten.
    """

    rules: Rules
    kept: Found[tuple[Kept, ...]]
    schedule: Schedule
    mark: str
    looks: Mapping[tuple[str, str], int]
    holds: tuple[Hold, ...]
    today: int
    forgotten: int


def overview() -> Overview:
    """The page as it stands now."""
    now = datetime.now(UTC)
    with database().read() as tx:
        rules = read_rules(tx)
        mark = mark_of(rules)
        return Overview(
            rules,
            kept(mark),
            read_schedule(tx),
            mark,
            looks_since(tx, now - LOOKED),
            list_holds(tx),
            local_day(now, settings().zone),
            len(privacy.list_certificates(settings())),
        )


def kept(mark: str) -> Found[tuple[Kept, ...]]:
    """How much of each kind is here under the rules that are known by ``mark``, as it was counted last."""
    return _kept(mark).look()


@st.cache_resource(max_entries=4, show_spinner=False)
def _kept(mark: str) -> Behind[tuple[Kept, ...]]:  # noqa: ARG001 (what is held is held under it)
    return Behind(lambda: look_over(database(), settings(), datetime.now(UTC)), COUNTED)


def set_rule(role: Role, user_id: int, name: str, days: int | None) -> None:
    """Keep a kind for so many days, ``None`` for ever.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the days cannot be.
    """
    ask("privacy.set_rule", role)
    with database().write() as tx:
        keep_rule(tx, name, days, user_id)


def switch(role: Role, user_id: int, *, on: bool, seen: str) -> None:
    """Let the worker remove daily, or not; ``seen`` is the mark of the rules that were on the page.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: somebody changed the rules meanwhile.
    """
    ask("privacy.switch", role)
    with database().write() as tx:
        switch_to(tx, user_id, on=on, seen=seen)


def look(role: Role, typed: str) -> tuple[str, Prospect]:
    """The customer's hash, and what forgetting that customer would take.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: it is no number or id.
    """
    ask("privacy.look", role)
    customer = privacy.customer_of(settings(), typed)
    return customer, privacy.look(database(), settings(), customer)


def forget(role: Role, user_id: int, customer: str) -> Certificate:
    """Forget a customer by the hash, for good.

    Raises:
        PermissionError: this role may not.
        NotFound, InvalidSetting: nothing is known of this customer, or a legal hold stops it.
    """
    ask("privacy.forget", role)
    try:
        return privacy.forget(database(), settings(), customer, user_id)
    finally:
        for held in (_kept, alone, listed):  # of this process; another one's are gone after some seconds
            held.clear()


def hold(role: Role, user_id: int, new: NewHold, typed: str) -> None:
    """Hold a call, or the customer whose number or id is typed.

    Raises:
        PermissionError: this role may not.
        InvalidSetting, NotFound: it has no reason, or names neither or what is not there.
    """
    ask("privacy.hold", role)
    customer = privacy.customer_of(settings(), typed) if typed.strip() else None
    with database().write() as tx:
        number = add_hold(tx, NewHold(new.reason, new.call, customer, new.until_day), user_id)
        audited(tx, Act.HOLD_CHANGED, f"hold:{number}", what="set")
    _kept.clear()


def lift(role: Role, user_id: int, number: int) -> None:
    """End a hold.

    Raises:
        PermissionError: this role may not.
        NotFound: there is none of this number in force.
    """
    ask("privacy.lift", role)
    with database().write() as tx:
        lift_hold(tx, number, user_id)
        audited(tx, Act.HOLD_CHANGED, f"hold:{number}", what="lifted")
    _kept.clear()


def certificates(role: Role) -> tuple[Certificate, ...]:
    """The newest first.

    Raises:
        PermissionError: this role may not.
    """
    ask("privacy.certificate", role)
    return privacy.list_certificates(settings())


def certificate(role: Role, name: str, ending: Literal[".json", ".html"]) -> bytes:
    """A file of a certificate.

    Raises:
        PermissionError: this role may not.
        NotFound: there is none of this name.
    """
    ask("privacy.certificate", role)
    return certificate_file(settings(), name, ending)
