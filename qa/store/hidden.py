"""What of a moment's sound is silent: personal data, and a name that its agent keeps."""

from sqlalchemy import select

from qa.records import Span, Spans, Utterance
from qa.store.database import Transaction
from qa.store.findings import load_words
from qa.store.library import Moment
from qa.store.nameless import parts_of, says_name
from qa.store.tables import agents, calls, redactions


def hidden_in(tx: Transaction, moment: Moment) -> Spans:
    """The times of a moment that this viewer may not hear; a whole turn where its words have no times."""
    r = redactions.c
    rows = tx.execute(select(r.utterance, r.start, r.end).where(r.call_id == moment.call_id)).all()
    found = [Span(row.start, row.end) for row in rows if row.start is not None]
    words = load_words(tx, moment.call_id)
    said = words.transcript.utterances if words else ()
    untimed = {row.utterance for row in rows if row.start is None}
    found += [one.span for one in said if one.id in untimed and one.span is not None]
    if not (moment.own or moment.named):
        query = select(agents.c.name).join_from(calls, agents).where(calls.c.id == moment.call_id)
        parts = parts_of(tx.scalar(query) or "")
        found += [span for one in said for span in _named(one, parts)]
    return tuple(span for span in sorted(found) if span.overlap(moment.span) > 0)


def _named(one: Utterance, parts: tuple[str, ...]) -> Spans:
    if not any(says_name(word, parts) for word in one.text.split()):
        return ()
    timed = tuple(word.span for word in one.words if says_name(word.text, parts))
    return timed or (() if one.span is None else (one.span,))
