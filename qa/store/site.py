"""What a site decides: settings by name, targets by KPI and team."""

from typing import Any

from sqlalchemy import delete, insert, select

from qa.store.database import Transaction
from qa.store.tables import pick, site_settings, targets
from qa.store.types import utc_now
from qa.store.upsert import upsert


def get_setting(tx: Transaction, key: str, default: Any = None) -> Any:
    """A setting's value (anything JSON holds), ``default`` when it was never set or set to ``None``."""
    value = tx.scalar(select(site_settings.c.value).where(site_settings.c.key == key))
    return default if value is None else value


def set_setting(tx: Transaction, key: str, value: Any) -> None:
    """Set or change a setting."""
    upsert(tx, site_settings, {"key": key}, {"value": value, "updated_at": utc_now()})


def set_target(tx: Transaction, kpi: str, value: float | None, *, team: int | None = None) -> None:
    """Set the target of a KPI for the site or for one team; ``None`` removes it."""
    tx.execute(delete(targets).where(targets.c.kpi == kpi, targets.c.team_id.is_not_distinct_from(team)))
    if value is not None:
        tx.execute(insert(targets).values(kpi=kpi, team_id=team, value=value))


def get_targets(tx: Transaction) -> dict[tuple[str, int | None], float]:
    """Every target by KPI and team; team ``None`` is the site's."""
    return {
        (kpi, team): value
        for kpi, team, value in tx.execute(select(*pick(targets, "kpi", "team_id", "value")))
    }
