"""Which calls of a week were drawn, with which seed and settings, by whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from qa.errors import InvalidSetting
from qa.store.database import Transaction
from qa.store.tables import pick, sampling_plans, users
from qa.store.upsert import insert_absent


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to be. ``week`` is the first day of the week the calls come from, ``population`` how many calls
    it was drawn from; ``made_by`` is ``None`` for the worker and the command line.
    """

    week: int
    settings: dict[str, Any]
    seed: int
    population: int
    generated: bool = False
    made_by: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One week's plan as it was made; never changed."""

    id: int
    week: int
    settings: dict[str, Any]
    seed: int
    population: int
    generated: bool
    made_at: datetime
    author: str | None


def save_plan(tx: Transaction, new: NewPlan) -> int:
    """Keep a plan; gives its number.

    Raises:
        InvalidSetting: this week has a plan already.
    """
    values = {name: getattr(new, name) for name in NewPlan.__dataclass_fields__}
    if not insert_absent(tx, sampling_plans, values):
        raise InvalidSetting("This week has a sampling plan already; replace single calls of it instead.")
    return int(tx.scalar(select(sampling_plans.c.id).where(sampling_plans.c.week == new.week)) or 0)


def find_plan(tx: Transaction, week: int) -> Plan | None:
    """The plan of the week that begins on this day; ``None`` when none was made."""
    row = tx.execute(_query().where(sampling_plans.c.week == week)).one_or_none()
    return None if row is None else Plan(*row)


def get_plan(tx: Transaction, plan_id: int) -> Plan | None:
    """A plan by its number; ``None`` when there is none."""
    row = tx.execute(_query().where(sampling_plans.c.id == plan_id)).one_or_none()
    return None if row is None else Plan(*row)


def list_plans(tx: Transaction, limit: int = 12) -> tuple[Plan, ...]:
    """The newest plans."""
    query = _query().order_by(sampling_plans.c.week.desc()).limit(limit)
    return tuple(Plan(*row) for row in tx.execute(query))


def _query() -> Select[Any]:
    names = ("id", "week", "settings", "seed", "population", "generated", "made_at")
    joined = sampling_plans.outerjoin(users, users.c.id == sampling_plans.c.made_by)
    return select(*pick(sampling_plans, *names), users.c.display_name).select_from(joined)
