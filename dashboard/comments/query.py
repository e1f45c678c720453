"""What the address of the comments page asks for, so that a link shows the same comments to everybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from dashboard.address import day_of, number_of, numbers_of
from dashboard.data.comments import CommentFilter, CommentOrder, Shown
from qa.calendar import day_bounds

LANGUAGES = ("fa", "en", "finglish")
LABELS = ("negative", "neutral", "positive")
NARROWING = (
    "from",
    "to",
    "channel",
    "service",
    "queue",
    "language",
    "sentiment",
    "aspect",
    "suggestion",
    "ids",
    "customer",
)
"""Parts that narrow the list beside ``shown``; ``order``, ``after`` and ``comment`` do not."""

_NAME = re.compile(r"[\w -]{1,40}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CommentQuery:
    """``wanted`` is what to list, ``counted`` the same for the figures, which count every state."""

    wanted: CommentFilter
    counted: CommentFilter
    order: CommentOrder
    chosen: int | None

    @property
    def wanted_anywhere(self) -> CommentFilter:
        """What is narrowed to, whatever became of it."""
        return replace(self.wanted, shown=Shown.ALL)


def read_query(params: Mapping[str, str], zone: tzinfo) -> CommentQuery:
    """The query of an address. What cannot be read narrows nothing: an old link still opens."""
    first, last = day_of(params.get("from", "")), day_of(params.get("to", ""))
    shown = params.get("shown", Shown.WAITING.value)
    order = params.get("order", CommentOrder.URGENT.value)
    narrowed: dict[str, object] = {
        "since": None if first is None else day_bounds(first, zone)[0],
        "until": None if last is None else day_bounds(last, zone)[1],
        "channels": _texts(params.get("channel", "")),
        "services": _texts(params.get("service", "")),
        "queues": numbers_of(params.get("queue", "")),
        "languages": _texts(params.get("language", "")) & set(LANGUAGES),
        "aspect": params.get("aspect", "") if _NAME.fullmatch(params.get("aspect", "")) else "",
        "ids": numbers_of(params.get("ids", "")),
        "suggestion": params.get("suggestion", "") == "yes",
        "customer": params.get("customer", "") if _HASH.fullmatch(params.get("customer", "")) else "",
    }
    counted = CommentFilter(**narrowed)  # type: ignore[arg-type]
    wanted = CommentFilter(
        **narrowed,  # type: ignore[arg-type]
        shown=Shown(shown) if shown in set(Shown) else Shown.WAITING,
        labels=_texts(params.get("sentiment", "")) & set(LABELS),
    )
    return CommentQuery(
        wanted,
        counted,
        CommentOrder(order) if order in set(CommentOrder) else CommentOrder.URGENT,
        number_of(params.get("comment", "")),
    )


def _texts(text: str) -> frozenset[str]:
    return frozenset(part for part in text.split(",") if part)
