"""``python -m dashboard.load``: people at work at a desk of their own; prints what it was like."""

import argparse
import asyncio
import os
import resource
import tempfile
import time
from pathlib import Path

from dashboard.data import site
from dashboard.load.desk import errors_told, free_ports, make_people, make_site, running
from dashboard.load.figures import Figures, Use, tell, used
from dashboard.load.person import Person, work


def main() -> None:
    """Make the desk, let people work, print the table."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="qa-load-") as folder:
        make_site(Path(folder), options.calls)
        ports = free_ports(options.processes)
        people = make_people(options.people, ports, options.think, options.seed)
        site.database().close()
        with running(ports) as processes:
            before = used(processes)
            own = resource.getrusage(resource.RUSAGE_SELF)
            begun = time.monotonic()
            figures = asyncio.run(_all(people, begun + 60 * options.minutes))
            seconds = time.monotonic() - begun
            facts = _facts(options, seconds, before, used(processes))
            now = resource.getrusage(resource.RUSAGE_SELF)
            if figures.errors:
                facts["errors in the logs"] = errors_told(ports)
            facts["CPU s of the people"] = round(now.ru_utime + now.ru_stime - own.ru_utime - own.ru_stime, 1)
    tell(figures, facts, as_json=options.json)
    raise SystemExit(2 if figures.errors else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m dashboard.load", description="People at work.")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--processes", type=int, default=1, help="web processes behind sticky sessions")
    parser.add_argument("--calls", type=int, default=3000, help="calls of the demo centre")
    parser.add_argument("--think", type=float, default=5.0, help="mean seconds between clicks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


async def _all(people: list[Person], until: float) -> Figures:
    figures = Figures()
    await asyncio.gather(*(work(person, figures, until) for person in people))
    return figures


def _facts(options: argparse.Namespace, seconds: float, before: Use, after: Use) -> dict[str, object]:
    cpu = after.cpu - before.cpu
    return {
        "people": options.people,
        "minutes": round(seconds / 60, 2),
        "web processes": options.processes,
        "CPU s of the desk": round(cpu, 1),
        "CPU of the desk, % of a core": round(100 * cpu / seconds),
        "most memory of the desk, MB": round(after.peak),
        "load average": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()
