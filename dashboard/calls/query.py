"""Filters of the list as they stand in the address, so that a link shows the same calls to everybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from dashboard.address import day_of, numbers_of
from dashboard.data.kinds import Band, CallStatus, Direction
from dashboard.data.listing import CallFilter, Order, Said
from qa.redact import redact_text
from qa.text import fold

Word = TypeVar("Word", bound=StrEnum)
PEOPLE, CLOSED = ("agent", "team", "queue"), ("band", "status", "direction", "language")
PARTS = ("from", "to", *PEOPLE, *CLOSED, "critical", "abuse", "complaint", "sound", "lost", "q", "said")
"""Parameters that narrow the list; ``order`` and ``after`` do not."""

ORDERS = {
    "newest": Order.NEWEST,
    "oldest": Order.OLDEST,
    "lowest": Order.LOWEST,
    "highest": Order.HIGHEST,
    "longest": Order.LONGEST,
    "shortest": Order.SHORTEST,
}
YES_NO = {"yes": True, "no": False}
LANGUAGE = re.compile("[a-z]{2,3}")
KEY = re.compile("[a-z0-9_]{1,80}")  # of a criterion
SIDES = {"agent": Said.AGENT, "customer": Said.CUSTOMER}
QUOTED = re.compile('["\u201c\u201d\u201e\u00ab]([^"\u201c\u201d\u201e\u00ab\u00bb]*)["\u201c\u201d\u00bb]')


@dataclass(frozen=True, slots=True)
class Query:
    """What the address asks for; ``text`` is the search as it was typed."""

    filters: CallFilter
    order: Order
    text: str

    @property
    def narrowed(self) -> bool:
        """False when it asks for every call."""
        return self.filters != CallFilter()


def read_query(params: Mapping[str, str]) -> Query:
    """The query of an address. What cannot be read narrows nothing: an old link still opens."""
    text = params.get("q", "").strip()
    lost = params.get("lost", "")
    critical, abuse, voiced, sound = (
        YES_NO.get(params.get(part, "")) for part in ("critical", "abuse", "complaint", "sound")
    )
    return Query(
        filters=CallFilter(
            first_day=day_of(params.get("from", "")),
            last_day=day_of(params.get("to", "")),
            agents=numbers_of(params.get("agent", "")),
            teams=numbers_of(params.get("team", "")),
            queues=numbers_of(params.get("queue", "")),
            bands=_words(params.get("band", ""), Band),
            statuses=_words(params.get("status", ""), CallStatus),
            directions=_words(params.get("direction", ""), Direction),
            languages=_languages(params.get("language", "")),
            critical=critical,
            recorded=sound,
            abusive=abuse,
            complained=voiced,
            lost_at=lost if KEY.fullmatch(lost) else "",
            search=searched(text),
            said=SIDES.get(params.get("said", ""), Said.ANYBODY),
        ),
        order=ORDERS.get(params.get("order", ""), Order.NEWEST),
        text=text,
    )


def searched(text: str) -> str:
    """What was typed as the search takes it: words folded, phrases in plain quotation marks."""
    parts = QUOTED.split(text)  # every second one stood in quotation marks
    folded = (f'"{fold(part)}"' if place % 2 else fold(part) for place, part in enumerate(parts))
    return " ".join(part for part in folded if part.strip('"'))


def words_of(query: Query) -> dict[str, str]:
    """The part of an address that asks for the words of a query, by whom they were said."""
    by = {"said": query.filters.said.value} if query.filters.said else {}
    return {"q": in_address(query.text), **by} if query.filters.search else {}


def in_address(text: str) -> str:
    """A search as it may stand in an address, which browsers and proxies keep: without personal data. Nothing
    is lost by it, stored words have none either.
    """
    return redact_text(text.strip())


def _languages(text: str) -> frozenset[str]:
    return frozenset(part for part in text.split(",") if LANGUAGE.fullmatch(part))


def _words(text: str, kind: type[Word]) -> frozenset[Word]:
    known = {member.value: member for member in kind}
    return frozenset(known[part] for part in text.split(",") if part in known)
