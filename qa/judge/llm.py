"""Judge ``llm``: a language model answers a question from the redacted words; off unless a site names one.

Any endpoint that speaks OpenAI's protocol. Every quote must stand in the transcript; whatever goes wrong
makes the verdict "cannot tell" with the reason, and never stops a call.
"""

from qa.judge.case import Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.llm_client import Answer, LlmError, ask
from qa.judge.wording import cannot_tell
from qa.records import Evidence, Flag, Verdict
from qa.scorecard import LlmRule
from qa.text import folded

NEEDS_QUOTE = (Verdict.MET, Verdict.PARTLY)
TRUST = 0.8  # a model's own confidence is seldom too low


def _decide(rule: LlmRule, case: Case, decide: Decide) -> Finding:
    del decide
    transcript = case.call.transcript
    if Flag.DRAFT in transcript.flags:
        return _unknown(rule, "draft", case)
    if not transcript.utterances:
        return _unknown(rule, "no words", case)
    try:
        answer = ask(rule.question, case.utterances, case.language)
        evidence = tuple(_found(quote, utterance, case) for utterance, quote in answer.quotes)
    except LlmError as error:
        return _unknown(rule, error.reason, case)
    return _checked(rule, answer, evidence, case)


def _checked(rule: LlmRule, answer: Answer, evidence: tuple[Evidence, ...], case: Case) -> Finding:
    verdict = Verdict(answer.verdict)
    if verdict in NEEDS_QUOTE and not evidence:
        return _unknown(rule, "llm quote", case)
    if verdict is Verdict.CANNOT_TELL:
        return Finding(verdict, 0.0, evidence, rule.question)
    return Finding(verdict, TRUST * answer.confidence, evidence, rule.question)


def _found(quote: str, utterance: int, case: Case) -> Evidence:
    """The words as they stand in the transcript, in the named utterance or in another one.

    Raises:
        LlmError: nobody said them.
    """
    plain = quote.replace("*", " ").strip()
    ordered = sorted(case.utterances, key=lambda one: one.id != utterance)
    for one in ordered:
        for start, end in folded(one.text).find_all(plain) if plain else ():
            return Evidence(one.id, one.text[start:end], one.span)
    raise LlmError("llm quote")


def _unknown(rule: LlmRule, reason: str, case: Case) -> Finding:
    return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(rule.question, reason, case.language))


LLM = Judge("llm", 1, LlmRule, _decide)
