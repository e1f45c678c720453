"""The growing delay after failed tries to sign in, per user name and per address."""

from datetime import UTC, datetime

from dashboard.data.accounts import Failures

FREE_BY_USER, FREE_BY_ADDRESS = 3, 10
"""Typing errors, and a whole office behind one address, cost nothing."""
LONGEST = 900
"""Seconds."""


def delay(by_user: int, by_address: int) -> int:
    """Seconds to wait after the newest failure: 2, 4, 8 … once the free tries are used up."""
    over = max(by_user - FREE_BY_USER, by_address - FREE_BY_ADDRESS)
    return 0 if over < 0 else min(2 ** (over + 1), LONGEST)


def wait(failures: Failures, now: datetime | None = None) -> int:
    """Seconds that are still to wait."""
    if failures.newest is None:
        return 0
    gone = max(0.0, ((now or datetime.now(UTC)) - failures.newest).total_seconds())
    return max(0, round(delay(failures.by_user, failures.by_address) - gone))
