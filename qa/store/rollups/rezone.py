"""Working out anew on which day of the site each call was, once ``QA_TIME_ZONE`` has changed.

Days from which retention or an erasure took something stay as they were counted: what was removed cannot be
told apart any more, so the calls that it was counted with stay there too. So do comments without words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update

from qa.calendar import local_day
from qa.errors import InvalidSetting
from qa.store.database import Database, Transaction
from qa.store.rollups.kinds import CALLS, CRITERIA, RETURNS
from qa.store.rollups.pacing import paced
from qa.store.rollups.withheld import stay_on_their_days
from qa.store.site import set_setting
from qa.store.site_zone import MOVING, STORED, Moving, agree, moving_of, zone_of
from qa.store.tables import calls, comments, rollup_remainders
from qa.store.types import utc_now
from qa.store.work.workers import list_workers

CHUNK = 250
"""Rows of the smallest step; ``qa.store.rollups.pacing`` takes up to 64 times as many."""


def nobody_works(database: Database, silence: float) -> None:
    """Nothing, where no worker gave a sign of life in the last ``silence`` seconds.

    Raises:
        InvalidSetting: one did; names it.
    """
    since = utc_now() - timedelta(seconds=silence)
    with database.read() as tx:
        alive = [one.executor for one in list_workers(tx) if one.stopped_at is None and one.last_sign > since]
    if alive:
        raise InvalidSetting(
            f"The worker {alive[0]} is at work; stop the desk and its workers before days are worked out anew"
            f" (one that was killed counts for {silence:.0f} s)."
        )


def rezone(database: Database, zone: ZoneInfo) -> Iterator[tuple[Moving, int]]:
    """Move every call to its day in this zone; yields what is done, and how many calls and comments there are
    by number. One that was cut off goes on; the site's zone changes with the last step, in its transaction.

    Raises:
        InvalidSetting: one for another zone was cut off, and is to be ended first.
    """
    with database.write() as tx:
        old, done = ZoneInfo(zone_of(tx) or zone.key), moving_of(tx) or Moving(zone.key)
        if done.to != zone.key:
            agree(tx, zone.key)
        set_setting(tx, MOVING, asdict(done))
    size, over = 1, False
    while not over:
        began = monotonic()
        with database.write() as tx:
            ahead = _step(tx, (old, zone), done, size * CHUNK)
            over = ahead is None
            done = ahead or done
            _keep(tx, done, over=over)
            total = _last(tx)
        yield done, total
        size = paced(size, monotonic() - began)


def _keep(tx: Transaction, done: Moving, *, over: bool) -> None:
    set_setting(tx, MOVING, None if over else asdict(done))
    if over:
        set_setting(tx, STORED, done.to)


def _last(tx: Transaction) -> int:
    return sum(int(tx.scalar(select(func.max(table.c.id))) or 0) for table in (calls, comments))


def _step(tx: Transaction, zones: tuple[ZoneInfo, ZoneInfo], done: Moving, limit: int) -> Moving | None:
    """The next rows; ``None`` when there are no more. Calls first: comments without words are few."""
    c = calls.c
    query = select(c.id, c.started_at, c.local_day).where(c.id > done.calls).order_by(c.id).limit(limit)
    rows = tx.execute(query).all()
    if rows:
        frozen, moved, stayed = _counted_days(tx), defaultdict[int, list[int]](list), 0
        for number, moment, day in rows:
            new = local_day(moment, zones[1])
            if new != day and day in frozen:
                stayed += 1
            elif new != day:
                moved[new].append(number)
        _move(tx, moved)
        gone = sum(len(some) for some in moved.values())
        return replace(done, calls=rows[-1].id, moved=done.moved + gone, stayed=done.stayed + stayed)
    o = comments.c
    erased = o.erased_at.is_not(None), o.posted_at.is_not(None), o.id > done.comments
    said = tx.execute(select(o.id, o.posted_at).where(*erased).order_by(o.id).limit(limit)).all()
    if not said:
        return None
    stay_on_their_days(tx, zones, [number for number, at in said if _differ(at, zones)])
    return replace(done, comments=said[-1].id)


def _differ(moment: datetime, zones: tuple[ZoneInfo, ZoneInfo]) -> bool:
    return local_day(moment, zones[0]) != local_day(moment, zones[1])


def _move(tx: Transaction, moved: dict[int, list[int]]) -> None:
    """The triggers of calls mark their old and new days, so that their sums are made anew."""
    for day, ids in moved.items():
        tx.execute(update(calls).where(calls.c.id.in_(ids)).values(local_day=day))


def _counted_days(tx: Transaction) -> Collection[int]:
    """Days of calls from which something was taken and still counts."""
    r = rollup_remainders.c
    names = [kind.name for kind in (CALLS, CRITERIA, RETURNS)]
    return frozenset(tx.scalars(select(r.day).where(r.kind.in_(names)).distinct()))
