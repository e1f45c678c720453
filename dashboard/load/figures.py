"""What a run of people at work is told by: seconds by page, processor time, memory."""

import json
import os
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Figures:
    """Seconds of every answer by what was asked for, and errors by kind."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, seconds: float, size: int = 0) -> None:
        """One answer."""
        self.seconds[what].append(seconds)
        self.sizes[what].append(size)

    def rows(self) -> list[dict[str, object]]:
        """One row by what was asked for, ``all pages`` last; milliseconds and KiB."""
        pages = {what: found for what, found in self.seconds.items() if what != "sign in"}
        every = [one for found in pages.values() for one in found]
        weights = [size for what in pages for size in self.sizes[what]]
        rows = [_row(what, self.seconds[what], self.sizes[what]) for what in sorted(self.seconds)]
        return [*rows, _row("all pages", every, weights)] if every else rows


@dataclass(frozen=True, slots=True)
class Use:
    """What processes used: processor seconds, and the most memory they held, in MB."""

    cpu: float
    peak: float


def used(processes: Sequence[int]) -> Use:
    """What these processes used until now, each with the most that it held at any time."""
    cpu = peak = 0.0
    for process in processes:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        cpu += (int(fields[11]) + int(fields[12])) / TICKS
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
        peak += next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    return Use(cpu, peak)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]


def tell(figures: Figures, facts: dict[str, object], *, as_json: bool) -> None:
    """Print the table, or everything as one JSON object."""
    rows = figures.rows()
    if as_json:
        sys.stdout.write(json.dumps({**facts, "pages": rows, "errors": dict(figures.errors)}) + "\n")
        return
    sys.stdout.write(f"{'page':24} {'n':>6} {'p50':>7} {'p95':>7} {'p99':>7} {'most':>7} {'KiB':>7}   (ms)\n")
    for row in rows:
        numbers = " ".join(f"{row[name]:7}" for name in ("p50", "p95", "p99", "most", "kib"))
        sys.stdout.write(f"{row['page']:24} {row['n']:6} {numbers}\n")
    sys.stdout.write("\n" + "\n".join(f"{name}: {value}" for name, value in facts.items()) + "\n")
    told = ", ".join(f"{count} {kind}" for kind, count in figures.errors.items()) or "none"
    sys.stdout.write(f"errors: {told}\n")


def _row(what: str, seconds: Sequence[float], sizes: Sequence[int]) -> dict[str, object]:
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "most": 1.0}
    figures = {name: round(percentile(seconds, share) * 1000) for name, share in shares.items()}
    return {"page": what, "n": len(seconds), **figures, "kib": round(statistics.median(sizes) / 1024)}
