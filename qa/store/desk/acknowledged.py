"""Verdicts that the agent of a call has acknowledged: "I have seen it", which is no agreement."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from qa.errors import NotFound
from qa.store.call.calls import call_id_of
from qa.store.database import Transaction
from qa.store.desk.disputes import contested_now
from qa.store.scope import Scope
from qa.store.tables import calls, seen_verdicts
from qa.store.types import utc_now
from qa.store.upsert import insert_absent


def acknowledge(tx: Transaction, call_key: str, criterion: str, user: tuple[int, int | None]) -> None:
    """Say that a verdict of an own call was seen; the first time counts. ``user`` and the agent linked to it.

    Raises:
        NotFound: the call is not the agent's own, or has no such verdict.
    """
    user_id, agent_id = user
    own = Scope.of_agent(agent_id)
    call_id = call_id_of(tx, call_key, own)
    if contested_now(tx, call_id, criterion, own) is None:
        raise NotFound(f"Call {call_key} has no verdict for {criterion!r}; reload the page.")
    values = {"call_id": call_id, "key": criterion, "user_id": user_id, "at": utc_now()}
    insert_absent(tx, seen_verdicts, values)


def acknowledged(tx: Transaction, scope: Scope, keys: Collection[str]) -> dict[tuple[str, str], datetime]:
    """Which verdicts of these calls were seen, and when, by call and criterion."""
    query = (
        select(calls.c.key.label("call"), seen_verdicts.c.key, seen_verdicts.c.at)
        .join_from(seen_verdicts, calls)
        .where(calls.c.key.in_(sorted(keys)), scope.among())
    )
    return {(row[0], row[1]): row[2] for row in tx.execute(query)}
