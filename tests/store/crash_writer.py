"""Saves reviews of one call after another until it is killed: ``python -m tests.store.crash_writer URL``.

Each round writes a review whose parts all tell the round, so that a torn one can be seen.
"""

import itertools
import sys
from dataclasses import replace

from qa.records import Measurement
from qa.store.call.calls import register
from qa.store.call.reviews import save_review
from qa.store.database import Database
from tests.store.samples import new_call, review, saying

CALLS = 3


def main(url: str) -> None:
    database = Database.open(url)
    for turn in itertools.count(1):
        whole = review(turn, turns=turn % 9 + 1, score=float(turn % 101))
        told = replace(whole, measures=(Measurement("round", float(turn), "count"),))
        with database.write() as tx:
            call_id = register(tx, new_call(turn % CALLS)).call_id
            save_review(tx, call_id, saying(told, f"round{turn}"))
        print(turn, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
