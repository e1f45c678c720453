"""Reading alerts: lists for a viewer, how many wait, the calls behind one, what was done about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, false, func, select, true

from qa.store.alert.alert_kinds import AlertState, AlertStep
from qa.store.database import Transaction
from qa.store.keyset import FIRST, Cut, Key, Sheet, sheet
from qa.store.scope import Scope
from qa.store.tables import alert_causes, alert_events, alerts, teams, users


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. ``count`` is how many causes it has (calls, promises …); ``ended_at``: when the last of
    them was there no more. ``generated``: rows of the demo centre are behind it.
    """

    id: int
    rule: str
    group_key: str
    state: AlertState
    team_id: int | None
    team: str | None
    count: int
    first_day: int
    last_day: int
    facts: Mapping[str, Any]
    generated: bool
    ended_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """One step of an alert; ``by`` is ``None`` for the machine."""

    alert: int
    step: AlertStep
    by: str | None
    note: str
    created_at: datetime


def within(scope: Scope) -> ColumnElement[bool]:
    """Alerts a viewer may see: all, or those of the own teams. Those of the whole site are in no team's
    reach, and agents have none.
    """
    if scope.everything:
        return true()
    if scope.agent is None and scope.teams:
        return alerts.c.team_id.in_(sorted(scope.teams))
    return false()


def list_alerts(
    tx: Transaction, scope: Scope, states: Iterable[AlertState], cut: Cut = FIRST
) -> Sheet[Alert]:
    """A page of alerts: open first, then the newest.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    order = case(
        (alerts.c.state == AlertState.OPEN, 0), (alerts.c.state == AlertState.ACKNOWLEDGED, 1), else_=2
    )
    keys = (Key(order), Key(alerts.c.created_at, descending=True), Key(alerts.c.id, descending=True))
    query = _select().where(within(scope), alerts.c.state.in_(list(states)))
    return sheet(tx, query, keys, cut, Alert)


def count_alerts(tx: Transaction, scope: Scope, *states: AlertState) -> dict[AlertState, int]:
    """How many alerts of each state (of these alone, where some are named) a viewer may see."""
    wanted = states or tuple(AlertState)
    inside = (within(scope), alerts.c.state.in_(wanted))
    query = select(alerts.c.state, func.count()).where(*inside).group_by(alerts.c.state)
    found: dict[Any, int] = dict(tx.execute(query).tuples().all())
    return {state: int(found.get(state, 0)) for state in AlertState}


def read_alert(tx: Transaction, number: int) -> Alert:
    """One alert by its number."""
    return Alert(**tx.execute(_select().where(alerts.c.id == number)).mappings().one())


def events_of(tx: Transaction, numbers: Iterable[int]) -> dict[int, tuple[AlertEvent, ...]]:
    """The steps of these alerts, the first first."""
    e, wanted = alert_events.c, sorted(numbers)
    query = (
        select(e.alert_id.label("alert"), e.step, users.c.display_name.label("by"), e.note, e.created_at)
        .select_from(alert_events.outerjoin(users, users.c.id == e.user_id))
        .where(e.alert_id.in_(wanted))
        .order_by(e.id)
    )
    found: dict[int, list[AlertEvent]] = {number: [] for number in wanted}
    for row in tx.execute(query).mappings():
        found[row["alert"]].append(AlertEvent(**row))
    return {number: tuple(steps) for number, steps in found.items()}


def causes_of(tx: Transaction, number: int) -> tuple[str, ...]:
    """The causes of an alert, those that ended too."""
    query = select(alert_causes.c.cause).where(alert_causes.c.alert_id == number)
    return tuple(tx.scalars(query.order_by(alert_causes.c.id)).all())


def delete_generated_alerts(tx: Transaction) -> None:
    """Take out the alerts that rest on the demo centre, with the messages about them."""
    tx.execute(delete(alerts).where(alerts.c.generated))


def _select() -> Select[Any]:
    own = [alerts.c[name] for name in Alert.__dataclass_fields__ if name != "team"]
    return select(*own, teams.c.name.label("team")).select_from(
        alerts.outerjoin(teams, teams.c.id == alerts.c.team_id)
    )
