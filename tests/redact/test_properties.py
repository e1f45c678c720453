"""Whatever way a number is written or said, it does not survive; redacting twice changes nothing."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.records import Span, Speaker, Transcript, Utterance, Word
from qa.redact import redact, redact_text
from qa.text import to_ascii_digits
from tests.redact.numbers_made import ENGLISH, SPOKEN_FA, WAYS, card, mobile, national_code, sheba

CARRIERS = (
    "{}",
    "سلام وقت بخیر {} هست",
    "کارتم {} بله",
    "لطفا یادداشت کنید: {}، ممنون",
    "it is {} okay",
    "my number, {} please",
    "سفارش ۴۵۸۲۱ به نام سارا، {} رو بزنید",
)
MAKERS = {"card": card, "national code": national_code, "sheba": sheba, "mobile": mobile}
WORDS = {word: str(place) for words in (ENGLISH, SPOKEN_FA) for place, word in enumerate(words)}
NOISE_WORDS = """
    0912 345 6789 6037 9971 کد ملی پستی رمز دوم شبا کارت سفارش شماره تلفن ایمیل و نهصد دوازده سی صفر نه هزار
    one two double oh nine hundred تومن pin order card at dot gmail com ات نقطه جیمیل کام بعد then
    IR DE - . ، @ + ( ) / : <CARD_NUMBER> <DIGITS> a@b.com ۱۴۰۳-۰۵-۱۲ ß İ
"""
NOISE = st.sampled_from([*"0123456789۰۱۲۳۴۵۶۷۸۹", " ", "\n", "\u200c", " و ", *NOISE_WORDS.split()])
TALK = st.one_of(st.lists(NOISE, max_size=14).map(" ".join), st.lists(NOISE, max_size=14).map("".join))


def _said(text: str) -> str:
    """Every digit left in a text, in words too."""
    words = to_ascii_digits(text).replace("،", " ").replace(",", " ").split()
    return "".join(WORDS.get(word, "".join(letter for letter in word if letter.isdigit())) for word in words)


@settings(max_examples=400, deadline=None)
@given(
    kind=st.sampled_from(sorted(MAKERS)),
    way=st.sampled_from(sorted(WAYS)),
    carrier=st.sampled_from(CARRIERS),
    seed=st.integers(0, 2**32),
)
def test_seeded_data_never_survives(kind: str, way: str, carrier: str, seed: int) -> None:
    number = MAKERS[kind](random.Random(seed))
    left = _said(redact_text(carrier.format(WAYS[way](number))).replace("۴۵۸۲۱", ""))
    assert not any(number[at : at + 3] in left for at in range(len(number) - 2))


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["card", "mobile", "sheba"]),
    way=st.sampled_from(["plain", "persian", "english words", "persian words"]),
    sizes=st.lists(st.integers(2, 6), min_size=2, max_size=8),
    yes=st.sampled_from(["بله", "okay", "بفرمایید", "uh huh"]),
    seed=st.integers(0, 2**32),
)
def test_data_split_over_turns_never_survives(
    kind: str, way: str, sizes: list[int], yes: str, seed: int
) -> None:
    number = MAKERS[kind](random.Random(seed))
    pieces, at = [], 0
    for size in [*sizes, 99]:
        rest = len(number) - at
        take = rest if rest - size < 2 else size
        if rest:
            pieces.append(number[at : at + take])
            at += take
    turns = [
        turn for piece in pieces for turn in ((Speaker.CUSTOMER, WAYS[way](piece)), (Speaker.AGENT, yes))
    ]
    talk = Transcript(
        "fa", "test", "", tuple(Utterance(i, who, None, text) for i, (who, text) in enumerate(turns))
    )
    redacted, redactions = redact(talk)
    assert _said(" ".join(utterance.text for utterance in redacted.utterances)) == ""
    assert {redaction.utterance for redaction in redactions} == set(range(0, len(turns), 2))


@settings(max_examples=400, deadline=None)
@given(TALK)
def test_redacting_text_twice_changes_nothing(text: str) -> None:
    once = redact_text(text)
    assert redact_text(once) == once


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Speaker)), TALK, st.booleans()), max_size=8))
def test_redacting_a_transcript_twice_changes_nothing(turns: list[tuple[Speaker, str, bool]]) -> None:
    talk = Transcript("fa", "test", "", tuple(_utterance(i, *turn) for i, turn in enumerate(turns)))
    once, redactions = redact(talk)
    assert redact(once) == (once, ())
    for redaction in redactions:
        start, end = redaction.placeholder
        assert once.utterances[redaction.utterance].text[start:end] == f"<{redaction.kind}>"
        span = talk.utterances[redaction.utterance].span
        assert redaction.span is not None
        assert span is not None
        assert redaction.span.start <= span.end
        assert redaction.span.end >= span.start
    for before, after in zip(talk.utterances, once.utterances, strict=True):
        if before.words:
            assert [word.text for word in after.words] == after.text.split()
            assert all(a.span.end <= b.span.end for a, b in zip(after.words, after.words[1:], strict=False))


def _utterance(place: int, speaker: Speaker, text: str, timed: bool) -> Utterance:
    start = place * 10.0
    parts = text.split()
    words = tuple(
        Word(part, Span(start + at * 0.1, start + at * 0.1 + 0.1), 0.9) for at, part in enumerate(parts)
    )
    return Utterance(place, speaker, Span(start, start + 9), text, None, words if timed else ())
