"""Words, times, offsets and turns of redacted transcripts."""

import pytest

from qa.records import Span, Speaker, Transcript, Utterance, Word
from qa.redact import redact, redact_text


def talk(*utterances: Utterance) -> Transcript:
    return Transcript("fa", "test", "", utterances)


def timed(text: str, start: float = 0.0, step: float = 0.5) -> Utterance:
    words = tuple(
        Word(" " + part, Span(start + at * step, start + (at + 1) * step), 1 - at / 100)
        for at, part in enumerate(text.split())
    )
    return Utterance(0, Speaker.CUSTOMER, Span(start, start + step * len(words)), text, 0.8, words)


def test_words_inside_become_one_with_their_times() -> None:
    once, (redaction,) = redact(talk(timed("کارتم ۶۰۳۷ ۹۹۷۱ ۱۲۳۴ ۵۶۷۸، هست", 10.0)))
    utterance = once.utterances[0]
    assert utterance.text == "کارتم <CARD_NUMBER>، هست"
    assert [word.text for word in utterance.words] == [" کارتم", " <CARD_NUMBER>،", " هست"]
    assert utterance.words[1].span == Span(10.5, 12.5)
    assert utterance.words[1].probability == pytest.approx(0.96)  # the least sure of them
    assert redaction.kind == "CARD_NUMBER"
    assert redaction.placeholder == (6, 19)
    assert redaction.span is not None
    assert (redaction.span.start, redaction.span.end) == pytest.approx((10.3, 12.7))
    assert utterance.confidence == 0.8
    assert utterance.span == Span(10.0, 13.0)


def test_two_numbers_in_one_word() -> None:
    once, redactions = redact(talk(timed("a@b.com/c@d.org ok")))
    assert [word.text for word in once.utterances[0].words] == [" <EMAIL>/<EMAIL>", " ok"]
    assert [r.placeholder for r in redactions] == [(0, 7), (8, 15)]


def test_times_without_words_are_in_proportion_and_wide_enough() -> None:
    # 6 letters, 11 digits that take as long as 44 letters, 5 letters: 55 parts in 11 s
    text = "شماره 09121234567 هست."
    once, (redaction,) = redact(talk(Utterance(0, Speaker.CUSTOMER, Span(20.0, 31.0), text)))
    assert once.utterances[0].text == "شماره <MOBILE> هست."
    assert redaction.span is not None
    assert (redaction.span.start, redaction.span.end) == pytest.approx((21.0, 30.2))


def test_no_times_no_span() -> None:
    _, (redaction,) = redact(talk(Utterance(0, Speaker.CUSTOMER, None, "شماره 09121234567")))
    assert redaction.span is None


def test_a_span_never_begins_before_the_recording() -> None:
    _, (redaction,) = redact(talk(timed("09121234567")))
    assert redaction.span is not None
    assert redaction.span.start == 0.0


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("شماره ۰۹۱۲۱۲۳۴۵۶۷", ("شماره", "09121234567"), False),  # other digits than the text
        ("شماره 09121234567", ("شماره", "0912"), False),  # a piece that nobody would notice alone
        ("شماره من", ("شماره", "من", "09121234567"), False),  # the text lost what the words still hold
        ("سلام خوبید", ("سلام", "خوب", "هستید"), True),  # nothing to hide in either
    ],
)
def test_words_that_do_not_spell_the_text(text: str, words: tuple[str, ...], kept: bool) -> None:
    entries = tuple(Word(word, Span(at, at + 1), 0.9) for at, word in enumerate(words))
    once, _ = redact(talk(Utterance(0, Speaker.CUSTOMER, Span(0, 3), text, None, entries)))
    assert once.utterances[0].words == (entries if kept else ())


def turns(*lines: tuple[Speaker, str], pause: float = 1.0) -> Transcript:
    out, at = [], 0.0
    for place, (speaker, text) in enumerate(lines):
        out.append(Utterance(place, speaker, Span(at, at + 2), text))
        at += 2 + pause
    return talk(*out)


A, C, S = Speaker.AGENT, Speaker.CUSTOMER, Speaker.SPEAKER_1


@pytest.mark.parametrize(
    ("lines", "redacted"),
    [
        # over turns, with a yes between; each turn has its own placeholder
        (
            [(C, "۶۰۳۷ ۹۹۷۱"), (A, "بله"), (C, "۱۲۳۴ ۵۶۷۸")],
            ["<CARD_NUMBER>", "بله", "<CARD_NUMBER>"],
        ),
        # one channel, nobody told apart
        ([(S, "0912"), (S, "yes"), (S, "345"), (S, "6789")], ["<MOBILE>", "yes", "<MOBILE>", "<MOBILE>"]),
        # words before the piece stay
        (
            [(C, "خب اینم ۰۹۱۲"), (A, "بله"), (C, "بعدش ۳۴۵۶۷۸۹")],
            ["خب اینم <MOBILE>", "بله", "بعدش <MOBILE>"],
        ),
        # somebody else's number is not joined
        ([(C, "شماره ۰۹۱۲"), (A, "۳۴۵۶۷۸ تا")], ["شماره ۰۹۱۲", "۳۴۵۶۷۸ تا"]),
        # a long turn between ends the reading
        (
            [(C, "0912"), (A, "well let me first tell you about our new offer today"), (C, "3456")],
            ["0912", "well let me first tell you about our new offer today", "3456"],
        ),
        # the answer to a question for a secret, and the question alone
        ([(A, "کد تأیید رو بخونید"), (C, "۵۵۱۰")], ["کد تأیید رو بخونید", "<DIGITS>"]),
        ([(A, "شماره سفارش؟"), (C, "۵۵۱۰")], ["شماره سفارش؟", "۵۵۱۰"]),
    ],
)
def test_turns(lines: list[tuple[Speaker, str]], redacted: list[str]) -> None:
    once, _ = redact(turns(*lines))
    assert [utterance.text for utterance in once.utterances] == redacted


def test_a_long_pause_ends_the_reading() -> None:
    lines = ((C, "0912"), (A, "yes"), (C, "3456789"))
    assert redact(turns(*lines, pause=5.0))[0].utterances[0].text == "<MOBILE>"
    assert redact(turns(*lines, pause=40.0))[0].utterances[0].text == "0912"


def test_redactions_come_in_the_order_of_the_text() -> None:
    _, redactions = redact(turns((C, "IR060120000000001234567890 و 09121234567"), (A, "a@b.com")))
    assert [(r.utterance, r.kind) for r in redactions] == [(0, "SHEBA"), (0, "MOBILE"), (1, "EMAIL")]


def test_an_empty_transcript() -> None:
    assert redact(talk()) == (talk(), ())


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("", ""),
        ("a\r\n09121234567\r\nb", "a\r\n<MOBILE>\r\nb"),  # line ends stay
        ("6037\n9971\n1234\n5678\n", "6037\n9971\n1234\n5678\n"),  # lines stand alone
        ("<CARD_NUMBER> 412", "<CARD_NUMBER> 412"),
        ("رمز <MOBILE> ۴۵۶۷", "رمز <MOBILE> ۴۵۶۷"),  # the word spoke of what is gone
        ("İ 09121234567", "İ <MOBILE>"),  # a letter whose lower case is longer
        ("قرمز ۴۵۶۷", "قرمز ۴۵۶۷"),  # red, not a PIN
        ("کارت ۴۱۱۱۱۱۱۱۱۱۱۱۱۱۱۱ ۱۲۳", "کارت <CARD_NUMBER> <DIGITS>"),  # what touches a card goes too
    ],
)
def test_plain_text(text: str, redacted: str) -> None:
    assert redact_text(text) == redacted
