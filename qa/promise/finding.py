"""Commitments and times put together, sentence by sentence."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from qa.promise import english, persian
from qa.promise.commitments import Said, said
from qa.promise.due import Deadline, Kind, Office, due_at
from qa.records import Promise, Share, Speaker, Transcript, Utterance
from qa.text import folded, sentences, trimmed

REACH = 90  # characters between a commitment and the time that belongs to it
SHORTEST_WAIT = 15  # minutes; what is done sooner is done on the line, unless it is a call back
TIMED: Share = 0.9
WEAK_TIMED: Share = 0.75
UNTIMED: Share = 0.6
_TIMES: dict[str, Callable[[str], Iterator[Deadline]]] = {
    "en": english.deadlines,
    "fa": persian.deadlines,
}


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    deadline: Deadline | None
    strong: bool


def find_promises(transcript: Transcript, made: datetime | None, office: Office) -> tuple[Promise, ...]:
    """The promises of a call in order; none where nobody knows which side is the agent.

    Args:
        transcript: the redacted words, in Persian or English.
        made: when the call began, aware; ``None`` leaves every ``due`` empty.
        office: the site's calendar.

    Raises:
        InvalidScorecard: the shipped word lists are damaged.
    """
    if transcript.language not in _TIMES:
        return ()
    return tuple(
        promise
        for utterance in transcript.utterances
        if utterance.speaker is Speaker.AGENT
        for promise in _of_utterance(utterance, transcript.language, made, office)
    )


def _of_utterance(
    utterance: Utterance, language: str, made: datetime | None, office: Office
) -> Iterator[Promise]:
    for start, end in sentences(utterance.text):
        sentence = utterance.text[start:end]
        if sentence.rstrip().endswith(("?", "؟")):
            continue
        for found in _in_sentence(sentence, language):
            due = due_at(found.deadline, made, office) if found.deadline and made else None
            yield Promise(
                utterance=utterance.id,
                quote=trimmed(sentence, found.start, found.end),
                at=utterance.span.start if utterance.span else None,
                due=due,
                when=_words(sentence, found.deadline),
                confidence=_confidence(found),
            )


def _in_sentence(sentence: str, language: str) -> list[_Found]:
    marks = list(said(sentence, language))
    against = [mark for mark in marks if mark.kind == "not_promise"]
    hits = [mark for mark in marks if mark.kind in ("strong", "weak") and not _overlaps(mark, against)]
    if not hits:
        return []
    times = list(_times(sentence, language))
    is_now = any(mark.kind == "now" for mark in marks)
    groups: dict[Deadline | None, list[Said]] = defaultdict(list)
    for hit in hits:
        groups[_nearest(hit, times)].append(hit)
    if len(groups) > 1:
        groups.pop(None, None)  # one sentence, one matter: the time said once holds for all of it
    found = [_joined(own, deadline) for deadline, own in groups.items()]
    return sorted((one for one in found if _counts(one, is_now=is_now)), key=lambda one: one.start)


def _joined(hits: list[Said], deadline: Deadline | None) -> _Found:
    places = [(hit.start, hit.end) for hit in hits]
    if deadline is not None:
        places.append((deadline.start, deadline.end))
    strong = any(hit.kind == "strong" for hit in hits)
    return _Found(min(start for start, _ in places), max(end for _, end in places), deadline, strong)


def _counts(found: _Found, *, is_now: bool) -> bool:
    deadline = found.deadline
    if deadline is None:
        return found.strong and not is_now
    waits = deadline.kind is not Kind.MINUTES or deadline.amount >= SHORTEST_WAIT
    return found.strong or waits


def _times(sentence: str, language: str) -> Iterator[Deadline]:
    text = folded(sentence)
    for deadline in _TIMES[language](text.text):
        start, end = text.original(deadline.start, deadline.end)
        yield replace(deadline, start=start, end=end)


def _nearest(hit: Said, times: list[Deadline]) -> Deadline | None:
    near = [(max(hit.start - time.end, time.start - hit.end, 0), time.start, time) for time in times]
    within = [one for one in near if one[0] <= REACH]
    return min(within, key=lambda one: one[:2])[2] if within else None


def _overlaps(hit: Said, others: list[Said]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def _confidence(found: _Found) -> Share:
    if found.deadline is None:
        return UNTIMED
    return TIMED if found.strong else WEAK_TIMED


def _words(sentence: str, deadline: Deadline | None) -> str:
    return sentence[deadline.start : deadline.end] if deadline else ""
