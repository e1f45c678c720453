"""Judge ``phrase``: whether words were said, by a side, in a part of the call."""

from collections.abc import Iterator

from qa.judge.case import UNSURE, Case
from qa.judge.compiled import Numbers
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.evidence import evidence_of
from qa.judge.index import Hit
from qa.judge.wording import cannot_tell, phrase_sought
from qa.records import Flag, Share, Verdict
from qa.scorecard import PhraseRule

WITH_ERROR = 0.8  # confidence kept by a hit with a misheard letter
WEAKER = 0.8  # confidence kept by a verdict from weaker or too few phrases
ABSENCE = 0.9  # "nobody said it" is never quite sure: there are always other words
MOST_EVIDENCE = 5


def _decide(rule: PhraseRule, case: Case, decide: Decide) -> Finding:
    del decide
    reason = _obstacle(rule, case)
    if reason:
        return _unknown(rule, case, reason)
    ready = case.ready.rules[rule]
    hits = _apart(_counted(rule, case, ready.phrases))
    if len(hits) >= rule.count:
        return _found(Verdict.MET, hits, rule, case)
    hits = hits or _apart(_counted(rule, case, ready.partly))
    if hits:
        return _found(Verdict.PARTLY, hits, rule, case)
    if case.confidence(rule.speaker) < UNSURE:
        return _unknown(rule, case, "unsure")
    sure = ABSENCE * case.confidence(rule.speaker)
    return Finding(Verdict.NOT_MET, sure, (), phrase_sought(rule, case.language))


def _obstacle(rule: PhraseRule, case: Case) -> str:
    """Why the words cannot decide, as a key of the wording; empty when they can."""
    transcript = case.call.transcript
    if Flag.DRAFT in transcript.flags:
        return "draft"
    if transcript.language != case.language:
        return "language"
    if rule.speaker != "any" and not case.call.roles_known:
        return "roles"
    if not case.speaks(rule.speaker):
        return "no words"
    return "" if case.has_times(rule) else "no times"


def _counted(rule: PhraseRule, case: Case, numbers: Numbers) -> list[Hit]:
    """The hits of a rule's speaker in its window that nothing takes back."""
    ready = case.ready.rules[rule]
    hits = [hit for number in numbers if number in case.hits for hit in case.hits[number]]
    if numbers is ready.phrases:
        hits += [hit for kind in rule.placeholders for hit in case.placeholders.get(kind, ())]
    return [hit for hit in hits if (rule.fuzzy or not hit.fuzzy) and _counts(hit, rule, case)]


def _counts(hit: Hit, rule: PhraseRule, case: Case) -> bool:
    turn, ready = case.turns[hit.turn], case.ready.rules[rule]
    if not case.is_side(turn.speaker, rule.speaker):
        return False
    if not case.inside(rule.speaker, rule.window, turn.places[hit.start][0]):
        return False
    if any(_overlap(hit, other) for other in _of(case, ready.unless)):
        return False
    utterances = {utterance for utterance, _ in turn.places[hit.start : hit.end]}
    for other in _of(case, ready.unless_nearby):
        if other.turn == hit.turn and turn.places[other.start][0] in utterances:
            return False
    return not case.ready.negations.turned(turn, hit.start, hit.end, rule.negation)


def _of(case: Case, numbers: Numbers) -> Iterator[Hit]:
    for number in numbers:
        if number in case.hits:
            yield from case.hits[number]


def _overlap(one: Hit, other: Hit) -> bool:
    return one.turn == other.turn and one.start < other.end and other.start < one.end


def _apart(hits: list[Hit]) -> list[Hit]:
    """Hits in order without overlaps, the longest of those that begin together."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.turn, one.start, -one.end, one.fuzzy)):
        if not out or not _overlap(out[-1], hit):
            out.append(hit)
    return out


def _found(verdict: Verdict, hits: list[Hit], rule: PhraseRule, case: Case) -> Finding:
    sure = max(_confidence(hit, case) for hit in hits)
    evidence = tuple(piece for hit in hits[:MOST_EVIDENCE] for piece in evidence_of(hit, case))
    kept = sure if verdict is Verdict.MET else sure * WEAKER
    return Finding(verdict, kept, evidence, phrase_sought(rule, case.language))


def _confidence(hit: Hit, case: Case) -> Share:
    """How sure the recogniser was of the utterances, less for a hit with an error."""
    places = case.turns[hit.turn].places[hit.start : hit.end]
    heard = [case.utterances[utterance].confidence for utterance, _ in places]
    lowest = min(1.0 if value is None else value for value in heard)
    return lowest * WITH_ERROR if hit.fuzzy else lowest


def _unknown(rule: PhraseRule, case: Case, reason: str) -> Finding:
    sought = phrase_sought(rule, case.language)
    return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))


PHRASE = Judge("phrase", 1, PhraseRule, _decide)
