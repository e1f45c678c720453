"""What a site decides: settings by name, targets by KPI and team."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from qa.store.database import Transaction
from qa.store.tables import pick, site_settings, target_changes, targets, users
from qa.store.types import utc_now
from qa.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A target that was set, or removed (``value`` is ``None``). ``by`` is ``None`` when no user did it."""

    value: float | None
    by: str | None
    at: datetime


def get_setting(tx: Transaction, key: str, default: Any = None) -> Any:
    """A setting's value (anything JSON holds), ``default`` when it was never set or set to ``None``."""
    value = tx.scalar(select(site_settings.c.value).where(site_settings.c.key == key))
    return default if value is None else value


def set_setting(tx: Transaction, key: str, value: Any) -> None:
    """Set or change a setting."""
    upsert(tx, site_settings, {"key": key}, {"value": value, "updated_at": utc_now()})


def set_target(
    tx: Transaction, kpi: str, value: float | None, *, team: int | None = None, user_id: int | None = None
) -> None:
    """Set the target of a KPI for the site or for one team; ``None`` removes it. The change is kept with its
    user; setting what stands there already changes nothing.
    """
    here = targets.c.kpi == kpi, targets.c.team_id.is_not_distinct_from(team)
    if tx.scalar(select(targets.c.value).where(*here)) == value:
        return
    tx.execute(delete(targets).where(*here))
    if value is not None:
        tx.execute(insert(targets).values(kpi=kpi, team_id=team, value=value))
    tx.execute(insert(target_changes).values(kpi=kpi, team_id=team, value=value, user_id=user_id))


def get_targets(tx: Transaction) -> dict[tuple[str, int | None], float]:
    """Every target by KPI and team; team ``None`` is the site's."""
    return {
        (kpi, team): value
        for kpi, team, value in tx.execute(select(*pick(targets, "kpi", "team_id", "value")))
    }


def targets_at(tx: Transaction, moment: datetime) -> dict[tuple[str, int | None], float]:
    """Every target as it was in force at a moment. Before the first time that one was set, the first counts;
    one that nobody is known to have set counts as it stands.
    """
    query = select(*pick(target_changes, "kpi", "team_id", "value", "created_at")).order_by(
        target_changes.c.id
    )
    first: dict[tuple[str, int | None], float | None] = {}
    then: dict[tuple[str, int | None], float | None] = {}
    for kpi, team, value, at in tx.execute(query):
        first.setdefault((kpi, team), value)
        if at <= moment:
            then[kpi, team] = value
    found = get_targets(tx) | first | then
    return {where: value for where, value in found.items() if value is not None}


def last_target_changes(tx: Transaction) -> dict[tuple[str, int | None], TargetChange]:
    """The newest change of every target that was ever set, by KPI and team."""
    query = (
        select(*pick(target_changes, "kpi", "team_id", "value", "created_at"), users.c.display_name)
        .select_from(target_changes.outerjoin(users, users.c.id == target_changes.c.user_id))
        .order_by(target_changes.c.id)
    )
    rows = tx.execute(query).all()
    return {(row.kpi, row.team_id): TargetChange(row.value, row.display_name, row.created_at) for row in rows}


def target_history(tx: Transaction, limit: int) -> tuple[tuple[str, int | None, TargetChange], ...]:
    """The newest changes of targets, each with its KPI and team, the newest first."""
    query = (
        select(*pick(target_changes, "kpi", "team_id", "value", "created_at"), users.c.display_name)
        .select_from(target_changes.outerjoin(users, users.c.id == target_changes.c.user_id))
        .order_by(target_changes.c.id.desc())
        .limit(limit)
    )
    return tuple(
        (row.kpi, row.team_id, TargetChange(row.value, row.display_name, row.created_at))
        for row in tx.execute(query)
    )
