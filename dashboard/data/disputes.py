"""Disputes for the pages: an agent's own, the desk's queue, answers. Each asks for the scope."""

from collections.abc import Sequence

import polars as pl

from dashboard.data import scorecards
from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database
from dashboard.rights import lead
from qa.errors import NotFound
from qa.review.people import answering, judges
from qa.review.settings import desk_settings
from qa.store.account.users import list_users
from qa.store.database import Transaction
from qa.store.desk import answering as answers
from qa.store.desk import contested, disputes
from qa.store.desk.answering import Answer
from qa.store.desk.contested import Dispute, DisputeEvent, DisputeFilter
from qa.store.desk.frames import disputes_frame
from qa.store.kinds import DisputeOutcome, DisputeState, DisputeStep

__all__ = ["Answer", "Dispute", "DisputeEvent", "DisputeOutcome", "DisputeState", "DisputeStep"]

ROUNDS = disputes.ROUNDS


def of_call(call_id: int, scope: Scope) -> tuple[Dispute, ...]:
    """The disputes about one call."""
    with database().read() as tx:
        return contested.list_disputes(tx, scope, DisputeFilter(call_id=call_id))


def every(scope: Scope) -> tuple[Dispute, ...]:
    """All disputes that this viewer may see: open ones first, what is due first before the others."""
    return _listed(scope, DisputeFilter())


def of_agent(scope: Scope, agent_id: int) -> tuple[Dispute, ...]:
    """Those of one agent."""
    return _listed(scope, DisputeFilter(agent_id=agent_id))


def _listed(scope: Scope, wanted: DisputeFilter) -> tuple[Dispute, ...]:
    with database().read() as tx:
        found = contested.list_disputes(tx, scope, wanted)
    rank = {DisputeState.OPEN: 0, DisputeState.ANSWERED: 1, DisputeState.CLOSED: 2}
    return tuple(sorted(found, key=lambda one: rank[one.state]))


def steps(found: Sequence[Dispute]) -> dict[int, tuple[DisputeEvent, ...]]:
    """What happened to disputes that were read with the viewer's scope."""
    with database().read() as tx:
        return contested.list_steps(tx, [one.id for one in found])


def frame(scope: Scope) -> pl.DataFrame:
    """One row a dispute (``qa.frames.DISPUTES_SCHEMA``)."""
    return disputes_frame(database(), scope)


def contest(call_key: str, criterion: str, text: str, user: tuple[int, int | None]) -> int:
    """Contest a verdict of an own call; ``user`` is the user's number and the agent it is linked to.

    Raises:
        NotFound: the call is not this agent's own.
        InvalidSetting: there is no reason, or it is contested already.
    """
    user_id, agent_id = user
    with database().write() as tx:
        days = desk_settings(tx).dispute_days
        new = disputes.NewDispute(call_key, criterion, text, days)
        made = disputes.open_dispute(tx, new, user_id, agent_id)
        audited(tx, Act.DISPUTED, f"dispute:{made}", step="opened", criterion=criterion)
        return made


def reopen(dispute_id: int, user: tuple[int, int | None], text: str) -> None:
    """Ask again.

    Raises:
        NotFound: it is not this agent's, or has no answer yet.
        InvalidSetting: there is no reason, or the rounds are over.
    """
    with database().write() as tx:
        disputes.reopen(tx, dispute_id, user, text, desk_settings(tx).dispute_days)
        audited(tx, Act.DISPUTED, f"dispute:{dispute_id}", step="opened again")


def close(dispute_id: int, user: tuple[int, int | None]) -> None:
    """Leave it at the answer.

    Raises:
        NotFound: it is not this agent's, or has no answer yet.
    """
    with database().write() as tx:
        disputes.close(tx, dispute_id, user)
        audited(tx, Act.DISPUTED, f"dispute:{dispute_id}", step="closed")


def may_answer(dispute: Dispute, user_id: int) -> bool:
    """True when this user is one of those who answer this dispute now."""
    with database().read() as tx:
        return dispute.state is DisputeState.OPEN and user_id in _answering(tx, dispute)


def answer(dispute_id: int, user: tuple[int, Scope], said: Answer) -> DisputeState:
    """Answer an open dispute; gives its state then.

    Raises:
        NotFound: it is not open, or this user is none of those who answer it.
        InvalidSetting: there is no reason, no other verdict, or the scorecard is not known here.
    """
    lead("disputes.answer", user[1])
    with database().read() as tx:
        dispute = contested.get_dispute(tx, dispute_id, user[1])
    card = scorecards.card(dispute.scorecard, dispute.version)
    with database().write() as tx:
        if user[0] not in _answering(tx, dispute):
            raise NotFound(f"Dispute {dispute_id} is another's to answer; reload the list.")
        made = answers.answer(tx, dispute_id, user, said, card)
        audited(tx, Act.DISPUTED, f"dispute:{dispute_id}", step="answered")
        return made


def _answering(tx: Transaction, dispute: Dispute) -> frozenset[int]:
    able = frozenset(user.id for user in judges(list_users(tx), dispute.agent_id, dispute.team_id))
    gave = answers.answerers(tx, dispute.id)
    if dispute.contested_id is not None:
        gave |= {dispute.contested_id}
    return answering(able, gave, desk_settings(tx).answer_by)
