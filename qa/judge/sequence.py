"""Judge ``sequence``: one thing before another, in time; nothing is asked when the other never happens."""

from collections.abc import Sequence

from qa.judge.case import Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.events import Event, events_of
from qa.judge.wording import cannot_tell, joined, measure_sought, sequence_words
from qa.records import Evidence, Verdict
from qa.scorecard import AnyRule, MeasureRule, PhraseRule, Rule, SequenceRule

WEAKER = 0.8  # confidence kept by "partly"
ABSENCE = 0.9  # "nobody said it before" is never quite sure
MOST_PAIRS = 3


def _decide(rule: SequenceRule, case: Case, decide: Decide) -> Finding:
    del decide
    first, then = events_of(rule.first, case), events_of(rule.then, case)
    asking, wanted = (then, first) if rule.needs == "first" else (first, then)
    sought = sequence_sought(rule, case)
    if not asking.found:
        if asking.unknown:
            return _unknown(sought, asking.unknown, case)
        return Finding(Verdict.NOT_APPLICABLE, 1.0, (), sought)
    pairs = [(event, _partner(event, wanted.found, rule)) for event in asking.found]
    answered = [(event, partner) for event, partner in pairs if partner is not None]
    if len(answered) == len(pairs):
        return _finding(Verdict.MET, answered, sought)
    unknown = wanted.unknown or _timeless(rule, (*asking.found, *wanted.found))
    if unknown:
        return _unknown(sought, unknown, case)
    if rule.partly_from is not None and len(answered) >= rule.partly_from:
        return _finding(Verdict.PARTLY, [*answered, *_alone(pairs)], sought)
    return _finding(Verdict.NOT_MET, _alone(pairs), sought)


def sequence_sought(rule: SequenceRule, case: Case) -> str:
    """What comes first and what follows, in words."""
    return sequence_words(rule, (_sought(rule.first, case), _sought(rule.then, case)), case.language)


def _sought(rule: Rule, case: Case) -> str:
    if isinstance(rule, PhraseRule):
        return case.ready.of(rule).sought
    if isinstance(rule, MeasureRule):
        return measure_sought(rule, case.measures.get(rule.name), case.language)
    inner = rule.rules if isinstance(rule, AnyRule) else ()
    return joined([_sought(one, case) for one in inner], "any", case.language)


def _partner(event: Event, wanted: tuple[Event, ...], rule: SequenceRule) -> Event | None:
    """The nearest happening on the right side of an event and near enough to it."""
    asked_first = rule.needs == "first"
    ordered = reversed(wanted) if asked_first else wanted
    for other in ordered:
        one, two = (other, event) if asked_first else (event, other)
        if one.before(two) and _near(one, two, rule):
            return other
    return None


def _near(one: Event, two: Event, rule: SequenceRule) -> bool:
    if rule.turns is None and rule.seconds is None:
        return True
    if rule.turns is not None and two.turn - one.turn <= rule.turns:
        return True
    apart = one.seconds_to(two)
    return rule.seconds is not None and apart is not None and apart <= rule.seconds


def _timeless(rule: SequenceRule, events: tuple[Event, ...]) -> str:
    """Without times nobody knows whether something was near enough in seconds."""
    return "no times" if rule.seconds is not None and any(one.start is None for one in events) else ""


def _alone(pairs: list[tuple[Event, Event | None]]) -> list[tuple[Event, Event | None]]:
    return [pair for pair in pairs if pair[1] is None]


def _finding(verdict: Verdict, pairs: Sequence[tuple[Event, Event | None]], sought: str) -> Finding:
    """Evidence of both sides in the order of the call; as sure as the least sure of them."""
    events = [event for pair in pairs[:MOST_PAIRS] for event in pair if event is not None]
    events.sort(key=lambda one: (one.turn, one.start or 0.0, one.word))
    evidence: dict[Evidence, None] = dict.fromkeys(piece for event in events for piece in event.evidence)
    sure = min(event.confidence for event in events)
    kept = {Verdict.MET: 1.0, Verdict.PARTLY: WEAKER}.get(verdict, ABSENCE)
    return Finding(verdict, sure * kept, tuple(evidence), sought)


def _unknown(sought: str, reason: str, case: Case) -> Finding:
    return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))


SEQUENCE = Judge("sequence", 1, SequenceRule, _decide)
