"""How often somebody may ask: so many times in a minute, counted in this process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

WINDOW = 60.0
"""Seconds."""
KNOWN = 10_000
"""Names that are counted at most; the one that asked least lately is forgotten."""


@dataclass(slots=True)
class Rate:
    """``limit`` times a minute for each name. ``clock`` gives seconds; tests pass their own."""

    limit: int
    clock: Callable[[], float] = time.monotonic
    _asked: OrderedDict[str, list[float]] = field(default_factory=OrderedDict)

    def wait(self, name: str) -> int:
        """Whole seconds until the name may ask again, 0 for now. Counts nothing."""
        now = self.clock()
        recent = [at for at in self._asked.get(name, ()) if now - at < WINDOW]
        return 0 if len(recent) < self.limit else max(1, round(WINDOW - (now - recent[-self.limit])))

    def count(self, name: str) -> None:
        """The name asks now."""
        now = self.clock()
        self._asked[name] = [at for at in self._asked.pop(name, []) if now - at < WINDOW] + [now]
        while len(self._asked) > KNOWN:
            self._asked.popitem(last=False)
