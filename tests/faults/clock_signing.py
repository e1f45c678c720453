"""People sign in while the clock jumps: ``python -m tests.faults.clock_signing CLOCK``, alone in a process.

Prints what was met at each step as one JSON object. The clock is the file that libfaketime reads.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from dashboard.data import accounts
from dashboard.data.kinds import Role
from dashboard.server import throttle

HERE = "127.0.0.1"
TRIES = throttle.FREE_BY_USER + 2


def waits(name: str) -> int:
    """Seconds that the next try of a name has to wait."""
    return throttle.wait(accounts.recent_failures(name, "elsewhere"))


def fail(name: str) -> None:
    """Type a wrong password a few times."""
    for _ in range(TRIES):
        accounts.record_attempt(name, HERE, succeeded=False)


def main(clock: Path) -> None:
    """Ahead by a day, back, behind by a day, back."""
    found: dict[str, object] = {}
    user = accounts.add(accounts.NewUser("boss", Role.ADMINISTRATOR))
    begun = accounts.open_session(user, HERE)
    start = datetime.now(UTC)
    clock.write_text("+1d\n")
    found["jumped"] = round((datetime.now(UTC) - start).total_seconds())
    found["ahead, the session"] = accounts.signed_in(begun) is not None
    fail("sara")
    found["ahead, sara waits"] = waits("sara")
    accounts.record_attempt("boss", HERE, succeeded=True)
    later = accounts.open_session(user, HERE)
    clock.write_text("+0\n")
    found["back, both sessions"] = [accounts.signed_in(one) is not None for one in (begun, later)]
    found["back, sara waits"] = waits("sara")
    fail("boss")
    found["back, boss waits"] = waits("boss")
    clock.write_text("-1d\n")
    found["behind, both sessions"] = [accounts.signed_in(one) is not None for one in (begun, later)]
    found["behind, boss waits"] = waits("boss")
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
