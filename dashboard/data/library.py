"""The library of exemplary moments: what this viewer may hear, and who may propose, answer, withdraw."""

from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database
from dashboard.rights import lead
from qa.store.coaching import library, moments
from qa.store.coaching.library import Line, Moment, MomentFilter
from qa.store.coaching.moments import NewMoment
from qa.store.kinds import MomentState

__all__ = ["Line", "Moment", "MomentFilter", "MomentState", "NewMoment"]

LONGEST, TITLE, WHY = moments.LONGEST, moments.TITLE, moments.WHY


def listed(scope: Scope, wanted: MomentFilter, limit: int | None = None, skip: int = 0) -> tuple[Moment, ...]:
    """Moments that this viewer may hear, the newest first; without a filter those that all may hear."""
    with database().read() as tx:
        return library.list_moments(tx, scope, wanted, limit, skip)


def counts(scope: Scope, wanted: MomentFilter) -> dict[str, int]:
    """How many of them there are, by criterion."""
    with database().read() as tx:
        return library.count_moments(tx, scope, wanted)


def moment(moment_id: int, scope: Scope) -> Moment:
    """One moment.

    Raises:
        NotFound: there is none that this viewer may hear.
    """
    with database().read() as tx:
        return library.get_moment(tx, moment_id, scope)


def propose(new: NewMoment, user_id: int, scope: Scope) -> int:
    """Ask the agent of a call; gives the moment's number.

    Raises:
        NotFound: the call is not the lead's to see, or was not judged by this criterion.
        InvalidSetting: no agent, no words, no title, too long, or asked before.
    """
    lead("library.propose", scope)
    with database().write() as tx:
        made = moments.propose(tx, new, user_id, scope)
        audited(tx, Act.LIBRARY_CHANGED, f"moment:{made}", step="proposed")
        return made


def answer(moment_id: int, agent_id: int | None, *, consents: bool, named: bool = False) -> None:
    """What the agent of the call says; ``named``: the name may stand beside it.

    Raises:
        NotFound: the moment is not this agent's, or was withdrawn.
    """
    with database().write() as tx:
        moments.answer(tx, moment_id, agent_id, consents=consents, named=named)
        audited(tx, Act.LIBRARY_CHANGED, f"moment:{moment_id}", step="consented" if consents else "declined")


def withdraw(moment_id: int, user_id: int, scope: Scope) -> None:
    """A lead takes a moment out.

    Raises:
        NotFound: it is of a call that is not the lead's to see, or it is out already.
    """
    lead("library.withdraw", scope)
    with database().write() as tx:
        moments.withdraw(tx, moment_id, user_id, scope)
        audited(tx, Act.LIBRARY_CHANGED, f"moment:{moment_id}", step="withdrawn")
