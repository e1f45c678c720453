"""One call as its page shows it, and the comments on its moments. Every read and write asks for the scope."""

from dataclasses import dataclass

from dashboard.data import watching
from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database
from dashboard.rights import lead
from qa.errors import NotFound
from qa.records import Seconds
from qa.store.call import detail, notes
from qa.store.call.calls import call_id_of
from qa.store.call.detail import CallDetail, CallHead
from qa.store.call.findings import StoredEvaluation
from qa.store.call.notes import Note
from qa.store.work import jobs
from qa.store.work.jobs import Job

__all__ = [
    "CallDetail",
    "CallHead",
    "Comment",
    "Job",
    "Note",
    "StoredEvaluation",
    "add_comment",
    "job_of",
    "load_call",
    "remove_comment",
]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment to be. ``at`` is its moment; with ``answers`` it has the moment of what it answers."""

    text: str
    at: Seconds | None = None
    answers: int | None = None


def load_call(key: str, scope: Scope) -> CallDetail | None:
    """A call with all that was found in it; ``None`` when there is none that this viewer may see.

    Raises:
        StoreUnavailable: that it is seen can be written down nowhere.
    """
    try:
        with database().read() as tx:
            found = detail.load_call(tx, key, scope)
    except NotFound:
        return None
    watching.seen(Act.CALL_VIEWED, f"call:{key}")
    return found


def job_of(call_id: int) -> Job | None:
    """How far the work on a call is; ``None`` when nobody asked for any."""
    with database().read() as tx:
        return jobs.get_job(tx, call_id)


def add_comment(key: str, scope: Scope, user_id: int, comment: Comment) -> int:
    """Add a comment to a call; gives its number.

    Raises:
        InvalidSetting: the text is empty.
        NotFound: the call is not there for this viewer, or the comment that it answers is not on it.
    """
    lead("calls.add_comment", scope)
    with database().write() as tx:
        call_id = call_id_of(tx, key, scope)
        new = notes.NewNote(call_id, user_id, comment.text, comment.at, comment.answers)
        made = notes.add_note(tx, new)
        audited(tx, Act.CALL_CHANGED, f"call:{key}", step="comment written")
        return made


def remove_comment(key: str, scope: Scope, user_id: int, note_id: int) -> None:
    """Empty one's own comment; its place in the thread stays.

    Raises:
        NotFound: the call is not there for this viewer, or the comment is not on it or not this user's.
    """
    lead("calls.remove_comment", scope)
    with database().write() as tx:
        call_id = call_id_of(tx, key, scope)
        if note_id not in {note.id for note in notes.list_notes(tx, call_id)}:
            raise NotFound(f"Comment {note_id} is not on this call; reload the page.")
        notes.remove_note(tx, note_id, user_id)
        audited(tx, Act.CALL_CHANGED, f"call:{key}", step="comment removed")
