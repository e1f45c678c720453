"""Judge ``register``: how formally the agent speaks, against the level that the service asks for.

Persian: شما or تو by pronouns, verb forms and endings; written or spoken forms; courteous and
familiar address. English has no such forms: only slang, endearments and words of courtesy are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.judge.case import UNSURE, Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.evidence import evidence_of
from qa.judge.hits import apart, hit_confidence, words_obstacle
from qa.judge.index import Hit
from qa.judge.register_words import Manner, manner_of, marks_of
from qa.judge.wording import cannot_tell, register_sought
from qa.records import Speaker, Verdict
from qa.scorecard import Level, RegisterRule

SPOKEN_MOST = 0.5  # share of a formal agent's lines that may be in spoken forms
MANY = 2  # familiar words that make "not met"; one is partly
WEAKER = 0.8
ABSENCE = 0.9  # other words may be familiar too
MOST_EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class _Heard:
    """The agent's lines: manner of each that tells one, familiar and friendly places, courtesies counted."""

    manners: tuple[Manner, ...]
    familiar: tuple[Hit, ...]
    endearments: tuple[Hit, ...]
    warm: tuple[Hit, ...]
    courteous: tuple[Hit, ...]

    def share(self, manner: Manner) -> float:
        return self.manners.count(manner) / len(self.manners) if self.manners else 0.0


def _decide(rule: RegisterRule, case: Case, decide: Decide) -> Finding:
    del decide
    level = rule.level_of(case.call.service)
    sought = register_sought(level, case.language)
    reason = words_obstacle("agent", case)
    if not reason and case.confidence("agent") < UNSURE:
        reason = "unsure"
    if reason:
        return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))
    heard = _heard(case)
    wrong = apart([*heard.familiar, *(() if level == "warm" else heard.endearments)])
    if wrong:
        verdict = Verdict.NOT_MET if len(wrong) >= MANY else Verdict.PARTLY
        return _proved(verdict, wrong, sought, case)
    return _polite(level, heard, sought, case)


def _polite(level: Level, heard: _Heard, sought: str, case: Case) -> Finding:
    """Without a familiar word: whether the line between polite, formal and warm is kept."""
    sure = ABSENCE * case.confidence("agent")
    if level == "formal" and (heard.share("colloquial") > SPOKEN_MOST or not heard.courteous):
        return Finding(Verdict.PARTLY, sure * WEAKER, (), sought)
    if level == "warm":
        if not (heard.warm or heard.endearments):
            return Finding(Verdict.PARTLY, sure * WEAKER, (), sought)
        return _proved(Verdict.MET, (*heard.warm, *heard.endearments), sought, case)
    if heard.courteous:
        return _proved(Verdict.MET, heard.courteous, sought, case)
    return Finding(Verdict.MET, sure, (), sought)


def _heard(case: Case) -> _Heard:
    kinds: dict[str, list[Hit]] = {"familiar": [], "endearment": [], "warm": [], "courteous": []}
    manners: list[Manner] = []
    for number, turn in enumerate(case.turns):
        if turn.speaker is not Speaker.AGENT:
            continue
        first = 0
        while first < len(turn.words):
            utterance = turn.places[first][0]
            last = len(turn.words) if turn.places[-1][0] == utterance else first
            while last < len(turn.words) and turn.places[last][0] == utterance:
                last += 1
            marks = marks_of(turn.words[first:last], case.language)
            manner = manner_of(marks)
            if manner is not None:
                manners.append(manner)
            for mark in marks:
                if mark.kind in kinds:
                    kinds[mark.kind].append(Hit(number, first + mark.start, first + mark.end))
            first = last
    return _Heard(tuple(manners), *(tuple(kinds[kind]) for kind in kinds))


def _proved(verdict: Verdict, hits: Sequence[Hit], sought: str, case: Case) -> Finding:
    shown = sorted(hits, key=lambda hit: (hit.turn, hit.start))[:MOST_EVIDENCE]
    evidence = dict.fromkeys(piece for hit in shown for piece in evidence_of(hit, case))
    sure = max(hit_confidence(hit, case) for hit in hits)
    kept = WEAKER if verdict is Verdict.PARTLY else ABSENCE
    return Finding(verdict, sure * kept, tuple(evidence), sought)


REGISTER = Judge("register", 1, RegisterRule, _decide)
