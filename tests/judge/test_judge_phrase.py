"""The phrase judge: speaker, window, slots, spelling, exclusions, negation, evidence, doubt."""

import pytest

from qa.judge import judge
from qa.records import Call, Span, Speaker, Utterance, Verdict, Word
from tests.judge.calls import A, C, call, card, judged

HELLO = "phrase: {phrases: [hello there]}"
NAME = "phrase: {phrases: ['my name is {name}', '{name} speaking'], unless: [keep speaking]}"
FA_NAME = "phrase: {phrases: ['{name} هستم']}"
WANT = "phrase: {phrases: [می‌خوام بدونم]}"
SWEAR = "phrase: {phrases: [frustrat* customer], fuzzy: false}"
PROMISE = "phrase: {phrases: [i promise, a guarantee], negation: around, fuzzy: false}"
FA_PROMISE = "phrase: {phrases: [ضمانت کنم, صد در صد], negation: around, fuzzy: false}"

SAID = [
    # rule, text, found
    (HELLO, "Hello there!", True),
    (HELLO, "Hello, there", True),
    # a word inside a longer word is not the word
    (HELLO, "Hello theresa", False),
    (HELLO, "Othello there", False),
    # an agent's name, three words at most, and never a word that cannot be one
    (NAME, "My name is Anna.", True),
    (NAME, "my name is Anna Maria Lopez", True),
    (NAME, "my name is not on the list", False),
    (NAME, "Anna speaking, how can I help", True),
    (NAME, "please keep speaking", False),
    # a slot does not run over the end of a clause
    (NAME, "I met Anna. Speaking of which", False),
    ("phrase: {phrases: ['thank {words} friend']}", "thank you my friend", True),
    ("phrase: {phrases: ['thank {words} friend']}", "thank you. My friend", False),
    (FA_NAME, "بانک مهرگان، رضایی هستم", True),
    (FA_NAME, "در خدمتتون هستم", False),
    (FA_NAME, "مطمئن هستم", False),
    # one word in any spelling: half-space, space, none, Arabic letters
    (WANT, "می‌خوام بدونم", True),
    (WANT, "می خوام بدونم", True),
    (WANT, "ميخوام بدونم", True),
    (WANT, "نمی‌خوام بدونم", False),
    # any ending
    (SWEAR, "frustrated customer", True),
    (SWEAR, "frustrating, customer", True),
    (SWEAR, "frustrat ed customer", False),
    # turned round
    (PROMISE, "I promise", True),
    (PROMISE, "I can't say I promise", False),
    (PROMISE, "It is not bad, I promise", True),
    (PROMISE, "there's no guarantee", False),
    (PROMISE, "we never give a guarantee", False),
    (PROMISE, "I did not know but I promise", True),
    (FA_PROMISE, "می‌تونم براتون ضمانت کنم", True),
    (FA_PROMISE, "نمی‌تونم براتون ضمانت کنم", False),
    (FA_PROMISE, "نمی تونم این رو ضمانت کنم", False),
    (FA_PROMISE, "صد در صد مطمئن نیستم", False),
    (FA_PROMISE, "نمی‌دونم ولی صد در صد", True),
]


@pytest.mark.parametrize(("rule", "text", "found"), SAID)
def test_said_or_not(rule: str, text: str, found: bool) -> None:
    language = "fa" if any(letter >= "\u0620" for letter in text) else "en"
    verdict = judged(rule, call((A, text), language=language)).verdict
    assert verdict is (Verdict.MET if found else Verdict.NOT_MET)


HEARD = [
    # what, text, found: one letter wrong in a word of six or more, in a phrase of two or more words
    ("a letter wrong", "thank you for celling", True),
    ("a letter missing", "thank you for caling", True),
    ("a letter too many", "thank you for callling", True),
    ("two letters wrong", "thank you for cellimg", False),
    ("a short word wrong", "thank yoa for calling", False),
    ("another first letter", "thank you for falling", False),
]


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in HEARD], ids=[row[0] for row in HEARD])
def test_misheard_words(text: str, found: bool) -> None:
    one = judged("phrase: {phrases: [thank you for calling]}", call((A, text)))
    assert one.verdict is (Verdict.MET if found else Verdict.NOT_MET)
    assert one.confidence == pytest.approx(0.8 if found else 0.9)
    strict = judged("phrase: {phrases: [thank you for calling], fuzzy: false}", call((A, text)))
    assert strict.verdict is Verdict.NOT_MET


def test_a_single_word_is_never_put_right() -> None:
    assert judged("phrase: {phrases: [calling]}", call((A, "celling"))).verdict is Verdict.NOT_MET


def test_a_persian_verb_is_never_put_right() -> None:
    rule = "phrase: {phrases: [پیگیری می‌کنیم]}"
    assert judged(rule, call((A, "پیگیری می‌کنید"), language="fa")).verdict is Verdict.NOT_MET


LONG = [(A, "hello one"), (C, "hello two"), (A, "three"), (C, "four"), (A, "hello five"), (A, "six")]
WINDOWS = [
    # rule, ids of the evidence
    ("speaker: agent", [100, 104]),
    ("speaker: customer", [101]),
    ("speaker: any", [100, 101, 104]),
    ("window: {first: {turns: 1}}", [100]),
    # the third turn of the agent is utterances 104 and 105
    ("window: {last: {turns: 1}}", [104]),
    ("window: {last: {turns: 2}}", [104]),
    ("speaker: any, window: {first: {turns: 2}}", [100, 101]),
    ("speaker: any, window: {first: {seconds: 10}}", [100, 101]),
    ("speaker: any, window: {first: {seconds: 9}}", [100]),
    # the last word ends at 58 s, utterance 104 at 48 s
    ("window: {last: {seconds: 10}}", [104]),
    ("window: {last: {seconds: 9}}", []),
    ("window: {last: {seconds: 9, turns: 1}}", [104]),
]


@pytest.mark.parametrize(("more", "ids"), WINDOWS, ids=[row[0] for row in WINDOWS])
def test_window(more: str, ids: list[int]) -> None:
    one = judged(f"phrase: {{phrases: [hello], {more}}}", call(*LONG))
    assert [evidence.utterance for evidence in one.evidence] == ids


def test_evidence_quotes_the_original_and_runs_over_utterances() -> None:
    one = judged(
        "phrase: {phrases: [thank you for calling]}", call((A, "Well: Thank  you"), (A, "for CALLING, sir"))
    )
    assert [(e.utterance, e.quote) for e in one.evidence] == [(100, "Thank  you"), (101, "for CALLING,")]
    assert one.evidence[0].span == Span(0, 8)
    assert one.rule == "phrase/1"


def test_evidence_has_the_times_of_its_words() -> None:
    words = tuple(
        Word(text, Span(place, place + 0.5), 0.9)
        for place, text in enumerate(["oh", "hello", "there", "sir"])
    )
    heard = call((A, "Oh, hello there sir"))
    utterance = Utterance(100, Speaker.AGENT, Span(0, 4), "Oh, hello there sir", 0.7, words)
    heard = type(heard)(
        type(heard.transcript)("en", "e", "m", (utterance,)), None, None, channels_separate=True
    )
    one = judged(HELLO, heard)
    assert one.evidence[0].span == Span(1, 2.5)
    assert one.confidence == pytest.approx(0.7)


def test_count_weaker_phrases_and_exclusions() -> None:
    two = "phrase: {phrases: [sir], count: 2}"
    assert judged(two, call((A, "yes sir sir"))).verdict is Verdict.MET
    assert judged(two, call((A, "yes sir"))).verdict is Verdict.PARTLY
    weak = "phrase: {phrases: [goodbye], partly_any: [thanks]}"
    assert judged(weak, call((A, "thanks"))).verdict is Verdict.PARTLY
    assert judged(weak, call((A, "thanks, goodbye"))).verdict is Verdict.MET
    beside = "phrase: {placeholders: [CARD_NUMBER], unless_nearby: [our account]}"
    assert judged(beside, call((A, "your card is <CARD_NUMBER>."))).verdict is Verdict.MET
    assert judged(beside, call((A, "our account is <CARD_NUMBER>"))).verdict is Verdict.NOT_MET
    assert judged(beside, call((A, "your card number"))).verdict is Verdict.NOT_MET
    words = "phrase: {phrases: [card number]}"
    assert judged(words, call((A, "it is <CARD_NUMBER>"))).verdict is Verdict.NOT_MET


UNKNOWN = [
    # what, call, rule, part of the reason
    ("draft", call((A, "hello there"), flags=("draft",)), HELLO, "draft"),
    ("another language", call((A, "hello there"), language="de"), HELLO, "another language"),
    ("no roles", call((Speaker.SPEAKER_1, "hello there")), HELLO, "not told apart"),
    ("silent side", call((C, "hello there")), HELLO, "no words from this side"),
    ("empty words", call((A, " … "), (C, "hi")), HELLO, "no words from this side"),
    (
        "no times",
        call((A, "hi"), times=False),
        "phrase: {phrases: [x], window: {first: {seconds: 5}}}",
        "no times",
    ),
    ("unsure and absent", call((A, "mumble"), confidence=0.3), HELLO, "not sure enough"),
]


@pytest.mark.parametrize(
    ("heard", "rule", "part"), [row[1:] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN]
)
def test_cannot_tell(heard: Call, rule: str, part: str) -> None:
    one = judge(card(rule), heard, ())["it"]
    assert one.verdict is Verdict.CANNOT_TELL
    assert part in one.looked_for
    assert one.confidence == 0


def test_still_tells_what_it_can() -> None:
    anybody = HELLO.replace("phrases", "speaker: any, phrases")
    assert judged(anybody, call((Speaker.SPEAKER_1, "hello there"))).verdict is Verdict.MET
    unsure = judged(HELLO, call((A, "hello there"), confidence=0.3))
    assert (unsure.verdict, unsure.confidence) == (Verdict.MET, 0.3)
    both = "phrase: {phrases: [x y], window: {first: {seconds: 5, turns: 1}}}"
    assert judged(both, call((A, "hi"), times=False)).verdict is Verdict.NOT_MET


def test_words_for_what_was_sought() -> None:
    rule = 'phrase: {phrases: [(a|x) b, "{name} c", d*, e, f, g], window: {first: {seconds: 30, turns: 2}}}'
    assert judged(rule, call((A, "hi"))).looked_for == (
        "“a b”, “… c”, “d…” and 3 more, said by the agent in the first 30 seconds or the first 2 turns"
    )
    assert judged("phrase: {phrases: [سلام]}", call((A, "بله"), language="fa")).looked_for == (
        "«سلام»، از زبان کارشناس در سراسر تماس"
    )
