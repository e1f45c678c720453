"""Drafts tried on past calls, in a thread of the desk: whoever closes the page finds the result later."""

import logging
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from dashboard.data.cards import Draft
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import ask
from qa.calendar import local_day
from qa.errors import QAError
from qa.judge import check_rules
from qa.rescore import Backtest, Past, Side, backtest
from qa.rescore.backtest import BIN, NONE, Moved
from qa.scorecard import parse_scorecard
from qa.store.call.calls import keys_within
from qa.store.card.backtests import last_backtest, save_backtest, text_hash

__all__ = ["BIN", "NONE", "Backtest", "Moved", "Side", "Tried", "failed", "last", "share", "start"]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    thread: threading.Thread | None = None
    share: float = 0.0
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """The last result. ``fresh``: it is of the draft as it stands now."""

    result: Backtest
    made_at: datetime
    made_by: str
    fresh: bool


_works: dict[str, _Work] = {}
_starting = threading.Lock()


def start(role: Role, by: str, draft: Draft, calls: int, days: int | None) -> None:
    """Begin to try a draft on the newest calls; one that is being tried already goes on.

    Raises:
        PermissionError: this role may not.
    """
    ask("trying.start", role)
    first = None if days is None else local_day(datetime.now(UTC), settings().zone) - days + 1
    with _starting:
        if share(draft.scorecard) is None:
            work = _Work()
            target = (work, by, draft, Past(calls, first))
            work.thread = threading.Thread(target=_try, args=target, daemon=True, name="backtest")
            _works[draft.scorecard] = work
            work.thread.start()


def share(card: str) -> float | None:
    """How much of the running try is done, 0-1; ``None`` when none runs here."""
    work = _works.get(card)
    return work.share if work and work.thread and work.thread.is_alive() else None


def failed(card: str) -> bool:
    """True when the last try of this process broke off."""
    work = _works.get(card)
    return bool(work and work.failed and share(card) is None)


def last(card: str, draft: Draft | None, scope: Scope) -> Tried | None:
    """The newest result of a scorecard; its list of calls is of those whose findings the viewer may see."""
    with database().read() as tx:
        found = last_backtest(tx, card)
    if found is None:
        return None
    fresh = draft is not None and text_hash(draft.content) == found.sha256
    result = Backtest.of(found.result)
    with database().read() as tx:
        own = keys_within(tx, scope, [one.call for one in result.moved])
    seen = tuple(one for one in result.moved if one.call in own)
    return Tried(replace(result, moved=seen), found.made_at, found.made_by, fresh)


def _try(work: _Work, by: str, draft: Draft, past: Past) -> None:
    def told(done: float) -> None:
        work.share = done

    try:
        card = parse_scorecard(draft.content, draft.scorecard)
        check_rules(card)
        found = backtest(database(), replace(card, id=draft.scorecard), past, told)
        with database().write() as tx:
            save_backtest(tx, draft.scorecard, draft.content, found.shape(), by)
    except QAError as error:
        work.failed = True
        log.warning("a draft was not tried: %s", error.message)
    except Exception:
        work.failed = True
        log.exception("a draft was not tried")
