"""Everything about one call, as its page shows it."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from qa.errors import NotFound
from qa.records import Complaint, Measurement, Redaction, Spans, Speaker, Tone, Transcript
from qa.store.call.complaints import complaints_of
from qa.store.call.findings import (
    StoredEvaluation,
    load_evaluations,
    load_measures,
    load_redactions,
    load_words,
)
from qa.store.call.notes import Note, list_notes
from qa.store.call.removed import Removed, removed_of
from qa.store.call.roles import RolesSet, roles_set
from qa.store.database import Transaction
from qa.store.kinds import CallSource, CallStatus, Direction, EvaluationSource
from qa.store.scope import Scope
from qa.store.tables import agents, calls, queues, teams


@dataclass(frozen=True, slots=True)
class CallHead:
    """The row of a call with the names it points to."""

    id: int
    key: str
    sha256: str
    file_name: str
    media: str | None
    generated: bool
    source: CallSource
    direction: Direction | None
    agent_id: int | None
    agent: str | None
    team_id: int | None
    team: str | None
    queue_id: int | None
    queue: str | None
    customer_hash: str | None
    started_at: datetime
    local_day: int
    duration: float | None
    channels: int | None
    sample_rate: int | None
    codec: str | None
    size: int | None
    language: str | None
    status: CallStatus
    reason: str | None
    left_out: str | None
    roles_confidence: float | None
    flags: tuple[str, ...]
    abusive: bool


@dataclass(frozen=True, slots=True)
class CallDetail:
    """A call and all that was found in it. ``transcript`` is ``None`` until the call is done.

    ``peaks`` has shape ``(channels, count)``, 0-1; ``speech`` as in ``qa.records.Call``;
    ``roles_set`` says which person gave the voices their names, ``None`` when the machine did.
    """

    head: CallHead
    transcript: Transcript | None
    speech: dict[Speaker, Spans] | None
    peaks: NDArray[np.float32] | None
    redactions: tuple[Redaction, ...]
    measures: tuple[Measurement, ...]
    evaluations: tuple[StoredEvaluation, ...]
    notes: tuple[Note, ...]
    roles_set: RolesSet | None = None
    tones: tuple[Tone, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    removed: tuple[Removed, ...] = ()

    @property
    def automatic(self) -> StoredEvaluation | None:
        """The automatic evaluation that counts now."""
        return next((e for e in self.evaluations if e.current and e.source is EvaluationSource.AUTO), None)


def load_call(tx: Transaction, key: str, scope: Scope) -> CallDetail:
    """A call with everything in it; of one that the viewer judges blind, without any finding.

    Raises:
        NotFound: there is no such call, or it is not this viewer's (the sentence is the same).
    """
    head = load_head(tx, key, scope)
    words = load_words(tx, head.id)
    found = CallDetail(
        head=head,
        transcript=None if words is None else words.transcript,
        speech=None if words is None else words.speech,
        peaks=None if words is None else words.peaks,
        redactions=load_redactions(tx, head.id),
        measures=load_measures(tx, head.id),
        evaluations=load_evaluations(tx, head.id),
        notes=list_notes(tx, head.id),
        roles_set=roles_set(tx, head.id),
        tones=() if words is None else words.tones,
        complaints=complaints_of(tx, head.id),
        removed=removed_of(tx, head.id),
    )
    return _blinded(found, scope.reader) if head.id in scope.blind else found


def load_head(tx: Transaction, key: str, scope: Scope) -> CallHead:
    """The row of a call.

    Raises:
        NotFound: there is no such call, or it is not this viewer's (the sentence is the same).
    """
    names = {"agent": agents.c.name, "team": teams.c.name, "queue": queues.c.name}
    columns = [names[f].label(f) if f in names else calls.c[f] for f in CallHead.__dataclass_fields__]
    joined = (
        calls.outerjoin(agents, agents.c.id == calls.c.agent_id)
        .outerjoin(teams, teams.c.id == calls.c.team_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
    )
    query = select(*columns).select_from(joined).where(calls.c.key == key, scope.reach())
    row = tx.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no call {key!r} that you may see; check the key in the list of calls.")
    head = CallHead(**{**row, "flags": tuple(row["flags"])})
    return replace(head, abusive=False, left_out=None) if head.id in scope.blind else head


def _blinded(detail: CallDetail, reader: int | None) -> CallDetail:
    """Without anything that a machine or another person concluded from the call: no verdicts, no measures,
    nobody else's comments.
    """
    own = tuple(note for note in detail.notes if note.user_id == reader)
    return replace(detail, measures=(), evaluations=(), notes=own, tones=(), complaints=())
