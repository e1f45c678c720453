"""The customers of the demo centre: made-up ids under the site's own key, so that imports join them.

Planted truth: from the week its problem begins, customers of the problem queue call again within days.
"""

from collections import deque
from datetime import datetime, timedelta

import numpy as np

from qa.demo.people import PROBLEM_FROM, PROBLEM_QUEUE, QUEUES
from qa.demo.verdicts import Drawn
from qa.ingest.customers import customer_hash, site_key
from qa.settings import Settings

AGAIN, AGAIN_IN_PROBLEM = 0.05, 0.4
WITHIN = timedelta(days=5)
SEED = 1711


_LETTERS = str.maketrans("0123456789", "abcdefghij")


def customer_id(number: int) -> str:
    """What the demo's files call a customer: letters alone, which no country reads as a telephone number."""
    return "demo" + str(number).translate(_LETTERS)


class Callers:
    """Who calls: anybody, or one who called the same queue of late. ``count`` is how many there are."""

    def __init__(self, settings: Settings, calls: int) -> None:
        self.count = calls // 2 + 1
        self._key = site_key(settings.keys_dir)
        self._late: tuple[deque[tuple[datetime, int]], ...] = tuple(deque() for _ in QUEUES)
        self._random = np.random.default_rng(SEED)

    def who(self, moment: datetime, about: Drawn, anybody: int) -> str:
        """The hash of a call's customer. Calls come in their order."""
        late = self._late[about.queue]
        while late and moment - late[0][0] > WITHIN:
            late.popleft()
        troubled = about.queue == PROBLEM_QUEUE and about.week >= PROBLEM_FROM
        again = self._random.random() < (AGAIN_IN_PROBLEM if troubled else AGAIN)
        number = late[int(self._random.integers(len(late)))][1] if again and late else anybody
        late.append((moment, number))
        return self.hash_of(number)

    def hash_of(self, number: int) -> str:
        """The keyed hash under which the imports know the same customer."""
        return customer_hash(customer_id(number), self._key, "ZZ") or ""
