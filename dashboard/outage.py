"""What a person is told when the store takes nothing now: why, that nothing was stored, and what stays."""

import logging

import streamlit as st

from dashboard import states
from dashboard.i18n import N_, _
from qa.errors import QAError, StoreUnavailable, WriteFailed
from qa.logs import about

OUTAGES = (StoreUnavailable, WriteFailed)
WHY = {
    "full": N_("The disk is full."),
    "readonly": N_("The database can only be read now."),
    "locked": N_("Another program holds the database."),
    "": N_("The database does not answer."),
}

log = logging.getLogger(__name__)


def stopped(error: QAError) -> bool:
    """True when something was to be stored and was not."""
    return isinstance(error, WriteFailed) or (isinstance(error, StoreUnavailable) and error.writing)


def line(error: QAError) -> str:
    """The sentence for the page, with a code that the log repeats."""
    code = states.reference()
    log.warning("nothing was stored: %s", error.message, extra=about("page.not_stored", reference=code))
    why = "full" if isinstance(error, WriteFailed) else getattr(error, "why", "")
    return _(
        "{why} Nothing was stored; what you typed is still here. Try again in a moment. Reference {code}.",
        why=_(WHY[why]),
        code=code,
    )


def told(error: QAError) -> None:
    """In the place where it was to be stored."""
    st.error(line(error), icon=":material/save:")


def toasted(error: QAError) -> None:
    """Beside the page, for callbacks, which have no place in it."""
    st.toast(line(error), icon=":material/save:", duration="long")
