"""Customers after their first call or order whom nobody has asked yet, and the answers they give a caller."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, insert, literal, or_, select, union_all

from qa.errors import InvalidSetting
from qa.store.care.care_filter import CareFilter
from qa.store.database import Transaction
from qa.store.keyset import Cut, Key, Sheet, sheet
from qa.store.kinds import CallStatus, ImportKind, LinkedBy, SurveyKind
from qa.store.made.generated import generated_source
from qa.store.scope import Scope
from qa.store.tables import agents, calls, orders, queues, surveys
from qa.store.types import utc_now
from qa.store.voice.import_log import Source, keep_source
from qa.store.voice.sentiments import set_waiting, text_key

SOURCE = "asked by telephone"
SCALES = {SurveyKind.CSAT: (1, 5), SurveyKind.NPS: (0, 10), SurveyKind.CES: (1, 7)}
"""Lowest and highest answer of each question, as it is asked on the telephone."""


@dataclass(frozen=True, slots=True)
class FirstService:
    """A customer's first call or order. ``call`` is its key, ``None`` for an order."""

    customer: str
    at: datetime
    call_id: int | None
    call: str | None
    queue: str | None
    agent: str | None
    service: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a customer said on the telephone; no ``score``: asked, and would not answer. ``text`` is without
    personal data.
    """

    customer: str
    kind: SurveyKind
    score: int | None
    text: str
    call_id: int | None


def list_first_service(tx: Transaction, scope: Scope, wanted: CareFilter, cut: Cut) -> Sheet[FirstService]:
    """A page of those not asked yet, the longest waiting first. Orders are for who sees everything.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    parts = [_first_calls(scope, wanted)]
    if scope.everything and not wanted.queues and not wanted.languages:
        parts.append(_first_orders(wanted))
    found = union_all(*parts).subquery("firsts")
    query = select(*(found.c[name] for name in FirstService.__dataclass_fields__))
    keys = (Key(found.c.at), Key(found.c.call_id, nulls=True), Key(found.c.number))
    return sheet(tx, query, keys, cut, FirstService)


def keep_answer(tx: Transaction, asked: Asked) -> None:
    """Store what was asked and answered as a survey of the source ``asked by telephone``.

    Raises:
        InvalidSetting: the answer is outside its scale.
    """
    low, high = SCALES[asked.kind]
    if asked.score is not None and not low <= asked.score <= high:
        raise InvalidSetting(
            f"The answer {asked.score} is no answer of {asked.kind.value}; use {low} to {high}."
        )
    number = _source(tx, asked.call_id)
    now, text = utc_now(), asked.text.strip()
    content = f"{SOURCE}|{asked.customer}|{asked.kind.value}|{now.isoformat()}"
    values: dict[str, object] = {
        "source_id": number,
        "key": hashlib.blake2b(content.encode(), digest_size=16).hexdigest(),
        "kind": asked.kind,
        "score": asked.score,
        "scale": high,
        "sent_at": now,
        "answered_at": None if asked.score is None else now,
        "text": text or None,
        "text_key": text_key(text) if text else None,
        "customer_hash": asked.customer,
        "call_id": asked.call_id,
        "linked_by": None if asked.call_id is None else LinkedBy.CUSTOMER,
    }
    tx.execute(insert(surveys).values(**values))
    if text:
        set_waiting(tx, waiting=True)


def _source(tx: Transaction, call_id: int | None) -> int:
    """The source; answers about a generated call go with the demo."""
    name, made = SOURCE, tx.scalar(select(calls.c.generated).where(calls.c.id == call_id))
    if made:
        name = f"{SOURCE}, generated"
        generated_source(tx, ImportKind.SURVEYS, name)
    return int(keep_source(tx, ImportKind.SURVEYS, name, Source(None, {}, None, None)).id or 0)


def _never_before(customer: ColumnElement[Any], at: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """No call and no order before, and never asked."""
    earlier, bought, asked = calls.alias("earlier"), orders.alias("bought"), surveys.alias("asked")
    return [
        customer.is_not(None),
        ~exists().where(earlier.c.customer_hash == customer, earlier.c.started_at < at),
        ~exists().where(bought.c.customer_hash == customer, bought.c.ordered_at < at),
        ~exists().where(asked.c.customer_hash == customer),
    ]


def _within(query: Select[Any], at: ColumnElement[Any], wanted: CareFilter) -> Select[Any]:
    if wanted.since is not None:
        query = query.where(at >= wanted.since)
    return query if wanted.until is None else query.where(at < wanted.until)


def _first_calls(scope: Scope, wanted: CareFilter) -> Select[Any]:
    c = calls.c
    query = (
        select(
            c.customer_hash.label("customer"),
            c.started_at.label("at"),
            c.id.label("call_id"),
            c.id.label("number"),
            c.key.label("call"),
            queues.c.name.label("queue"),
            agents.c.name.label("agent"),
            queues.c.service.label("service"),
            c.language.label("language"),
        )
        .select_from(
            calls.outerjoin(queues, queues.c.id == c.queue_id).outerjoin(agents, agents.c.id == c.agent_id)
        )
        .where(scope.clause(), c.status == CallStatus.DONE, *_never_before(c.customer_hash, c.started_at))
    )
    for column, chosen in (
        (c.queue_id, wanted.queues),
        (queues.c.service, wanted.services),
        (c.language, wanted.languages),
        (c.customer_hash, {wanted.customer} - {""}),
    ):
        if chosen:
            query = query.where(column.in_(sorted(chosen)))
    return _within(query, c.started_at, wanted)


def _first_orders(wanted: CareFilter) -> Select[Any]:
    o = orders.c
    never = [
        *_never_before(o.customer_hash, o.ordered_at),
        ~exists().where(calls.c.customer_hash == o.customer_hash),
    ]
    nothing = cast(literal(None), String)
    query = select(
        o.customer_hash.label("customer"),
        o.ordered_at.label("at"),
        cast(literal(None), calls.c.id.type).label("call_id"),
        o.id.label("number"),
        nothing.label("call"),
        nothing.label("queue"),
        nothing.label("agent"),
        o.service.label("service"),
        nothing.label("language"),
    ).where(*never)
    if wanted.services:
        query = query.where(o.service.in_(sorted(wanted.services)))
    if wanted.customer:
        query = query.where(or_(o.customer_hash == wanted.customer))
    return _within(query, o.ordered_at, wanted)
