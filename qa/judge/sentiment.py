"""Judge ``sentiment``: how the customer's mood ends, and its course from the first third of the call."""

from qa.judge.case import Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.hits import words_obstacle
from qa.judge.wording import cannot_tell, sentiment_sought
from qa.records import Evidence, Speaker, Tone, Utterance, Verdict
from qa.scorecard import SentimentRule
from qa.sentiment.course import ends

FEWEST = 3  # utterances of the customer; fewer have no course
TRUST = 0.7  # confidence kept: tone of voice is not heard, and one line in five is misread


def _decide(rule: SentimentRule, case: Case, decide: Decide) -> Finding:
    del decide
    said = [one for one in case.utterances if one.speaker is Speaker.CUSTOMER and one.text.strip()]
    reason = words_obstacle("customer", case) or ("" if len(said) >= FEWEST else "few words")
    if reason:
        sought = sentiment_sought(rule, None, case.language)
        return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))
    tones = {tone.utterance: tone for tone in case.call.tones} or _read(said)
    third = max(1, len(said) // 3)
    begin, end = ends([tones[one.id].score for one in said])
    sought = sentiment_sought(rule, (begin, end), case.language)
    shown = (_strongest(said[:third], tones), _strongest(said[-third:], tones))
    evidence = tuple(Evidence(one.id, one.text, one.span) for one in shown)
    return Finding(_verdict(rule, begin, end), TRUST * case.confidence("customer"), evidence, sought)


def _verdict(rule: SentimentRule, begin: float, end: float) -> Verdict:
    if end >= rule.end or end - begin >= rule.rise:
        return Verdict.MET
    return Verdict.PARTLY if end >= rule.partly_end else Verdict.NOT_MET


def _strongest(said: list[Utterance], tones: dict[int, Tone]) -> Utterance:
    return max(said, key=lambda one: abs(tones[one.id].score))


def _read(said: list[Utterance]) -> dict[int, Tone]:
    from qa.sentiment import of_utterances

    return {tone.utterance: tone for tone in of_utterances(said)}


SENTIMENT = Judge("sentiment", 1, SentimentRule, _decide)
