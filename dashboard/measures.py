"""What this process measures of itself: seconds of pages' scripts, open pages, requests.

Each process of the desk counts for itself and is asked for itself; sums over processes are the monitor's.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

SECONDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Measures:
    """The registry and what counts into it."""

    registry: CollectorRegistry
    pages: Histogram
    sockets: Gauge
    requests: Counter


@cache
def measures() -> Measures:
    """Those of this process."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    return Measures(
        registry,
        Histogram(
            "shenava_page_seconds",
            "Seconds of a page's script, by page.",
            ["page"],
            buckets=SECONDS,
            registry=registry,
        ),
        Gauge("shenava_open_pages", "Pages that are open in browsers, by this process.", registry=registry),
        Counter("shenava_requests", "Answers by class of their status.", ["status"], registry=registry),
    )


@contextmanager
def page(name: str) -> Iterator[None]:
    """Count the block as a run of a page's script; one that ends by an error counts too."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        measures().pages.labels(page=name).observe(time.perf_counter() - begun)
