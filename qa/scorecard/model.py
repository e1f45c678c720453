"""A scorecard as the judges see it: frozen, checked, with every word list resolved."""

from dataclasses import dataclass, field
from typing import Literal

from qa.records import CriticalKind, Points, Seconds
from qa.scorecard.sentence import ExampleSet, Language
from qa.scorecard.talk import AbuseRule, LlmRule, RegisterRule, SentimentRule

Side = Literal["agent", "customer", "any"]
Negation = Literal["before", "around", "off"]


@dataclass(frozen=True, slots=True)
class Title:
    """A name that people read, in both languages."""

    en: str
    fa: str


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch at one end of the call. With both limits an utterance inside either one counts.

    ``turns`` counts the turns of the rule's speaker; ``seconds`` run from the first word spoken, or back
    from the last one.
    """

    end: Literal["first", "last"]
    seconds: Seconds | None
    turns: int | None


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """Words that a side says. Phrases keep the syntax of ``qa.scorecard.phrases``.

    ``partly`` are weaker phrases. A hit that overlaps one of ``unless`` does not count, nor does one in an
    utterance that holds one of ``unless_nearby``. ``placeholders`` are kinds of redacted data, such as
    ``CARD_NUMBER``. ``count`` hits make it met, fewer make it partly.
    """

    speaker: Side
    phrases: tuple[str, ...]
    partly: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    unless_nearby: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    window: Window | None = None
    count: int = 1
    negation: Negation = "before"
    fuzzy: bool = True
    line: int = field(default=0, compare=False)

    def __hash__(self) -> int:
        # Rules are looked up for every call; hashing all their phrases took a tenth of the judging.
        return hash((self.speaker, self.phrases[:1], len(self.phrases), self.window, self.count))


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """Limits for one measure, in the measure's own unit; ``None`` is no limit.

    Inside ``low`` to ``high`` is met; inside the wider ``partly_low`` to ``partly_high`` is partly.
    """

    name: str
    low: float | None
    high: float | None
    partly_low: float | None = None
    partly_high: float | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ExampleRule:
    """Something that a side says in whatever words, as in the examples.

    ``at_least`` and ``unsure_from`` are probabilities of the best sentence: met from the first, "cannot tell"
    from the second. ``count`` sentences make it met, fewer make it partly.
    """

    examples: ExampleSet
    speaker: Side
    window: Window | None = None
    count: int = 1
    at_least: float = 0.8
    unsure_from: float = 0.6
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class AllRule:
    """Every rule must be met. ``partly_from`` of them are enough for partly."""

    rules: tuple["Rule", ...]
    partly_from: int | None = None


@dataclass(frozen=True, slots=True)
class AnyRule:
    """One met rule is enough."""

    rules: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class NotRule:
    """The opposite of a rule: what must not be said or happen."""

    rule: "Rule"


@dataclass(frozen=True, slots=True)
class SequenceRule:
    """One thing before another. ``needs`` says which of them is asked for when the other one happens.

    With ``seconds`` or ``turns`` they may be at most that far apart, or any distance with ``None``.
    ``partly_from`` answered happenings are enough for partly. Never happened: not applicable.
    """

    first: "Rule"
    then: "Rule"
    needs: Literal["first", "then"] = "first"
    seconds: Seconds | None = None
    turns: int | None = None
    partly_from: int | None = None
    line: int = field(default=0, compare=False)


Rule = (
    PhraseRule
    | MeasureRule
    | ExampleRule
    | AllRule
    | AnyRule
    | NotRule
    | SequenceRule
    | RegisterRule
    | AbuseRule
    | SentimentRule
    | LlmRule
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question about a call. ``critical`` says whom a failure harms; without ``applies_when`` it always
    applies. ``excused`` in abuse: not asked of an agent while the customer insults them (FIELD.md §7).
    """

    key: str
    title: Title
    weight: float
    rule: Rule
    critical: CriticalKind | None = None
    applies_when: Rule | None = None
    in_abuse: Literal["asked", "excused"] = "asked"
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """Criteria that share one weight, however many they are."""

    key: str
    title: Title
    weight: float
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """Scores from ``pass_`` up pass, from ``coach`` up need coaching, lower ones are flagged."""

    pass_: Points = 85.0
    coach: Points = 70.0

    def of(self, score: Points) -> str:
        """The band of a score: ``pass``, ``coach`` or ``flag``."""
        if score >= self.pass_:
            return "pass"
        return "coach" if score >= self.coach else "flag"


@dataclass(frozen=True, slots=True)
class Minimum:
    """Shorter calls, or calls with fewer words from a side, stay out of aggregates."""

    seconds: Seconds = 20.0
    words: int = 10


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """What the phrase judge must know of a language.

    ``negators`` turn a phrase round from before it, ``negators_next`` only right before it,
    ``negators_after`` from right behind it; ``breaks`` are words that start a new clause; ``not_names`` are
    words that a ``{name}`` slot refuses.
    """

    negators: tuple[str, ...] = ()
    negators_next: tuple[str, ...] = ()
    negators_after: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One version of a scorecard. ``source`` is the file it came from, for messages. ``people_decide`` are
    keys of criteria that the machine agrees with people too little about to score (FIELD.md §3).

    Without a ``minimum`` the site's own (its settings) holds.
    """

    id: str
    version: int
    language: Language
    title: Title
    sections: tuple[Section, ...]
    bands: Bands = Bands()
    minimum: Minimum | None = None
    words: LanguageWords = LanguageWords()
    source: str = field(default="", compare=False)
    people_decide: frozenset[str] = field(default=frozenset(), compare=False)

    def __hash__(self) -> int:
        return hash((self.id, self.version, self.language, self.title))

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of all sections, in order."""
        return tuple(criterion for section in self.sections for criterion in section.criteria)
