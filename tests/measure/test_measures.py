"""Each measure on timelines that can be counted by hand."""

import pytest

from qa.measure import MEASURE_NAMES, Limits, default_limits, measure
from qa.records import Call, Reason, Span, Speaker
from tests.measure.timelines import hidden, mixed, two_sided, unnamed, worded

A, C = Speaker.AGENT, Speaker.CUSTOMER


def value(call: Call, name: str) -> float | None:
    return {m.name: m.value for m in measure(call, default_limits())}[name]


def reasons(call: Call) -> dict[str, Reason | None]:
    return {m.name: m.reason for m in measure(call, default_limits())}


TALK = two_sided(((0, 10), (20, 30)), ((11, 15), (45, 50)), ((A, 0, 10, "Good morning."),))

TABLE = [
    # first start 0, last end 50
    (TALK, "conversation_duration", 50.0),
    # 20 of 50 s
    (TALK, "talk_share_agent", 0.4),
    # 9 of 50 s
    (TALK, "talk_share_customer", 0.18),
    # gaps 1, 5 and 15 s: the two over 3 s count
    (TALK, "non_talk", 0.4),
    # only the 15 s gap is over 10 s
    (TALK, "dead_air_seconds", 15.0),
    (TALK, "dead_air_count", 1.0),
    (TALK, "longest_silence", 15.0),
    # one answer: the customer ends at 15, the agent starts at 20
    (TALK, "response_latency_median", 5.0),
    # nobody speaks at once
    (TALK, "overlap", 0.0),
    # a gap of exactly 3 s is not longer than 3 s
    (two_sided(((0, 5),), ((8, 10),)), "non_talk", 0.0),
    # a gap of exactly 10 s is not dead air
    (two_sided(((0, 5),), ((15, 20),), ((A, 0, 5, "x"),)), "dead_air_count", 0.0),
    # the edges hold where floating point is a little off: 2.3 - 1.3 < 1.0, 1.1 + 0.3 > 1.4, 8.3 - 5.3 > 3.0
    (two_sided(((0, 8),), ((1.3, 2.3),)), "interruptions_customer", 1.0),
    (two_sided(((1.1, 8),), ((1.4, 4),)), "interruptions_customer", 1.0),
    (two_sided(((0, 5.3),), ((8.3, 10),)), "non_talk", 0.0),
    # 2 s together of 14 s
    (two_sided(((0, 8),), ((6, 14),)), "overlap", 2 / 14),
    # the customer cuts in at 6, 2 s together
    (two_sided(((0, 8),), ((6, 14),)), "interruptions_customer", 1.0),
    (two_sided(((0, 8),), ((6, 14),)), "interruptions_agent", 0.0),
    # exactly 1.0 s together is an interruption
    (two_sided(((0, 8),), ((7, 14),)), "interruptions_customer", 1.0),
    # 0.9 s together is not
    (two_sided(((0, 8),), ((7.1, 14),)), "interruptions_customer", 0.0),
    # 0.2 s into the other's speech is starting together, not cutting in
    (two_sided(((0, 8),), ((0.2, 14),)), "interruptions_customer", 0.0),
    # "okay" and "uh huh" while the agent speaks is listening
    (two_sided(((0, 8),), ((4, 6),), ((C, 4, 6, "Okay, uh-huh."),)), "interruptions_customer", 0.0),
    # the same in Persian
    (two_sided(((0, 8),), ((4, 6),), ((C, 4, 6, "بله، بله، درسته"),)), "interruptions_customer", 0.0),
    # real words are not
    (two_sided(((0, 8),), ((4, 6),), ((C, 4, 6, "Okay but listen"),)), "interruptions_customer", 1.0),
    # announced: the silence is not dead air
    (
        two_sided(((0, 8),), ((30, 36),), ((A, 5, 8, "One moment please, I'll check."),)),
        "dead_air_count",
        0.0,
    ),
    # announced in Persian
    (two_sided(((0, 8),), ((30, 36),), ((A, 5, 8, "چند لحظه پشت خط باشید لطفاً"),)), "dead_air_count", 0.0),
    # announced too early: 7 s before the silence
    (two_sided(((0, 8),), ((30, 36),), ((A, 0, 1, "One moment please."),)), "dead_air_count", 1.0),
    # words with times: announced 10 s before the silence, in the same utterance, is too early
    (
        worded(((0, 12),), ((30, 36),), A, ("one moment", 0, 2), ("I told you already", 9, 12)),
        "dead_air_count",
        1.0,
    ),
    (
        worded(((0, 12),), ((30, 36),), A, ("you told me already", 0, 2), ("one moment", 9, 12)),
        "dead_air_count",
        0.0,
    ),
    # a customer cannot announce the agent's silence
    (two_sided(((0, 2),), ((2, 8), (30, 36)), ((C, 5, 8, "One moment please."),)), "dead_air_count", 1.0),
    # 30 words in half a minute of own speech
    (two_sided(((0, 30),), ((31, 40),), ((A, 0, 30, "word " * 30),)), "speech_rate_agent", 60.0),
    # 4 s and one placeholder are hidden: 20 words in 20 s of what is left
    (hidden(((0, 24),), A, "word " * 20 + "<CARD_NUMBER>", (20, 24)), "speech_rate_agent", 60.0),
    # a ZWNJ compound is one word
    (two_sided(((0, 30),), ((31, 40),), ((A, 0, 30, "می‌خواهم " * 10),)), "speech_rate_agent", 20.0),
    # a customer turn of 1 s ends the monologue: 0-10 and 14-20
    (two_sided(((0, 10), (14, 20)), ((12, 13),)), "longest_monologue_agent", 10.0),
    # one of 0.9 s does not
    (two_sided(((0, 10), (14, 20)), ((12, 12.9),)), "longest_monologue_agent", 20.0),
    # a customer turn ends it also when both speak: 0-3 and 5-12
    (two_sided(((0, 12),), ((3, 5),)), "longest_monologue_agent", 7.0),
    # words inside a long turn of the other are no monologue: only 20-22 is
    (two_sided(((5, 6), (9, 10), (20, 22)), ((0, 15),)), "longest_monologue_agent", 2.0),
    (two_sided((), ((0, 15),)), "longest_monologue_agent", 0.0),
]


@pytest.mark.parametrize(("call", "name", "expected"), TABLE)
def test_value(call: Call, name: str, expected: float) -> None:
    assert value(call, name) == pytest.approx(expected)


def test_latency_percentile_and_its_evidence() -> None:
    # waits of 1, 2 and 6 s: the median is 2, the 90th percentile lies between 2 and 6
    call = two_sided(((6, 8), (15, 16), (26, 28)), ((0, 5), (9, 13), (17, 20)))
    found = {m.name: m for m in measure(call, default_limits())}
    assert found["response_latency_median"].value == pytest.approx(2.0)
    assert found["response_latency_p90"].value == pytest.approx(5.2)
    assert found["response_latency_p90"].evidence == (Span(20, 26),)


ROLE_BOUND = {n for n in MEASURE_NAMES if n.endswith(("_agent", "_customer"))} | {
    "overlap",
    "response_latency_median",
    "response_latency_p90",
}


def test_one_channel_gives_what_needs_no_sides_and_reasons_for_the_rest() -> None:
    found = reasons(mixed(((0, 10), (30, 40)), ((Speaker.SPEAKER_1, 0, 10, "Good morning."),)))
    assert {name for name, reason in found.items() if reason is Reason.ONE_CHANNEL} == ROLE_BOUND
    assert {name for name, reason in found.items() if reason is None} == set(MEASURE_NAMES) - ROLE_BOUND


EMPTY = [
    # 4.9 s of speech in all
    (two_sided(((0, 3),), ((4, 5.9),)), Reason.TOO_LITTLE_SPEECH),
    # nothing at all
    (two_sided((), ()), Reason.NO_SPEECH),
    # words without times
    (Call(TALK.transcript, None, None, channels_separate=True), Reason.NO_TIMES),
]


@pytest.mark.parametrize(("call", "reason"), EMPTY)
def test_not_measurable_at_all(call: Call, reason: Reason) -> None:
    assert set(reasons(call).values()) == {reason}


def test_draft_words_are_not_counted_but_speech_is() -> None:
    found = reasons(two_sided(((0, 8),), ((30, 36),), ((A, 5, 8, "x"),), flags=("draft",)))
    drafts = {name for name, reason in found.items() if reason is Reason.DRAFT}
    assert drafts == {"dead_air_seconds", "dead_air_count", "speech_rate_agent", "speech_rate_customer"}


def test_two_unnamed_voices_overlap_but_have_no_roles() -> None:
    call = unnamed(((0, 8),), ((6, 14),))
    assert value(call, "overlap") == pytest.approx(2 / 14)
    found = reasons(call)
    assert {name for name, reason in found.items() if reason is Reason.ONE_CHANNEL} == ROLE_BOUND - {
        "overlap"
    }


def test_a_long_silence_without_any_words_cannot_be_called_dead() -> None:
    found = reasons(two_sided(((0, 8),), ((30, 36),)))
    assert found["dead_air_seconds"] is found["dead_air_count"] is Reason.NO_WORDS
    assert value(two_sided(((0, 8),), ((9, 12),)), "dead_air_count") == 0.0


def test_a_side_with_little_speech_has_no_rate() -> None:
    call = two_sided(((0, 20),), ((21, 25.9),), ((A, 0, 20, "word"), (C, 21, 25.9, "word " * 12)))
    found = reasons(call)
    assert (found["speech_rate_agent"], found["speech_rate_customer"]) == (None, Reason.TOO_LITTLE_SPEECH)


def test_a_side_without_words_has_no_rate() -> None:
    assert (
        reasons(two_sided(((0, 20),), ((21, 30),), ((A, 0, 20, "hello"),)))["speech_rate_customer"]
        is Reason.NO_WORDS
    )


EVIDENCE = [
    ("non_talk", (Span(15, 20), Span(30, 45))),
    ("dead_air_count", (Span(30, 45),)),
    ("longest_silence", (Span(30, 45),)),
    ("longest_monologue_agent", (Span(0, 10),)),
]


@pytest.mark.parametrize(("name", "spans"), EVIDENCE)
def test_evidence_is_where_it_happened(name: str, spans: tuple[Span, ...]) -> None:
    assert {m.name: m.evidence for m in measure(TALK, default_limits())}[name] == spans


def test_draft_without_a_long_silence_has_no_dead_air() -> None:
    assert value(two_sided(((0, 8),), ((9, 12),), flags=("draft",)), "dead_air_count") == 0.0


def test_names_are_those_that_scorecards_may_use() -> None:
    assert tuple(m.name for m in measure(TALK, Limits())) == MEASURE_NAMES
