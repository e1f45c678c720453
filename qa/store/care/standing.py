"""The matters that are open now: those kept, and what happened for customers that changed since."""

from sqlalchemy import Subquery, select, union_all

from qa.store.care.care_filter import CareFilter
from qa.store.care.care_marks import how_many, marked
from qa.store.care.keeping import usable
from qa.store.care.matters import kept_matters, matters
from qa.store.database import Transaction
from qa.store.scope import Scope

FEW = 5_000
"""Customers that changed: of more than so many all is worked out from what happened."""


def open_now(tx: Transaction, scope: Scope, wanted: CareFilter) -> Subquery:
    """Every matter with no contact since, in the moment of this transaction: ``reason, subject, customer,
    at``.
    """
    changed = how_many(tx, FEW + 1) if usable(tx) else FEW + 1
    if changed > FEW:
        return union_all(*matters(scope, wanted)).subquery("matters")
    kept = list(kept_matters(scope, wanted))
    if not changed:
        return union_all(*kept).subquery("matters")
    who = select(marked().c.customer)
    as_kept = [one.where(one.selected_columns.customer.not_in(who)) for one in kept]
    changed_ = matters(scope, wanted, lambda part: part.customer.in_(who))
    return union_all(*as_kept, *changed_).subquery("matters")
