"""``python -m dashboard.timing --runs N --cold N --language fa --only page,page``: a JSON line a page."""

import argparse
import json
import sys
from dataclasses import asdict

from dashboard.timing.asked import asked
from dashboard.timing.scripts import timed


def main() -> None:
    """Time the pages on the data of ``QA_DATA_DIR`` or ``QA_DATABASE_URL``."""
    parser = argparse.ArgumentParser(description="How long the scripts of the pages take.")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--cold", type=int, default=3)
    parser.add_argument("--language", default="fa")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    only = frozenset(filter(None, given.only.split(",")))
    for one in asked(given.language, only):
        sys.stdout.write(json.dumps(asdict(timed(one, given.runs, given.cold)), ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
