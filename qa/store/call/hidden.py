"""What of a moment's sound is silent: personal data, and a name that its agent keeps."""

from sqlalchemy import select

from qa.records import Spans, Utterance
from qa.store.call.findings import load_words
from qa.store.call.nameless import parts_of, says_name
from qa.store.call.silent import silent_parts
from qa.store.coaching.library import Moment
from qa.store.database import Transaction
from qa.store.tables import agents, calls


def hidden_in(tx: Transaction, moment: Moment) -> Spans | None:
    """The times of a moment that this viewer may not hear; a whole turn where its words have no times.

    ``None`` when they are not known: nothing of it may be heard.
    """
    silent = silent_parts(tx, moment.call_id)
    if silent is None:
        return None
    found = list(silent)
    if not (moment.own or moment.named):
        words = load_words(tx, moment.call_id)
        said = words.transcript.utterances if words else ()
        query = select(agents.c.name).join_from(calls, agents).where(calls.c.id == moment.call_id)
        parts = parts_of(tx.scalar(query) or "")
        found += [span for one in said for span in _named(one, parts)]
    return tuple(span for span in sorted(found) if span.overlap(moment.span) > 0)


def _named(one: Utterance, parts: tuple[str, ...]) -> Spans:
    if not any(says_name(word, parts) for word in one.text.split()):
        return ()
    timed = tuple(word.span for word in one.words if says_name(word.text, parts))
    return timed or (() if one.span is None else (one.span,))
