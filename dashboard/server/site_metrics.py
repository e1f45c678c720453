"""The site's figures in Prometheus' shapes, read anew at every scrape."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate

from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from dashboard.data import vitals
from dashboard.data.vitals import BUCKETS, Vitals
from qa.errors import StoreUnavailable


class SiteMetrics(Collector):
    """``shenava_up`` is 0, and the rest is missing, while the database does not answer."""

    def collect(self) -> Iterator[Metric]:
        """One family after another."""
        yield _gauge("disk_free_bytes", "Free where recordings are kept.", vitals.free_bytes())
        try:
            found = vitals.vitals()
        except StoreUnavailable:
            yield _gauge("up", "Whether the database answers.", 0)
            return
        yield _gauge("up", "Whether the database answers.", 1)
        yield from _simple(found, datetime.now(UTC))
        yield _workers(found, datetime.now(UTC))
        yield _stages(found)


def _simple(found: Vitals, now: datetime) -> Iterator[Metric]:
    states = GaugeMetricFamily("shenava_jobs", "Jobs that are not done, by state.", labels=["state"])
    for state, count in found.jobs.items():
        states.add_metric([state.value], count)
    yield states
    messages = GaugeMetricFamily("shenava_outbox", "Messages by state.", labels=["state"])
    for kind, count in found.outbox.items():
        messages.add_metric([kind.value], count)
    yield messages
    oldest = 0.0 if found.oldest is None else (now - found.oldest).total_seconds()
    yield _gauge("oldest_job_seconds", "How long the queued job waits that waits longest.", oldest)
    yield _gauge("calls_done_last_hour", "Calls reviewed within the last hour.", found.done_last_hour)
    yield _gauge("sessions", "People that are signed in.", found.sessions)
    yield _gauge("database_bytes", "Size of the database.", found.size)
    if found.backup_at is not None:
        age = (now - found.backup_at).total_seconds()
        yield _gauge("backup_age_seconds", "Since the last back-up; missing before the first.", age)


def _workers(found: Vitals, now: datetime) -> Metric:
    family = GaugeMetricFamily(
        "shenava_worker_silence_seconds",
        "Since a worker's last sign of life; workers that ended by themselves are missing.",
        labels=["executor"],
    )
    for worker in found.workers:
        if worker.stopped_at is None:
            family.add_metric([worker.executor], (now - worker.last_sign).total_seconds())
    return family


def _stages(found: Vitals) -> Metric:
    family = HistogramMetricFamily(
        "shenava_review_seconds",
        "Seconds of a review and of its stages, by worker.",
        labels=["executor", "stage"],
    )
    limits = (*map(str, map(float, BUCKETS)), "+Inf")
    for one in found.stages:
        rising = list(zip(limits, accumulate(one.counts), strict=True))
        family.add_metric([one.executor, one.stage], rising, one.seconds)
    return family


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"shenava_{name}", says, value=value)
