"""What of a filter and of a viewer's scope cells can say; the rest must be asked of rows."""

from collections.abc import Iterable
from dataclasses import fields

import polars as pl

from qa.errors import InvalidSetting
from qa.store.lists.filters import CallFilter
from qa.store.scope import Scope

EXPRESSED = frozenset(
    {"first_day", "last_day", "agents", "teams", "queues", "directions", "languages", "generated"}
)
OF_COMMENTS = frozenset({"first_day", "last_day", "languages", "generated"})
OF_CONTACTS = frozenset({"first_day", "last_day"})
_NOTHING = CallFilter()


def refuse(filters: CallFilter, expressed: frozenset[str] = EXPRESSED) -> None:
    """Make sure that cells can be narrowed by the filter.

    Raises:
        InvalidSetting: it has a part that sums do not know; the rows are to be read instead.
    """
    for field in fields(filters):
        if field.name not in expressed and getattr(filters, field.name) != getattr(_NOTHING, field.name):
            raise InvalidSetting(f"Sums are not kept by {field.name!r}; read the calls themselves for it.")


def of_viewer(scope: Scope) -> pl.Expr:
    """The cells of calls that a viewer may see, as ``Scope.reach``."""
    if scope.everything:
        return pl.lit(value=True)
    if scope.agent is not None:
        return pl.col("agent_id") == scope.agent
    return _among("team_id", scope.teams)


def of_filter(filters: CallFilter) -> Iterable[pl.Expr]:
    """The conditions of the filter, days left out."""
    for name, chosen in (
        ("agent_id", filters.agents),
        ("team_id", filters.teams),
        ("queue_id", filters.queues),
    ):
        if chosen:
            yield _among(name, chosen)
    for name, words in (("direction", filters.directions), ("language", filters.languages)):
        if words:
            # Words that are in no cell are no category: compared one by one, they simply do not match.
            yield pl.any_horizontal(*(pl.col(name) == str(word) for word in sorted(words)))
    if filters.generated is not None:
        yield pl.col("generated") == filters.generated


def _among(name: str, chosen: frozenset[int]) -> pl.Expr:
    return pl.col(name).is_in(sorted(chosen)).fill_null(value=False)
