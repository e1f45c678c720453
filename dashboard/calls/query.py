"""Filters of the list as they stand in the address, so that a link shows the same calls to everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from dashboard.data.kinds import Band, CallStatus, Direction
from dashboard.data.listing import CallFilter, Order
from qa.text import fold

Word = TypeVar("Word", bound=StrEnum)
PARTS = ("from", "to", "agent", "team", "queue", "band", "status", "direction", "language", "critical", "lost", "q")
"""Parameters that narrow the list; ``order`` and ``after`` do not."""

ORDERS = {
    "newest": Order.NEWEST,
    "oldest": Order.OLDEST,
    "lowest": Order.LOWEST,
    "highest": Order.HIGHEST,
    "longest": Order.LONGEST,
    "shortest": Order.SHORTEST,
}


@dataclass(frozen=True, slots=True)
class Query:
    """What the address asks for; ``text`` is the search as it was typed."""

    filters: CallFilter
    order: Order
    text: str


def read_query(params: Mapping[str, str]) -> Query:
    """The query of an address. What cannot be read narrows nothing: an old link still opens."""
    text = params.get("q", "").strip()
    critical = {"yes": True, "no": False}.get(params.get("critical", ""))
    return Query(
        filters=CallFilter(
            first_day=_day(params.get("from", "")),
            last_day=_day(params.get("to", "")),
            agents=_numbers(params.get("agent", "")),
            teams=_numbers(params.get("team", "")),
            queues=_numbers(params.get("queue", "")),
            bands=_words(params.get("band", ""), Band),
            statuses=_words(params.get("status", ""), CallStatus),
            directions=_words(params.get("direction", ""), Direction),
            languages=frozenset(filter(None, params.get("language", "").split(","))),
            critical=critical,
            lost_at=params.get("lost", ""),
            search=fold(text),
        ),
        order=ORDERS.get(params.get("order", ""), Order.NEWEST),
        text=text,
    )


def _day(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 8 else None


def _numbers(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",") if part.isdigit() and len(part) < 18)


def _words(text: str, kind: type[Word]) -> frozenset[Word]:
    known = {member.value: member for member in kind}
    return frozenset(known[part] for part in text.split(",") if part in known)
