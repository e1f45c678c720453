"""What takes long to work out is worked out behind the page, which shows what was found before, and when."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock, Thread
from typing import Generic, TypeVar

from qa.records import Seconds

PATIENCE: Seconds = 1.0
"""A page waits so long for what was just begun: on most sites it is there by then."""

NAME = "behind a page"
"""Of the threads that work."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was found, ``None`` as long as nothing was, and when; ``working``: it is being worked out anew."""

    value: T | None
    at: datetime | None
    working: bool


class Behind(Generic[T]):
    """One thing that ``work`` finds; what is older than ``good_for`` is worked out anew at the next look."""

    def __init__(self, work: Callable[[], T], good_for: Seconds) -> None:
        self._work, self._good_for = work, timedelta(seconds=good_for)
        self._lock = Lock()
        self._running: Future[tuple[T, datetime]] | None = None
        self._found: tuple[T, datetime] | None = None

    def look(self) -> Found[T]:
        """What is known now. What was begun by this look is waited for, a moment.

        Raises:
            Exception: what the work raised; the next look begins again.
        """
        with self._lock:
            begun = self._running is None and self._old()
            if begun:
                self._running = self._begin()
            running = self._running
        working = False
        if running is not None:
            wait([running], PATIENCE if begun else 0)
            working = not self._taken(running)  # one that ends after this look is at work for it
        found = self._found
        value, at = found if found is not None else (None, None)
        return Found(value, at, working)

    def _old(self) -> bool:
        return self._found is None or datetime.now(UTC) - self._found[1] > self._good_for

    def _begin(self) -> "Future[tuple[T, datetime]]":
        """In a thread that a process that ends does not wait for."""
        running: Future[tuple[T, datetime]] = Future()

        def work() -> None:
            at = datetime.now(UTC)
            try:
                running.set_result((self._work(), at))
            except Exception as error:  # noqa: BLE001 (whoever looks hears of it)
                running.set_exception(error)

        Thread(target=work, name=NAME, daemon=True).start()
        return running

    def _taken(self, running: "Future[tuple[T, datetime]]") -> bool:
        if not running.done():
            return False
        with self._lock:
            if self._running is running:
                self._running = None
        self._found = running.result()
        return True
