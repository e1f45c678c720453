"""Who looked: how often each role opened calls, heard them, opened customers or made files, from the log."""

from datetime import datetime

from sqlalchemy import func, select

from qa.store.audit.acts import Act
from qa.store.database import Transaction
from qa.store.tables import audit_log

LOOKS = (Act.CALL_VIEWED, Act.AUDIO_PLAYED, Act.CUSTOMER_VIEWED, Act.EXPORTED, Act.REPORTED)


def looks_since(tx: Transaction, since: datetime) -> dict[tuple[str, str], int]:
    """How often since a moment, by act and role; what no user did has the role ``""``."""
    c = audit_log.c
    query = (
        select(c.act, func.coalesce(c.user_role, ""), func.count())
        .where(c.at >= since, c.act.in_([str(act) for act in LOOKS]))
        .group_by(c.act, c.user_role)
    )
    return {(act, role): count for act, role, count in tx.execute(query)}
