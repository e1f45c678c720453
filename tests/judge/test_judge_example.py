"""Judge ``example``: what was meant in whatever words, with the real model and the shipped sets."""

import time
from pathlib import Path

import pytest

from qa.embed import embedder, examples_key, load_head
from qa.errors import InvalidScorecard
from qa.judge import judge, label_of
from qa.judge.case import open_case
from qa.judge.heads import SHIPPED, head_of, training
from qa.judge.sentences import sentences
from qa.records import Flag, Verdict
from qa.scorecard import held_out_sets, parse_scorecard, shared_sets, with_lexicons
from qa.scorecard.examples import ORDINARY, shared_set_forms
from tests.judge.calls import A, C, call, card, judged

RULE = "example: {set: empathy}"
SORRY = "I'm so sorry about that, I can see how upsetting this must be."
OWN_SETS = """\
examples:
  parking:
    en:
      positive: [You can park right behind the shop., There is a car park next door., Parking is free here.,
        Leave your car in the yard., Our garage has forty places.]
      negative: [The shop opens at nine., Your order is ready., We have it in blue., It costs ten euros.,
        Take the second street., The bus stops in front of us.]
    fa:
      positive: [پارکینگ پشت مغازه‌ست.]
      negative: [مغازه ساعت نه باز می‌شه.]
"""


@pytest.mark.parametrize("name", [name for name in shared_set_forms() if name != ORDINARY])
def test_sets_are_large_enough_in_both_languages_and_without_repeats(name: str) -> None:
    form = shared_set_forms()[name]
    for language in (form.en, form.fa):
        assert min(len(language.positive), len(language.negative)) >= 12
    texts = [*form.en.positive, *form.en.negative, *form.fa.positive, *form.fa.negative]
    assert len(set(texts)) == len(texts)
    held_out = {one.text for one in held_out_sets()[name]}
    assert held_out.isdisjoint(texts)
    assert len(held_out) == 24


@pytest.mark.parametrize("name", shared_sets())
def test_shipped_heads_belong_to_the_shipped_sentences(name: str) -> None:
    head = load_head(SHIPPED / f"{name}.npz")
    assert head is not None
    assert head.key == examples_key(training(shared_sets()[name]), embedder())


def test_the_best_sentence_is_the_evidence() -> None:
    heard = call((A, f"Let me see. {SORRY} One moment."), (C, "Thanks."))
    found = judged(RULE, heard)
    assert found.verdict is Verdict.MET
    assert [one.quote for one in found.evidence] == [SORRY]
    assert found.evidence[0].utterance == 100
    assert found.confidence > 0.8
    assert found.rule.startswith("example/1 empathy@")
    assert "something like “I'm so sorry you've had to deal with this.”" in found.looked_for


# what is said, the rule, the verdict
CASES = {
    "nothing like it": (((A, "Your order was sent on Monday."),), RULE, Verdict.NOT_MET),
    "a near miss": (((A, "Sorry, I didn't catch that."),), RULE, Verdict.NOT_MET),
    "the other side": (((C, SORRY), (A, "Okay, your order was sent.")), RULE, Verdict.NOT_MET),
    "side any": (((C, SORRY), (A, "Okay.")), "example: {set: empathy, speaker: any}", Verdict.MET),
    "single words only": (((A, "Sorry!"), (C, "Hm.")), RULE, Verdict.NOT_MET),
    "one of two": (((A, SORRY),), "example: {set: empathy, count: 2}", Verdict.PARTLY),
    "outside the window": (
        ((A, SORRY), (C, "Yes."), (A, "It was sent on Monday.")),
        "example: {set: empathy, window: {last: {turns: 1}}}",
        Verdict.NOT_MET,
    ),
    "no words of that side": (((C, "Hello there, anybody in?"),), RULE, Verdict.CANNOT_TELL),
}


@pytest.mark.parametrize(("said", "rule", "verdict"), CASES.values(), ids=CASES)
def test_verdict(said: tuple[tuple[object, str], ...], rule: str, verdict: Verdict) -> None:
    assert judged(rule, call(*said)).verdict is verdict  # type: ignore[arg-type]


def test_between_the_limits_people_decide() -> None:
    heard = call((A, SORRY), confidence=0.8)
    found = judged("example: {set: empathy, at_least: 0.9, unsure_from: 0.6}", heard)
    assert (found.verdict, found.confidence) == (Verdict.CANNOT_TELL, 0.0)
    assert found.evidence[0].quote == SORRY
    assert "neither clearly this" in found.looked_for


def test_doubt_of_the_recogniser_lowers_the_probability() -> None:
    sure, unsure = judged(RULE, call((A, SORRY))), judged(RULE, call((A, SORRY), confidence=0.9))
    assert unsure.confidence == pytest.approx(0.9 * sure.confidence)
    assert judged(RULE, call((A, "It was sent on Monday."), confidence=0.3)).verdict is Verdict.CANNOT_TELL


def test_a_draft_decides_nothing() -> None:
    assert judged(RULE, call((A, SORRY), flags=(Flag.DRAFT,))).verdict is Verdict.CANNOT_TELL


def test_persian_sought_in_persian() -> None:
    heard = call((A, "خیلی شرمنده‌ام که این‌جوری شد، حق دارید عصبانی باشید."), language="fa")
    found = judged(RULE, heard)
    assert found.verdict is Verdict.MET
    assert "جمله‌ای مانند «واقعا متاسفم" in found.looked_for


def test_cheap_rules_are_asked_first() -> None:
    both = f"any: [{{{RULE}}}, {{phrase: {{phrases: [so sorry]}}}}]"
    found = judged(both, call((A, SORRY)))
    assert [one.quote for one in found.evidence] == ["so sorry"]
    assert judged(both, call((A, "You have every right to be angry with us."))).verdict is Verdict.MET
    none = f"all: [{{{RULE}}}, {{phrase: {{phrases: [blue moon]}}}}]"
    assert judged(none, call((A, SORRY))).evidence == ()


def test_sentences_of_an_utterance_have_their_places() -> None:
    heard = call((A, "  Hello there!  How are you?  Fine. It is <CARD_NUMBER> isn't it"), (C, "No no no."))
    case = open_case(card(RULE), heard, ())
    found = sentences(case, "agent", None)
    text = heard.transcript.utterances[0].text
    assert [one.text for one in found] == ["Hello there!", "How are you?", "It is <CARD_NUMBER> isn't it"]
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]


def test_label_names_the_sentences() -> None:
    first = card(RULE).criteria[0].rule
    other = card("any: [{example: {set: recap}}, {example: {set: empathy}}]").criteria[0].rule
    assert label_of(first) == f"example/1 empathy@{shared_sets()['empathy'].key[:6]}"
    assert [part.split("@")[0] for part in label_of(other).split()] == ["any/1", "empathy", "recap"]


def with_sets(text: str) -> str:
    """A card with own sets; lines 1 to 4 are its head."""
    title = "{en: One, fa: یک}"
    sections = (
        f"sections:\n  - key: a\n    title: {title}\n    weight: 1\n    criteria:\n"
        f"      - {{key: it, title: {title}, weight: 1, rule: {{example: {{set: parking}}}}}}\n"
    )
    return f"id: one\nversion: 1\nlanguage: en\ntitle: {title}\n{text}{sections}"


def test_a_card_may_bring_its_own_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path))
    head_of.cache_clear()
    own = parse_scorecard(with_sets(OWN_SETS), "own.yaml")
    heard = call((A, "You'll find a parking space behind our building."), (C, "Great."))
    assert judge(own, heard, ())["it"].verdict is Verdict.MET
    assert len(list((tmp_path / "models" / "examples").glob("*.npz"))) == 1


def test_published_text_holds_the_sentences() -> None:
    text = with_lexicons(with_sets(OWN_SETS), "own.yaml")
    assert "Our garage has forty places." in text
    assert parse_scorecard(text, "again") == parse_scorecard(with_sets(OWN_SETS), "own.yaml")


BROKEN = {
    "too few": (
        "        Leave your car in the yard., Our garage has forty places.]",
        "        ]",
        6,
        "4 positive",
    ),
    "unknown field": ("      negative: [The shop", "      negatives: [The shop", 10, "did you mean negative"),
    "unknown set": ("set: parking", "set: parkin", 20, "unknown examples parkin; did you mean parking"),
    "limits": ("set: parking", "set: parking, at_least: 0.7, unsure_from: 0.8", 20, "at or below at_least"),
    "no share": ("set: parking", "set: parking, at_least: 80", 20, "less than 1"),
}


@pytest.mark.parametrize(("old", "new", "line", "part"), BROKEN.values(), ids=BROKEN)
def test_mistakes_are_named(old: str, new: str, line: int, part: str) -> None:
    text = with_sets(OWN_SETS)
    assert old in text
    with pytest.raises(InvalidScorecard) as caught:
        parse_scorecard(text.replace(old, new, 1), "own.yaml")
    assert f"own.yaml, line {line}:" in caught.value.message
    assert part in caught.value.message


def test_speed_is_known() -> None:
    lines = [
        (A if place % 2 else C, f"I have looked at order {place} and it is on its way.")
        for place in range(20)
    ]
    heard = call(*lines)
    began = time.process_time()
    judged(RULE, heard)
    spent = time.process_time() - began
    print(f"{spent:.2f} s of processor time for 10 sentences of one side")
    assert spent < 10
