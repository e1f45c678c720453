"""Care of customers: who was left alone, who was served first and not asked, one customer as a whole."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.data import watching
from dashboard.data.acting import Act, audited
from dashboard.data.frames import KEPT
from dashboard.data.site import Scope, database
from dashboard.rights import lead
from qa.errors import NotFound
from qa.redact import redact_text
from qa.store.care import customers, first_service, follow_ups, left_alone
from qa.store.care.care_filter import CareFilter
from qa.store.care.customers import Happening, Pressure
from qa.store.care.first_service import SCALES, Asked, FirstService
from qa.store.care.follow_ups import FollowUpEvent, Matter
from qa.store.care.left_alone import LeftAlone, Waiting
from qa.store.keyset import Cut, Sheet
from qa.store.kinds import FollowUpReason, SurveyKind

__all__ = [
    "SCALES",
    "Asked",
    "CareFilter",
    "FirstService",
    "FollowUpEvent",
    "FollowUpReason",
    "Happening",
    "LeftAlone",
    "Matter",
    "Pressure",
    "SurveyKind",
]

PRESSURE_DAYS, PRESSURE_LIMIT = 30, 4
"""A customer who was called and asked more often in so many days is under pressure (FIELD.md §4)."""


@st.cache_resource(ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs={Scope: repr, CareFilter: repr})
def alone(scope: Scope, wanted: CareFilter, limit: int, after: str | None = None) -> Waiting:
    """Matters nobody has taken care of, the longest alone first, and how many wait for each reason.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    with database().read() as tx:
        return left_alone.left_alone(tx, scope, wanted, Cut(limit, after))


def _matter(matter: Matter) -> str:
    """What a matter is about, without its customer."""
    return f"follow-up:{matter.reason}:{matter.subject}"


def assign(scope: Scope, matter: Matter, who: tuple[int, int], due_day: int, note: str) -> None:
    """Give a matter to somebody by a day; ``who`` is the one who asks and the one who is asked.

    Raises:
        NotFound: there is no such matter that this viewer may see.
    """
    lead("care.assign", scope)
    with database().write() as tx:
        follow_ups.check(tx, scope, matter)
        follow_ups.assign(tx, matter, who, due_day, note)
        audited(tx, Act.FOLLOW_UP_CHANGED, _matter(matter), step="assigned", to=who[1])
    _refresh()


def close(scope: Scope, matter: Matter, user_id: int, note: str) -> None:
    """Say what came of a matter.

    Raises:
        NotFound: there is no such matter that this viewer may see.
        InvalidSetting: nothing was said.
    """
    lead("care.close", scope)
    with database().write() as tx:
        follow_ups.check(tx, scope, matter)
        follow_ups.close(tx, matter, user_id, note)
        audited(tx, Act.FOLLOW_UP_CHANGED, _matter(matter), step="closed")
    _refresh()


def _refresh() -> None:
    """What was kept for a moment is read anew."""
    alone.clear()


def follow_up_events(scope: Scope, customer: str) -> tuple[FollowUpEvent, ...]:
    """What was done for a customer in matters that this viewer may see, the newest first."""
    with database().read() as tx:
        return follow_ups.follow_up_events_of(tx, scope, customer)


def first(scope: Scope, wanted: CareFilter, limit: int, after: str | None = None) -> Sheet[FirstService]:
    """Customers after their first call or order whom nobody has asked.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    with database().read() as tx:
        return first_service.list_first_service(tx, scope, wanted, Cut(limit, after))


def keep_answer(scope: Scope, asked: Asked) -> None:
    """Store what a customer said on the telephone, without personal data.

    Raises:
        NotFound: the customer, or the call, is not there for this viewer.
        InvalidSetting: the answer is outside its scale.
    """
    lead("care.keep_answer", scope)
    clean = Asked(asked.customer, asked.kind, asked.score, redact_text(asked.text), asked.call_id)
    with database().write() as tx:
        if not customers.is_known(tx, scope, asked.customer, asked.call_id):
            raise NotFound("This customer is not one of yours; reload the list.")
        first_service.keep_answer(tx, clean)
        audited(tx, Act.FOLLOW_UP_CHANGED, "survey:asked", step="answer kept")


def timeline(scope: Scope, customer: str) -> tuple[Happening, ...]:
    """What happened with a customer, the newest first, as far as the viewer may see it."""
    with database().read() as tx:
        found = customers.timeline(tx, scope, customer)
    # The log never holds a customer's hash, which must be forgettable: the newest call leads to the customer.
    newest = next((one.call for one in found if one.call), None)
    if found:
        watching.seen(Act.CUSTOMER_VIEWED, f"customer of call:{newest}" if newest else "customer")
    return found


def pressure(scope: Scope, customer: str) -> Pressure:
    """How often the customer was contacted or asked of late, by anybody; nothing of one who is not there for
    this viewer.
    """
    with database().read() as tx:
        if not customers.is_known(tx, scope, customer):
            return Pressure(customer, 0, 0)
        return customers.pressure_of(tx, customer, _lately())


def pressed(scope: Scope, limit: int) -> tuple[Pressure, ...]:
    """Customers over the limit, the most pressed first."""
    with database().read() as tx:
        return customers.most_pressed(tx, scope, _lately(), PRESSURE_LIMIT, limit)


def _lately() -> datetime:
    return datetime.now(UTC) - timedelta(days=PRESSURE_DAYS)
