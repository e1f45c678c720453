"""Enrolled voices of agents: biometric data, only at sites that want it, gone when it is forgotten."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from qa.store.database import Transaction
from qa.store.tables import agents, calls, pick, voice_profiles
from qa.store.types import utc_now
from qa.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Whose voice is known, from how many calls, since when. Never the voice itself."""

    agent: str
    calls: int
    updated_at: datetime


def save_voice(tx: Transaction, agent: int, vector: bytes, count: int) -> None:
    """Enrol an agent's voice in place of the one before; ``count`` calls were heard for it."""
    values = {"vector": vector, "calls": count, "updated_at": utc_now()}
    upsert(tx, voice_profiles, {"agent_id": agent}, values)


def load_voice(tx: Transaction, agent: int) -> bytes | None:
    """The stored voice of an agent, ``None`` when it is not enrolled."""
    found: bytes | None = tx.scalar(select(voice_profiles.c.vector).where(voice_profiles.c.agent_id == agent))
    return found


def list_voices(tx: Transaction) -> tuple[Enrolled, ...]:
    """Every enrolled agent by name."""
    query = (
        select(agents.c.name, voice_profiles.c.calls, voice_profiles.c.updated_at)
        .join(agents, agents.c.id == voice_profiles.c.agent_id)
        .order_by(agents.c.name)
    )
    return tuple(Enrolled(row.name, row.calls, row.updated_at) for row in tx.execute(query))


def forget_voice(tx: Transaction, agent: int) -> bool:
    """Delete an agent's voice; False when there was none."""
    return bool(tx.execute(delete(voice_profiles).where(voice_profiles.c.agent_id == agent)).rowcount)


def two_channel_calls(tx: Transaction, agent: int, most: int) -> tuple[str, ...]:
    """Keys of an agent's newest calls whose recording has two channels."""
    query = (
        select(*pick(calls, "key"))
        .where(calls.c.agent_id == agent, calls.c.channels == 2, calls.c.media.is_not(None))
        .order_by(calls.c.started_at.desc())
        .limit(most)
    )
    return tuple(tx.scalars(query))
