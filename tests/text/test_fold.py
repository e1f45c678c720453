"""The folded form and its way back to the original words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import fold, folded, run_together

SAME = [
    # spellings that must be equal
    ("می‌خوام", "می خوام", "ZWNJ and space"),
    ("می‌خوام", "میخوام", "ZWNJ and nothing"),
    ("نمی‌تونم", "نمي تونم", "negative prefix, Arabic yeh"),
    ("کتاب‌ها", "كتاب ها", "plural, Arabic kaf"),
    ("کتابهاشون", "کتاب‌هاشون", "plural with possessor"),
    ("گوشی‌مون", "گوشی مون", "possessor"),
    ("بزرگ‌ترین", "بزرگ ترین", "superlative"),
    ("خسته‌ام", "خسته ام", "copula"),
    ("الآن", "الان", "madda"),
    ("ارتقاء", "ارتقا", "lone hamza"),
    ("مسئول", "مسيول", "hamza on yeh"),
    ("خانهٔ ما", "خانه ما", "hamza over heh"),
    ("ﺳﻼﻡ", "سلام", "presentation forms"),
    ("ســلام", "سلام", "tatweel"),
    ("سَلامٌ", "سلام", "vowel marks"),
    ("\u200fسلام\u200e", "سلام", "bidi marks"),
    ("سلام، خوبید؟", "سلام خوبید", "punctuation"),
    ("۱۲٣ 4", "123 4", "digits"),
    ("کد ❶ ①", "کد 1", "a dingbat is not a digit, a circled digit is"),
    ("Don’t STOP", "dont stop", "apostrophe and case"),
    ("Café", "cafe", "accent"),
    ("a\u00a0 b\n\tc", "a b c", "white space"),
]
DIFFERENT = [
    ("ای بابا", "ایبابا", "a call is not an ending"),
    ("هات داگ", "هاتداگ", "hot dog"),
    ("سفارش دادم", "سفارشدادم", "two words"),
    ("call ها", "callها", "no join to Latin"),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME, ids=[row[2] for row in SAME])
def test_spellings_fold_to_one_form(one: str, other: str, why: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT, ids=[row[2] for row in DIFFERENT])
def test_different_words_stay_apart(one: str, other: str, why: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "phrase", "quotes"),
    [
        ("سلام، می‌خوام سفارشم رو پیگیری کنم", "میخوام", ["می‌خوام"]),
        ("سلام، می خوام سفارشم رو", "می‌خوام سفارش*", ["می خوام سفارشم"]),
        ("وقت‌بخیر، وقت بخیر، وقتبخیر", "وقت بخیر", ["وقت‌بخیر", "وقت بخیر", "وقتبخیر"]),
        ("خوشحالم و خوش حال", "خوش‌حال", ["خوش حال"]),  # whole words only
        ("Thank you. THANK  YOU!", "thank you", ["Thank you", "THANK  YOU"]),
        ("don’t worry", "don't worry", ["don’t worry"]),
        ("سَلام", "سلام", ["سَلام"]),  # the mark is inside
        ("سلامٌ خوبی", "سلام", ["سلامٌ"]),  # a mark after the last letter belongs to it
        ("recording and recorded", "record*", ["recording", "recorded"]),
        ("the call may be recorded", "call* recorded", []),  # a star stays in its word
        ("۱۲ تا", "12", ["۱۲"]),
        ("art", "part", []),
        ("anything", "", []),
        ("anything", "*", []),
        ("a.b", "?!", []),
    ],
)
def test_a_phrase_is_quoted_in_the_original_words(text: str, phrase: str, quotes: list[str]) -> None:
    found = folded(text)
    assert [found.source[start:end] for start, end in found.find_all(phrase)] == quotes


def test_a_pattern_is_searched_in_the_folded_text() -> None:
    text = folded("تا ۲۴ ساعتِ آینده، ۴۸ ساعت")
    assert [text.source[a:b] for a, b in text.find_all(re.compile(r"\d+ ساعت"))] == ["۲۴ ساعتِ", "۴۸ ساعت"]
    assert text.find_all(re.compile("x*")) == ()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 2), (2, 1), (0, 99)])
def test_a_stretch_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not a stretch"):
        folded("سلام").original(start, end)


WORDS = "می نمی ها های تر ترین ام ای خوام کتاب رفته سلام call It's é ۱۲ ٣ 4 \u200f ـ ء َ ، . ! ﷼ ¼ İ ß"
PIECES = st.sampled_from([*WORDS.split(), " ", "  ", "\n", "\u200c", "\u00a0"])
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES).map(" ".join), st.text(max_size=40)
)


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_offsets_are_monotone_and_in_range(text: str) -> None:
    result = folded(text)
    assert len(result.starts) == len(result.ends) == len(result.text)
    assert list(result.starts) == sorted(result.starts)
    assert list(result.ends) == sorted(result.ends)
    for place, (start, end) in enumerate(zip(result.starts, result.ends, strict=True)):
        assert 0 <= start < end <= len(text)
        if result.text[place] != " ":
            assert result.text[place] in fold(text[start:end])


@given(TEXTS)
def test_every_folded_word_is_found_where_it_was_written(text: str) -> None:
    result = folded(text)
    for word in result.text.split():
        spans = result.find_all(word)
        assert spans
        assert all(fold(result.source[start:end]).strip() for start, end in spans)


@given(TEXTS)
def test_every_folded_word_stands_in_the_letters_run_together(text: str) -> None:
    letters = run_together(text)
    assert all(word in letters for word in fold(text).split())
