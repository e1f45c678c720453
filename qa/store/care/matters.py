"""What customers were left alone with: complaints in public and in calls, broken promises, low surveys.

A contact is any later call with the customer, whoever made it, recorded or answered in the telephone records;
for a complaint in public also a reply, a remedy or an end in its ledger (``qa.store.care.parts``).
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, literal, select

from qa.store.care.care_filter import CareFilter, narrowed, no_call_since
from qa.store.care.parts import PARTS, Ask, Part
from qa.store.database import Transaction
from qa.store.kinds import FollowUpReason
from qa.store.scope import Scope
from qa.store.tables import open_matters

SHOWN = ("text", "place", "asked", "score", "scale", "call", "second")
CHUNK = 500

Named = Callable[[Part], ColumnElement[bool]]
"""Which matters are asked for, by the columns of their part."""


def matters(scope: Scope, wanted: CareFilter, named: Named | None = None) -> Iterator[Select[Any]]:
    """Every matter with no contact since, worked out from what happened: ``reason, subject, customer, at``, a
    query a reason. Nothing that a list shows is read for those that it does not. ``named``: of these alone.
    """
    ask = Ask(scope, wanted, few=bool(wanted.customer) or named is not None)
    for reason, of in PARTS.items():
        part = of(ask)
        yield _alone(reason, part, wanted, [] if named is None else [named(part)])


def kept_matters(scope: Scope, wanted: CareFilter) -> Iterator[Select[Any]]:
    """The same as they were kept (``open_matters``), those that the viewer sees and the filter leaves."""
    ask, k = Ask(scope, wanted, few=True), open_matters.c
    for reason, of in PARTS.items():
        part = of(ask)
        tables: FromClause = open_matters
        query = select(*_columns(reason, (k.subject, k.customer_hash, k.at))).where(k.reason == reason)
        if not ask.whole:
            tables = tables.join(_tables(part), part.subject == k.subject)
            query = query.where(*part.seen)
        columns = {"at": k.at, "customer": k.customer_hash, **part.narrow}
        yield narrowed(query.select_from(tables), reason, wanted, columns)


def shown(
    tx: Transaction, scope: Scope, wanted: CareFilter, reason: FollowUpReason, subjects: Collection[int]
) -> dict[int, dict[str, Any]]:
    """What a list shows (``SHOWN``) of some of the matters of a reason, by number."""
    part, numbers = PARTS[reason](Ask(scope, wanted, few=True)), sorted(subjects)
    columns = [column.label(name) for name, column in part.shown.items()]
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(numbers), CHUNK):
        own = part.subject.in_(numbers[start : start + CHUNK])
        query = select(part.subject.label("subject"), *columns).select_from(part.joined)
        for row in tx.execute(query.where(*part.seen, *part.rules, own)).mappings():
            found[int(row["subject"])] = {name: row.get(name) for name in SHOWN}
    return found


def _alone(
    reason: FollowUpReason, part: Part, wanted: CareFilter, named: list[ColumnElement[bool]]
) -> Select[Any]:
    query = select(*_columns(reason, (part.subject, part.customer, part.at))).select_from(_tables(part))
    query = query.where(*part.seen, *part.rules, part.customer.is_not(None), *named)
    columns = {"at": part.at, "customer": part.customer, **part.narrow}
    # Told to keep the rows in between, or the database asks for later calls before cheaper questions.
    happened = narrowed(query, reason, wanted, columns).cte(reason.name.lower())
    found = happened.prefix_with("MATERIALIZED")
    return select(found).where(no_call_since(found.c.customer, found.c.at))


def _tables(part: Part) -> FromClause:
    return part.joined if part.alone is None else part.alone


def _columns(reason: FollowUpReason, of: tuple[ColumnElement[Any], ...]) -> list[ColumnElement[Any]]:
    names = ("subject", "customer", "at")
    return [
        literal(reason.value).label("reason"),
        *(column.label(name) for name, column in zip(names, of, strict=True)),
    ]
