"""What a session is made of: the words of its moments, the best practice beside them, the verdicts."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard.data import frames, library, scorecards, watching
from dashboard.data.acting import Act, audited_alone
from dashboard.data.coaching import today
from dashboard.data.frames import HASHES, CallFilter
from dashboard.data.library import Moment as Exemplar
from dashboard.data.library import MomentFilter
from dashboard.data.site import Scope, database
from dashboard.rights import lead
from qa.analytics.coached_calls import criterion_values
from qa.gather import sums
from qa.records import Transcript
from qa.review.coach import Order, prepare_session
from qa.store.call.findings import load_words
from qa.store.coaching.reach import Person
from qa.store.coaching.reading import Moment, moments_of

__all__ = ["CallFilter", "Exemplar", "Heard", "Order", "best", "days", "heard", "prepare"]


@dataclass(frozen=True, slots=True)
class Heard:
    """A moment with the words of its call."""

    moment: Moment
    transcript: Transcript


def heard(scope: Scope, session_id: int) -> tuple[Heard, ...]:
    """The moments of a session that this viewer may hear, with their words."""
    with database().read() as tx:
        found = [(one, load_words(tx, one.call_id)) for one in moments_of(tx, scope, session_id)]
    for key in sorted({one.call_key for one, words in found if words is not None}):
        watching.seen(Act.CALL_VIEWED, f"call:{key}", session=session_id)
    return tuple(Heard(one, words.transcript) for one, words in found if words is not None)


def best(scope: Scope, criterion: str, language: str = "") -> Exemplar | None:
    """The newest exemplary moment of the criterion whose agent agreed, one in the language first."""
    found = library.listed(scope, MomentFilter(criterion=criterion), 20)
    same = [one for one in found if one.language == language]
    return next(iter((*same, *found)), None)


@st.cache_resource(ttl=frames.KEPT, max_entries=64, show_spinner=False, hash_funcs=HASHES)
def days(scope: Scope, filters: CallFilter, criterion: str) -> pl.DataFrame:
    """Verdicts of one criterion by agent, queue and day (``qa.analytics.coached_calls.criterion_values``)."""
    found = sums.verdicts(database(), scope, filters, (criterion,), daily=True)
    return criterion_values(found.lazy(), criterion).collect()


def prepare(person: Person, order: Order) -> int:
    """Prepare a session in one step; gives its number.

    Raises:
        NotFound: an agent is not this person's to coach.
        InvalidSetting: nobody is coached, too many are, or the focus is empty.
    """
    lead("clips.prepare", person.scope)
    made = prepare_session(database(), person, order, scorecards.card)
    audited_alone(Act.COACHED, f"session:{made}", step="prepared")
    return made


def order(agents: tuple[int, ...], criterion: str, focus: str, planned_day: int | None) -> Order:
    """An order of today."""
    return Order(agents, criterion, focus, today(), planned_day)
