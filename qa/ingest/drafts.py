"""The row of a new call, from what was heard of the file and what is known of the call."""

from datetime import UTC, datetime

from qa.calendar import local_day
from qa.errors import shown_name
from qa.ingest.customers import customer_hash
from qa.ingest.desk import Desk
from qa.ingest.facts import Facts
from qa.records import Recording
from qa.store.call.calls import NewCall
from qa.store.database import Transaction
from qa.store.kinds import Direction
from qa.store.people import agent_id, get_queue, queue_id, team_id, team_of

FILE_DATE = "no start time was given; the file's date was used"


def draft(
    tx: Transaction, desk: Desk, recording: Recording, facts: Facts, media: str
) -> tuple[NewCall, tuple[str, ...]]:
    """The call to register, and notes. Agents, teams and queues that are new are made.

    The telephone number of the customer ends here: the row gets its keyed hash and a masked file name.
    """
    notes = list(facts.notes)
    moment = facts.moment
    if moment is None:
        moment = datetime.fromtimestamp(recording.path.stat().st_mtime, UTC)
        notes.append(FILE_DATE)
    team = team_id(tx, facts.team) if facts.team else None
    agent = _agent(tx, desk, facts, team, notes)
    queue = queue_id(tx, facts.queue) if facts.queue else None
    return NewCall(
        sha256=recording.sha256,
        file_name=shown_name(recording.path),
        started_at=moment,
        local_day=local_day(moment, desk.settings.zone),
        source=desk.source,
        media=media,
        direction=Direction(facts.direction) if facts.direction else None,
        agent_id=agent,
        team_id=team_of(tx, agent) if team is None and agent is not None else team,
        queue_id=queue,
        customer_hash=customer_hash(facts.customer, desk.key, desk.region) if facts.customer else None,
        duration=recording.duration,
        channels=recording.channels,
        sample_rate=recording.sample_rate,
        codec=recording.codec,
        size=recording.size,
        language=facts.language or (get_queue(tx, queue).language if queue is not None else None),
        flags=recording.flags,
    ), tuple(notes)


def _agent(tx: Transaction, desk: Desk, facts: Facts, team: int | None, notes: list[str]) -> int | None:
    name = facts.agent_name or facts.agent
    if not name:
        return None
    found = agent_id(tx, name, team=team)
    shown = " ".join(name.split())
    if shown not in desk.agents:
        desk.agents.add(shown)
        notes.append(f"the agent {shown!r} is new here")
    return found
