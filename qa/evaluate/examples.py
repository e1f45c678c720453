"""How well phrases, examples and both together find what is meant, on lines that neither was written from."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.judge import judge
from qa.judge.heads import YES, head_of
from qa.records import Call, Share, Speaker, Transcript, Utterance, Verdict
from qa.scorecard import Scorecard, Sentence, held_out_sets, parse_scorecard, shared_sets
from qa.scorecard.sentence import Language

# the phrase rule that stands beside each set in the default scorecards
PHRASES = {
    "empathy": "phrases: [$empathy], partly_any: [$empathy_soft]",
    "further_help": 'phrases: [$further_help], partly_any: [$further_help_soft], negation: "off"',
    "goodbye": 'phrases: [$goodbye], partly_any: [$goodbye_soft], negation: "off"',
    "greeting": 'phrases: [$greeting_words], negation: "off"',
    "hold_asked": 'phrases: [$hold_asked], negation: "off"',
    "next_step": 'phrases: [$next_step], negation: "off"',
    "ownership": "phrases: [$ownership], unless: [$not_ownership]",
    "probing": 'phrases: [$probing], unless: [$not_probing], negation: "off"',
    "recap": 'phrases: [$recap], negation: "off"',
    "recording_notice": 'phrases: [$recording_notice], negation: "off"',
    "survey": 'phrases: [$survey], negation: "off"',
    "unrealistic_promise": (
        "phrases: [$promise_hard], partly_any: [$promise_soft], unless: [$promise_own_effort], "
        "negation: around, fuzzy: false"
    ),
}
LANGUAGES: tuple[Language, ...] = ("en", "fa")
WAYS = ("phrase", "example", "both")
_HIT = (Verdict.MET, Verdict.PARTLY)


@dataclass(frozen=True, slots=True)
class Found:
    """One way of finding one thing in one language; ``auc`` only for examples, which give a probability."""

    name: str
    language: Language
    way: str
    positive: int
    negative: int
    precision: Share | None
    recall: Share
    auc: Share | None


def evaluate_examples() -> tuple[Found, ...]:
    """Precision and recall of every set, language and way on the held-out lines."""
    return tuple(row for name in held_out_sets() for row in evaluate_set(name))


def evaluate_set(name: str) -> list[Found]:
    """The same for one set."""
    rows: list[Found] = []
    for language in LANGUAGES:
        rows += _one_set(name, language, [one for one in held_out_sets()[name] if one.language == language])
    return rows


def _one_set(name: str, language: Language, lines: Sequence[Sentence]) -> list[Found]:
    card = _card(name, language)
    if not lines:
        return []
    verdicts = [judge(card, _call(line.text, language), ()) for line in lines]
    ways = [way for way in WAYS if way in verdicts[0]]
    return [_row(name, lines, way, [found[way].verdict in _HIT for found in verdicts]) for way in ways]


def _row(name: str, lines: Sequence[Sentence], way: str, hits: Sequence[bool]) -> Found:
    right = [line.positive for line in lines]
    true = sum(hit and is_so for hit, is_so in zip(hits, right, strict=True))
    return Found(
        name=name,
        language=lines[0].language,
        way=way,
        positive=sum(right),
        negative=len(right) - sum(right),
        precision=true / sum(hits) if any(hits) else None,
        recall=true / sum(right),
        auc=_auc(name, lines) if way == "example" else None,
    )


def _auc(name: str, lines: Sequence[Sentence]) -> Share:
    from sklearn.metrics import roc_auc_score

    from qa.embed import embedder

    head = head_of(shared_sets()[name])
    shares = head.probabilities(embedder().embed([line.text for line in lines]))
    return float(roc_auc_score([line.positive for line in lines], shares[:, head.classes.index(YES)]))


def _call(text: str, language: Language) -> Call:
    line = Utterance(0, Speaker.AGENT, None, text)
    return Call(Transcript(language, "imported", "", (line,)), None, None, channels_separate=True)


def _card(name: str, language: Language) -> Scorecard:
    rules = {"example": f"example: {{set: {name}}}"}
    if name in PHRASES:
        rules["phrase"] = f"phrase: {{{PHRASES[name]}}}"
        rules["both"] = f"any: [{{{rules['phrase']}}}, {{{rules['example']}}}]"
    criteria = "".join(
        f"      - {{key: {way}, title: {{en: {way}, fa: {way}}}, weight: 1, rule: {{{rule}}}}}\n"
        for way, rule in rules.items()
    )
    title = "{en: Held out, fa: Held out}"
    text = (
        f"id: held-out\nversion: 1\nlanguage: {language}\ntitle: {title}\n"
        f"sections:\n  - key: all\n    title: {title}\n    weight: 1\n    criteria:\n{criteria}"
    )
    return parse_scorecard(text, "held-out")
