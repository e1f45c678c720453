"""Which moments a coaching session hears, and where they begin and end."""

import pytest

from qa.records import Evidence, Span, Speaker, Transcript, Utterance, Verdict
from qa.review.clips import LINES, chosen, clip
from qa.scorecard import AllRule, AnyRule, PhraseRule, Window, default_scorecard
from qa.store.coaching.candidates import Candidate

MET, PARTLY, NOT = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET
TODAY = 20_700


def one(number: int, verdict: Verdict = NOT, **changed: object) -> Candidate:
    fields = {
        "call_id": number, "local_day": TODAY - 7, "queue_id": number, "sound": False, "verdict": verdict,
        "confidence": 0.9, "evidence": (), "scorecard": "s", "version": 1,
    }  # fmt: skip
    return Candidate(**(fields | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([one(1), one(2, MET), one(3), one(4, PARTLY), one(5), one(6, MET), one(7, MET)], [1, 3, 4, 2, 6]),
        ([one(1, local_day=TODAY - 60), one(2)], [2, 1]),
        ([one(1, confidence=0.5), one(2)], [2, 1]),
        ([one(1, queue_id=3), one(2, queue_id=3), one(3, queue_id=4), one(4, queue_id=4)], [1, 3, 2]),
        ([one(1), one(2, sound=True)], [2, 1]),
        ([one(1), one(2)], [1, 2]),
        ([], []),
    ],
    ids=[
        "three to work on, then two that went well",
        "the newer first",
        "the surer first",
        "another queue before a second call of the same",
        "what can be heard before what can be read",
        "no good one fills the place of a bad one, nor the other way",
        "none",
    ],
)
def test_what_is_chosen(found: list[Candidate], expected: list[int]) -> None:
    assert [each.call_id for each in chosen(found, TODAY)] == expected


def said(count: int, step: float = 5.0, times: bool = True) -> Transcript:
    lines = tuple(
        Utterance(
            n, Speaker.AGENT if n % 2 == 0 else Speaker.CUSTOMER,
            Span(n * step, n * step + step - 1) if times else None, f"line {n}", 0.9, (),
        )
        for n in range(count)
    )  # fmt: skip
    return Transcript("en", "e", "m", lines)


LAST = AllRule((AnyRule((PhraseRule("agent", (), window=Window("last", 60.0, 4)),)),))  # type: ignore[arg-type]
FIRST = PhraseRule("agent", (), window=Window("first", 20.0, 3))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("evidence", "words", "rule", "lines", "span"),
    [
        ((Evidence(6, "line 6", None),), said(12), None, (5, 6, 7, 8), (25.0, 44.0)),
        ((Evidence(0, "line 0", None),), said(12), None, (0, 1, 2, 3), (0.0, 19.0)),
        ((Evidence(11, "line 11", None),), said(12), None, (8, 9, 10, 11), (40.0, 59.0)),
        ((Evidence(None, "", Span(31.0, 33.0)),), said(12), None, (5, 6, 7, 8), (25.0, 44.0)),
        ((), said(12), LAST, (8, 9, 10, 11), (40.0, 59.0)),
        ((), said(12), FIRST, (0, 1, 2, 3), (0.0, 19.0)),
        ((), said(12, step=25.0), LAST, (8, 9), (200.0, 249.0)),
        ((), said(2), LAST, (0, 1), (0.0, 9.0)),
        ((), said(12, times=False), LAST, (8, 9, 10, 11), (None, None)),
    ],
    ids=[
        "the line of the evidence with the one before it",
        "evidence in the first line",
        "evidence in the last line",
        "a stretch of time without a line of its own",
        "nobody said it: where it was looked for, at the end",
        "nobody said it: where it was looked for, at the beginning",
        "long turns: at most a minute",
        "a short call",
        "words without times",
    ],
)
def test_where_a_moment_begins_and_ends(
    evidence: tuple[Evidence, ...],
    words: Transcript,
    rule: object,
    lines: tuple[int, ...],
    span: tuple[float | None, float | None],
) -> None:
    cut = clip(one(1, evidence=evidence), words, rule)  # type: ignore[arg-type]
    assert cut is not None
    assert (cut.utterances, (cut.start, cut.end)) == (lines, span)
    assert len(cut.utterances) <= LINES


def test_without_evidence_and_without_a_place_there_is_no_second_to_play() -> None:
    assert clip(one(1), said(12), None) is None
    assert clip(one(1), said(0), LAST) is None


def test_the_shipped_scorecard_says_where_a_next_step_is_looked_for() -> None:
    rule = next(each.rule for each in default_scorecard("fa").criteria if each.key == "recap_next_step")
    cut = clip(one(1), said(12), rule)
    assert cut is not None
    assert cut.utterances == (8, 9, 10, 11)
