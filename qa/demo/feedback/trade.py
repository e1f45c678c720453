"""Orders, the queue log and follow-up calls of the demo centre.

Planted truths: customers of the problem queue wait longer and give up more often; who was unhappy is mostly
called back, a few are forgotten; whose complaint was answered too late or never buys less afterwards.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import numpy as np

from qa.demo.customers import customer_id
from qa.demo.feedback.remarks import Remark
from qa.demo.feedback.visits import Visit
from qa.demo.people import QUEUES, Language

FORGOTTEN = 0.07  # of those who should be called back
BUYERS = 0.7
GAP = 30.0  # days between two orders of a usual customer
SERVICES = (("shop", 0.6, 900_000), ("travel", 0.25, 6_500_000), ("banking", 0.15, 250_000))
STAYS, STAYS_AFTER_SILENCE = 0.9, 0.15
AGAIN = 0.7  # of complaints that were answered an order follows within weeks
LOST, LOST_IN_PROBLEM = 0.05, 0.17  # of those who wait, how many hang up


def callbacks(due: Iterable[tuple[datetime, int]], now: datetime) -> list[dict[str, object]]:
    """Call detail records of follow-up calls: the moment from which each customer waits, and the customer."""
    random = np.random.default_rng(909)
    rows: list[dict[str, object]] = []
    for number, (since, customer) in enumerate(due):
        late = since + timedelta(hours=float(random.uniform(3, 30)))
        if random.random() >= FORGOTTEN and late <= now:
            rows.append(
                {
                    "uniqueid": f"demo-out-{number:05d}",
                    "start": late.isoformat(),
                    "disposition": "ANSWERED",
                    "talk time": int(random.gamma(3.0, 40.0)),
                    "customer": customer_id(customer),
                }
            )
    return rows


def orders(
    visits: tuple[Visit, ...], remarks: list[Remark], span: tuple[datetime, datetime]
) -> list[dict[str, object]]:
    """What customers bought between two moments."""
    random = np.random.default_rng(3101)
    bad = [one for one in remarks if one.tone == "negative" and one.customer is not None]
    silent = {one.customer: one.at for one in reversed(bad) if one.silent}  # from the first time on
    mended = [(one.customer, one.at) for one in bad if not one.silent and random.random() < AGAIN]
    rows: list[dict[str, object]] = []
    for customer in sorted({visit.customer for visit in visits}):
        again = [at + timedelta(days=float(random.uniform(3, 25))) for who, at in mended if who == customer]
        usual = _moments(span, silent.get(customer), random) if random.random() < BUYERS else ()
        for at in (*usual, *(one for one in again if one <= span[1])):
            place = int(random.choice(len(SERVICES), p=[share for _, share, _ in SERVICES]))
            service, _, price = SERVICES[place]
            amount = round(price * float(random.lognormal(0, 0.5)), -4)
            row = {"order id": f"demo-o{len(rows):05d}", "time": at.isoformat()}
            rows.append(row | {"customer": customer_id(customer), "service": service, "amount": int(amount)})
    return rows


def _moments(
    span: tuple[datetime, datetime], silent: datetime | None, random: np.random.Generator
) -> Iterator[datetime]:
    first, last = span
    gap = GAP * float(random.gamma(2.0, 0.5) + 0.3)
    at = first + timedelta(days=float(random.uniform(0, 1.3)) * (last - first).days)
    while at <= last:
        gone = silent is not None and at > silent
        if random.random() >= (STAYS_AFTER_SILENCE if gone else STAYS):
            return
        yield at
        at += timedelta(days=float(random.gamma(2.0, gap / 2)))


def queue_log(visits: tuple[Visit, ...], language: Language) -> Iterator[str]:
    """Lines as Asterisk writes them: every call of the history, and those that were given up before it."""
    random = np.random.default_rng(5550)
    for visit in visits:
        queue = QUEUES[visit.queue].name(language)
        waited = int(random.gamma(2.0, 26.0 if visit.troubled else 8.0))
        if random.random() < (LOST_IN_PROBLEM if visit.troubled else LOST):
            gone = visit.at - timedelta(minutes=7)
            patience = waited + int(random.integers(20, 120))
            yield from _stay(gone, f"{visit.reference}-x", queue, (f"ABANDON|1|1|{patience}", patience))
        talked = int(random.gamma(3.0, 70.0)) + 10
        entered = visit.at - timedelta(seconds=waited)
        yield from _stay(entered, visit.reference, queue, (f"CONNECT|{waited}|x|2", waited))
        yield _line(
            visit.at + timedelta(seconds=talked),
            visit.reference,
            queue,
            f"COMPLETECALLER|{waited}|{talked}|1",
        )


def _stay(entered: datetime, reference: str, queue: str, end: tuple[str, int]) -> Iterator[str]:
    yield _line(entered, reference, queue, "ENTERQUEUE||")
    event, seconds = end
    yield _line(entered + timedelta(seconds=seconds), reference, queue, event)


def _line(at: datetime, reference: str, queue: str, event: str) -> str:
    name, _, parameters = event.partition("|")
    cells = (parameters.split("|") + [""] * 5)[:5]
    return "|".join((str(int(at.timestamp())), reference, queue, "Agent", name, *cells))
