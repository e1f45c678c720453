"""Where the phrases of a rule were said: what a rule's speaker said in its window and nothing takes back."""

from collections.abc import Iterator

from qa.judge.case import Case
from qa.judge.compiled import Numbers, Ready
from qa.judge.index import Hit
from qa.records import Flag, Share
from qa.scorecard import ExampleRule, PhraseRule
from qa.scorecard.model import Side

WITH_ERROR = 0.8  # confidence kept by a hit with a misheard letter


def words_obstacle(side: Side, case: Case) -> str:
    """Why the words of a side cannot decide, as a key of the wording; empty when they can."""
    if side not in case.obstacles:
        case.obstacles[side] = _words_obstacle(side, case)
    return case.obstacles[side]


def _words_obstacle(side: Side, case: Case) -> str:
    transcript = case.call.transcript
    if Flag.DRAFT in transcript.flags:
        return "draft"
    if transcript.language != case.language:
        return "language"
    if side != "any" and not case.call.roles_known:
        return "roles"
    return "" if case.speaks(side) else "no words"


def phrase_obstacle(rule: PhraseRule | ExampleRule, case: Case) -> str:
    """The same for a rule with its window."""
    return words_obstacle(rule.speaker, case) or ("" if case.has_times(rule) else "no times")


def counted_hits(rule: PhraseRule, case: Case, numbers: Numbers) -> list[Hit]:
    """The hits of a rule's speaker in its window that nothing takes back."""
    ready = case.ready.of(rule)
    hits = list(_of(case, numbers))
    if numbers is ready.phrases and rule.placeholders:
        hits += [hit for kind in rule.placeholders for hit in case.placeholders.get(kind, ())]
    if not hits:
        return hits
    within = None if rule.window is None else case.within(rule.speaker, rule.window)
    return [
        hit
        for hit in hits
        if (rule.fuzzy or not hit.fuzzy)
        and case.is_side(case.turns[hit.turn].speaker, rule.speaker)
        and (within is None or case.turns[hit.turn].places[hit.start][0] in within)
        and _counts(hit, (rule, ready), case)
    ]


def apart(hits: list[Hit]) -> list[Hit]:
    """Hits in order without overlaps, the longest of those that begin together."""
    out: list[Hit] = []
    if len(hits) <= 1:
        return hits
    for hit in sorted(hits, key=lambda one: (one.turn, one.start, -one.end, one.fuzzy)):
        if not out or not _overlap(out[-1], hit):
            out.append(hit)
    return out


def hit_confidence(hit: Hit, case: Case) -> Share:
    """How sure the recogniser was of the utterances, less for a hit with an error."""
    places = case.turns[hit.turn].places[hit.start : hit.end]
    heard = [case.utterances[utterance].confidence for utterance, _ in places]
    lowest = min(1.0 if value is None else value for value in heard)
    return lowest * WITH_ERROR if hit.fuzzy else lowest


def _counts(hit: Hit, asked: tuple[PhraseRule, Ready], case: Case) -> bool:
    """True when nothing that is said beside a hit takes it back."""
    turn, (rule, ready) = case.turns[hit.turn], asked
    if ready.unless and any(_overlap(hit, other) for other in _of(case, ready.unless)):
        return False
    if ready.unless_nearby:
        utterances = {utterance for utterance, _ in turn.places[hit.start : hit.end]}
        for other in _of(case, ready.unless_nearby):
            if other.turn == hit.turn and turn.places[other.start][0] in utterances:
                return False
    return not case.ready.negations.turned(turn, hit.start, hit.end, rule.negation)


def _of(case: Case, numbers: Numbers) -> Iterator[Hit]:
    for number in numbers.intersection(case.hits):  # a rule has hundreds of phrases, a call holds few
        yield from case.hits[number]


def _overlap(one: Hit, other: Hit) -> bool:
    return one.turn == other.turn and one.start < other.end and other.start < one.end
