"""``python -m dashboard.timing --runs N --cold N --language fa --only page,page``: a JSON line a page."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from dashboard import memory

memory.give_back()  # as a server does, before the next lines load Polars

from dashboard.server import warming  # noqa: E402
from dashboard.timing.asked import asked  # noqa: E402
from dashboard.timing.browsing import Shown, shown  # noqa: E402
from dashboard.timing.scripts import Timed, timed  # noqa: E402


def main() -> None:
    """Time the pages on the data of ``QA_DATA_DIR`` or ``QA_DATABASE_URL``."""
    parser = argparse.ArgumentParser(description="How long the scripts of the pages take.")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--cold", type=int, default=3)
    parser.add_argument("--language", default="fa")
    parser.add_argument("--only", default="")
    parser.add_argument("--browser", default="", help="the program of a browser: time through it instead")
    given = parser.parse_args()
    only = frozenset(filter(None, given.only.split(",")))
    if not given.browser:
        warming.ready()
    pages = asked(given.language, only)
    found: Iterator[Timed | Shown] = (timed(one, given.runs, given.cold) for one in pages)
    if given.browser:
        found = shown(list(pages), given.runs, given.browser)
    for one in found:
        sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
