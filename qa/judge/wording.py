"""What a rule looked for and where, in the words of the scorecard's language."""

from collections.abc import Sequence
from functools import lru_cache

from qa.judge.wordings import EN, FA, MEASURES, Wording
from qa.records import Measurement
from qa.scorecard import (
    ExampleRule,
    MeasureRule,
    PhraseRule,
    SentimentRule,
    SequenceRule,
    Window,
    spoken_example,
)
from qa.scorecard.sentence import Language
from qa.text import to_persian_digits

SHOWN = 3  # phrases named before "and n more"
SHOWN_EXAMPLES = 2


@lru_cache(maxsize=4096)
def phrase_sought(rule: PhraseRule, language: Language) -> str:
    """The first phrases, who should say them, and where."""
    words = _wording(language)
    examples = list(dict.fromkeys(spoken_example(phrase) for phrase in rule.phrases))
    quoted = [words.quote.format(example) for example in examples[:SHOWN]]
    quoted += [words.masked.get(kind, f"<{kind}>") for kind in rule.placeholders]
    text = words.comma.join(quoted)
    if len(examples) > SHOWN:
        text += words.more.format(len(examples) - SHOWN)
    count = words.times.format(rule.count) if rule.count > 1 else ""
    return _digits(f"{text}{count}{words.speakers[rule.speaker]}{_where(rule.window, words)}", language)


@lru_cache(maxsize=4096)
def example_sought(rule: ExampleRule, language: Language) -> str:
    """The first examples, who should say something like them, and where."""
    words = _wording(language)
    texts = [one.text for one in rule.examples.sentences if one.positive and one.language == language]
    text = words.like.format(words.comma.join(words.quote.format(one) for one in texts[:SHOWN_EXAMPLES]))
    count = words.times.format(rule.count) if rule.count > 1 else ""
    return _digits(f"{text}{count}{words.speakers[rule.speaker]}{_where(rule.window, words)}", language)


def measure_sought(rule: MeasureRule, measured: Measurement | None, language: Language) -> str:
    """The limits, and the value where there is one."""
    words = _wording(language)
    name = MEASURES.get(rule.name, (rule.name, rule.name))[0 if language == "en" else 1]
    unit = measured.unit if measured else ""
    low, high = _value(rule.low, unit, words), _value(rule.high, unit, words)
    if rule.low is not None and rule.high is not None:
        text = words.between.format(name, low, high)
    elif rule.low is not None:
        text = words.at_least.format(name, low)
    else:
        text = words.at_most.format(name, high)
    if measured and measured.value is not None:
        text += words.measured.format(_value(measured.value, unit, words))
    return _digits(text, language)


def sequence_words(rule: SequenceRule, sides: tuple[str, str], language: Language) -> str:
    """What comes first, what follows, and how near."""
    words = _wording(language)
    limits = []
    if rule.seconds is not None:
        limits.append(words.apart["seconds"].format(f"{rule.seconds:g}"))
    if rule.turns is not None:
        limits.append(words.apart["turns"].format(rule.turns))
    near = words.at_most_apart.format(words.either.join(limits)) if limits else ""
    return _digits(words.sequence[rule.needs].format(*sides) + near, language)


def abuse_sought(speaker: str, language: Language) -> str:
    """Insults, and by whom."""
    words = _wording(language)
    return words.insult + words.speakers[speaker] + words.anywhere


def borne(sought: str, language: Language) -> str:
    """A criterion that an agent under abuse is excused from."""
    return _wording(language).borne.format(sought)


def sentiment_sought(rule: SentimentRule, course: tuple[float, float] | None, language: Language) -> str:
    """How the customer's mood should end, and how it went."""
    words = _wording(language)
    text = words.mood.format(f"{rule.end:+.1f}", f"{rule.rise:.1f}")
    if course is not None:
        text += words.course.format(f"{course[0]:+.2f}", f"{course[1]:+.2f}")
    return _digits(text, language)


def register_sought(level: str, language: Language) -> str:
    """The level of politeness that was asked for."""
    return _wording(language).registers[level]


def cannot_tell(sought: str, reason: str, language: Language) -> str:
    """What was sought, and why the call cannot answer."""
    words = _wording(language)
    return words.unknown.format(words.reasons.get(reason, reason), sought)


def joined(sought: Sequence[str], how: str, language: Language) -> str:
    """Several rules as one sentence."""
    words = _wording(language)
    return words.joins[how].join(sought)


def opposite(sought: str, language: Language) -> str:
    """What should not be there."""
    return _wording(language).opposite.format(sought)


def condition(sought: str, language: Language) -> str:
    """A criterion that does not apply, with its condition."""
    return _wording(language).condition.format(sought)


def too_unsure(sought: str, language: Language) -> str:
    """A critical failure that is not sure enough to stand."""
    words = _wording(language)
    return words.unknown.format(words.reasons["critical"], sought)


def _where(window: Window | None, words: Wording) -> str:
    if window is None:
        return words.anywhere
    limits = []
    if window.seconds is not None:
        limits.append(words.seconds[window.end].format(f"{window.seconds:g}"))
    if window.turns is not None:
        limits.append(words.turns[window.end].format(window.turns))
    return words.inside.format(words.either.join(limits))


def _value(value: float | None, unit: str, words: Wording) -> str:
    if value is None:
        return ""
    if unit == "share":
        return words.percent.format(f"{100 * value:.3g}")
    return f"{value:.3g}{words.units.get(unit, '')}"


def _wording(language: Language) -> Wording:
    return FA if language == "fa" else EN


def _digits(text: str, language: Language) -> str:
    return to_persian_digits(text) if language == "fa" else text
