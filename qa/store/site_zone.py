"""The time zone whose days the site's calls are stored under.

A call keeps the day on which it began at the site, and sums are kept by it. Under another ``QA_TIME_ZONE``
new calls would stand beside old ones that were counted by other midnights, and no figure would say so.
"""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import exists, select

from qa.errors import InvalidSetting, StoreUnavailable
from qa.store.database import Database, Transaction
from qa.store.site import get_setting, set_setting
from qa.store.tables import calls, rollup_remainders

STORED = "days_zone"
MOVING = "days_moving"


@dataclass(frozen=True, slots=True)
class Moving:
    """Days are being worked out anew for the zone ``to``: calls up to the number ``calls`` and removed
    comments up to ``comments`` are done. Counts: calls that ``moved``, and that ``stayed`` on their old day.
    """

    to: str
    calls: int = 0
    comments: int = 0
    moved: int = 0
    stayed: int = 0


def settle(database: Database, zone: str) -> None:
    """See that the site's days are those of this zone; a site that does not know yet, or has nothing stored
    by days, takes it. A disk that takes no writes leaves that to the next start.

    Raises:
        InvalidSetting: its days are those of another zone, or are just being worked out anew.
        StoreUnavailable: the database cannot be read.
    """
    with database.read() as tx:
        stored, moving = zone_of(tx), moving_of(tx)
        free = stored is None or (stored != zone and moving is None and not _has_days(tx))
        if not free:
            agree(tx, zone)
            return
    with suppress(StoreUnavailable), database.write() as tx:
        if zone_of(tx) == stored:  # two that start together: the first one decides
            set_setting(tx, STORED, zone)
        agree(tx, zone)


def agree(tx: Transaction, zone: str) -> None:
    """Nothing, where the stored days are those of this zone.

    Raises:
        InvalidSetting: they are not; names both zones and the remedies.
    """
    stored, moving = zone_of(tx), moving_of(tx)
    if moving is not None:
        raise InvalidSetting(
            f"The days of the calls are being worked out anew, from {stored} to {moving.to}; end it with"
            f" QA_TIME_ZONE={moving.to} and `python -m qa rollups rezone`."
        )
    if stored not in (None, zone):
        raise InvalidSetting(
            f"QA_TIME_ZONE is {zone} and the days of the calls are stored in {stored}; set it back to"
            f" {stored}, or stop the desk and its workers and run `python -m qa rollups rezone`."
        )


def zone_of(tx: Transaction) -> str | None:
    """The zone of the stored days, ``None`` where no process of this version started yet."""
    found = get_setting(tx, STORED)
    return None if found is None else str(found)


def moving_of(tx: Transaction) -> Moving | None:
    """How far the days were worked out anew; ``None`` where nobody is at it."""
    found = get_setting(tx, MOVING)
    return None if found is None else Moving(**found)


def _has_days(tx: Transaction) -> bool:
    some = (exists(select(table.c.id)) for table in (calls, rollup_remainders))
    return any(tx.scalar(select(one)) for one in some)
