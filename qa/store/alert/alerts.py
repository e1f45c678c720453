"""Keeping alerts: raised once for each cause, and what people did about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, exists, func, insert, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.alert.alert_kinds import AlertState, AlertStep
from qa.store.alert.alert_list import Alert, read_alert, within
from qa.store.database import Transaction
from qa.store.scope import Scope
from qa.store.tables import alert_causes, alert_events, alerts
from qa.store.types import utc_now
from qa.store.upsert import insert_absent

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found. ``cause`` stays the same as long as it lasts; causes of one ``group`` come as one
    alert. ``day`` is the day it is about, ``team`` whose it is (``None``: the whole site), ``facts`` are
    figures and keys, never words of a call or anything of a customer.
    """

    cause: str
    group: str
    day: int
    team: int | None = None
    generated: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a rule's causes are kept. ``lasting``: what happened stays so, a cause never ends. ``closes``:
    an alert whose causes have all ended needs nobody any more.
    """

    rule: str
    lasting: bool
    closes: bool


def keep_found(tx: Transaction, manner: Manner, found: Sequence[Found]) -> tuple[Alert, ...]:
    """Bring the alerts of a rule in line with what it finds now; gives those that are new."""
    live = _live(tx, manner.rule)
    if not manner.lasting:
        _end(tx, manner, set(live) - {one.cause for one in found})
    groups: dict[str, list[Found]] = {}
    for one in found:
        if one.cause not in live:
            groups.setdefault(one.group, []).append(one)
    raised = [_raise(tx, manner.rule, group) for group in groups.values()]
    return tuple(read_alert(tx, number) for number in raised if number is not None)


def acknowledge(tx: Transaction, scope: Scope, alert_id: int, user_id: int, note: str) -> None:
    """Take an alert on.

    Raises:
        NotFound: there is no such alert that this viewer may see.
        InvalidSetting: it is not open any more.
    """
    _step(tx, scope, alert_id, (AlertState.OPEN,), AlertState.ACKNOWLEDGED)
    _event(tx, alert_id, AlertStep.ACKNOWLEDGED, user_id, note)


def close(tx: Transaction, scope: Scope, alert_id: int, user_id: int, note: str) -> None:
    """Say that an alert needs nobody any more; while its cause lasts it is not raised again.

    Raises:
        NotFound: there is no such alert that this viewer may see.
        InvalidSetting: it is closed already.
    """
    _step(tx, scope, alert_id, (AlertState.OPEN, AlertState.ACKNOWLEDGED), AlertState.CLOSED)
    _event(tx, alert_id, AlertStep.CLOSED, user_id, note)


def check(tx: Transaction, scope: Scope, alert_id: int) -> None:
    """See that this viewer may see an alert.

    Raises:
        NotFound: there is none.
    """
    if tx.scalar(select(alerts.c.id).where(alerts.c.id == alert_id, within(scope))) is None:
        raise NotFound(f"There is no alert {alert_id} that you may see; reload the page.")


def _live(tx: Transaction, rule: str) -> dict[str, int]:
    c = alert_causes.c
    query = select(c.cause, c.alert_id).where(c.rule == rule, c.ended_at.is_(None))
    return dict(tx.execute(query).tuples().all())


def _end(tx: Transaction, manner: Manner, gone: Iterable[str]) -> None:
    c, now, causes = alert_causes.c, utc_now(), sorted(gone)
    touched: set[int] = set()
    for start in range(0, len(causes), CHUNK):
        some = c.cause.in_(causes[start : start + CHUNK])
        ended = update(alert_causes).where(c.rule == manner.rule, c.ended_at.is_(None), some)
        touched |= set(tx.scalars(ended.values(ended_at=now).returning(c.alert_id)).all())
    if not touched:
        return
    over = and_(
        alerts.c.id.in_(sorted(touched)),
        alerts.c.ended_at.is_(None),
        ~exists().where(c.alert_id == alerts.c.id, c.ended_at.is_(None)),
    )
    values: dict[str, object] = {"ended_at": now}
    if manner.closes:
        values["state"] = AlertState.CLOSED
    for number in tx.scalars(update(alerts).where(over).values(values).returning(alerts.c.id)).all():
        _event(tx, number, AlertStep.ENDED, None, "")


def _raise(tx: Transaction, rule: str, found: Sequence[Found]) -> int | None:
    """Put new causes of a group into its open alert or a new one; the number of a new one."""
    first = found[0]
    new = {
        "rule": rule,
        "group_key": first.group,
        "state": AlertState.OPEN,
        "team_id": first.team,
        "count": 0,
        "first_day": first.day,
        "last_day": first.day,
        "facts": dict(first.facts),
        "created_at": utc_now(),
    }
    made = insert_absent(tx, alerts, new)
    here = (
        alerts.c.rule == rule,
        alerts.c.group_key == first.group,
        alerts.c.state == AlertState.OPEN,
        alerts.c.ended_at.is_(None),
    )
    number = tx.scalars(select(alerts.c.id).where(*here)).one()
    for one in found:
        row = {"alert_id": number, "rule": rule, "cause": one.cause, "created_at": utc_now()}
        insert_absent(tx, alert_causes, row)
    _count(tx, number, found)
    if made:
        _event(tx, number, AlertStep.RAISED, None, "")
    return int(number) if made else None


def _count(tx: Transaction, number: int, found: Sequence[Found]) -> None:
    counted = select(func.count()).where(alert_causes.c.alert_id == number).scalar_subquery()
    at = select(*(alerts.c[name] for name in ("first_day", "last_day", "generated"))).where(
        alerts.c.id == number
    )
    first, last, generated = tx.execute(at).one()
    tx.execute(
        update(alerts)
        .where(alerts.c.id == number)
        .values(
            count=counted,
            first_day=min(first, *(one.day for one in found)),
            last_day=max(last, *(one.day for one in found)),
            generated=generated or any(one.generated for one in found),
        )
    )


def _step(
    tx: Transaction, scope: Scope, alert_id: int, before: tuple[AlertState, ...], after: AlertState
) -> None:
    mine = (alerts.c.id == alert_id, within(scope))
    moved = update(alerts).where(*mine, alerts.c.state.in_(before)).values(state=after)
    if tx.execute(moved.returning(alerts.c.id)).first() is None:
        check(tx, scope, alert_id)
        raise InvalidSetting(f"Alert {alert_id} is not open any more; reload the page.")


def _event(tx: Transaction, alert_id: int, step: AlertStep, user_id: int | None, note: str) -> None:
    at: datetime = utc_now()
    values = {"alert_id": alert_id, "step": step, "user_id": user_id, "note": note.strip(), "created_at": at}
    tx.execute(insert(alert_events).values(**values))
