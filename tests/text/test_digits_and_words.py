"""Digits both ways, counting words, words for error rates, language by script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text import count_words, language_of, to_ascii_digits, to_persian_digits, wer_words


@pytest.mark.parametrize(
    ("text", "ascii_digits", "persian"),
    [
        ("۰۹۱۲", "0912", "۰۹۱۲"),
        ("٠٩١٢", "0912", "۰۹۱۲"),
        ("a1b۲c٣", "a1b2c3", "a۱b۲c۳"),
        ("४२", "42", "۴۲"),  # other scripts too
        ("½ x² ", "½ x² ", "½ x² "),  # no decimal digits
    ],
)
def test_digits(text: str, ascii_digits: str, persian: str) -> None:
    assert to_ascii_digits(text) == ascii_digits
    assert to_persian_digits(text) == persian


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩"), st.characters())))
def test_digits_there_and_back(text: str) -> None:
    assert to_ascii_digits(to_persian_digits(text)) == to_ascii_digits(text)
    assert to_persian_digits(to_ascii_digits(text)) == to_persian_digits(text)
    assert len(to_persian_digits(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  \n ", 0),
        ("می‌خوام برم", 2),  # a ZWNJ compound is one word
        ("سلام ، خوبید ؟", 2),  # a lone mark is no word
        ("it's twenty-one - no", 3),
        ("<CARD_NUMBER> بود", 2),
    ],
)
def test_count_words(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("می‌خوام، برم!", "fa", ["میخوام", "برم"]),
        ("مي خوام برم", "fa", ["میخوام", "برم"]),
        ("ساعتِ ۸", "fa", ["ساعت", "8"]),
        ("I'm, uh, twenty-three", "en", ["i", "am", "23"]),  # Whisper's own normaliser
        ("colour", "en", ["color"]),
    ],
)
def test_words_for_error_rates(text: str, language: str, words: list[str]) -> None:
    assert wer_words(text, language) == words


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("سلام وقت بخیر", "fa"),
        ("Good morning", "en"),
        ("گوشی iPhone ۱۵", "fa"),  # even: Persian text is full of brand names
        ("please call آقای احمدی back", "en"),
        ("۰۹۱۲ 123", None),
        ("", None),
        ("привет мир", None),
        ("你好 ok 世界 再见", None),
    ],
)
def test_language_by_script(text: str, language: str | None) -> None:
    assert language_of(text) == language
