"""The shape of a scorecard file. Unknown fields are refused; types are not guessed."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from qa.scorecard.form_parts import (
    AbuseForm,
    ExampleSetForm,
    Form,
    Identifier,
    Key,
    Limit,
    LlmForm,
    Pair,
    Points,
    SentimentForm,
    Text,
    Weight,
)
from qa.scorecard.model import Negation, Side
from qa.scorecard.sentence import Language
from qa.scorecard.talk import Level

RULES = (
    "phrase", "measure", "example", "all", "any", "not", "sequence", "register", "abuse", "sentiment", "llm"
)  # fmt: skip


class TitleForm(Form):
    """A title in both languages."""

    en: Text
    fa: Text


class EdgeForm(Form):
    """How far from one end of the call."""

    seconds: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    turns: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.seconds is None and self.turns is None:
            raise ValueError("needs seconds, turns or both")
        return self


class WindowForm(Form):
    """One end of the call."""

    first: EdgeForm | None = None
    last: EdgeForm | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.first is None) == (self.last is None):
            raise ValueError("needs either first or last")
        return self


class PhraseForm(Form):
    """A phrase rule."""

    speaker: Side = "agent"
    phrases: list[Text] = Field(default_factory=list)
    partly_any: list[Text] = Field(default_factory=list)
    unless: list[Text] = Field(default_factory=list)
    unless_nearby: list[Text] = Field(default_factory=list)
    placeholders: list[Text] = Field(default_factory=list)
    window: WindowForm | None = None
    count: Annotated[int, Field(ge=1, le=100)] = 1
    negation: Negation = "before"
    fuzzy: bool = True

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not self.phrases and not self.placeholders:
            raise ValueError("needs phrases or placeholders")
        return self


class MeasureForm(Form):
    """A measure rule."""

    name: Text
    at_most: Limit | None = None
    at_least: Limit | None = None
    between: Pair | None = None
    partly_at_most: Limit | None = None
    partly_at_least: Limit | None = None
    partly_between: Pair | None = None

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if (self.between is None) == (self.at_most is None and self.at_least is None):
            raise ValueError("needs at_most, at_least or between")
        if self.partly_between and (self.partly_at_most is not None or self.partly_at_least is not None):
            raise ValueError("needs either partly_between or partly_at_most and partly_at_least")
        for pair in (self.between, self.partly_between):
            if pair and pair[0] > pair[1]:
                raise ValueError("needs the smaller number of between first")
        return self


class NearForm(EdgeForm):
    """How far two things may be apart; the same turn is 0."""

    turns: Annotated[int, Field(ge=0)] | None = None


class SequenceForm(Form):
    """One thing before another."""

    first: "RuleForm"
    then: "RuleForm"
    needs: Literal["first", "then"] = "first"
    within: NearForm | None = None
    partly_from: Annotated[int, Field(ge=1)] | None = None


class RegisterForm(Form):
    """A level of politeness."""

    level: Level
    by_service: dict[Text, Level] = Field(default_factory=dict)


class ExampleForm(Form):
    """An example rule."""

    set_: Key = Field(alias="set")
    speaker: Side = "agent"
    window: WindowForm | None = None
    count: Annotated[int, Field(ge=1, le=100)] = 1
    at_least: Annotated[float, Field(gt=0.5, lt=1)] = 0.8
    unsure_from: Annotated[float, Field(ge=0.5, lt=1)] = 0.6

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.unsure_from > self.at_least:
            raise ValueError("needs unsure_from at or below at_least")
        return self


class RuleForm(Form):
    """Exactly one rule, by its name."""

    phrase: PhraseForm | None = None
    measure: MeasureForm | None = None
    example: ExampleForm | None = None
    all_: list["RuleForm"] | None = Field(default=None, alias="all", min_length=1)
    any_: list["RuleForm"] | None = Field(default=None, alias="any", min_length=1)
    not_: "RuleForm | None" = Field(default=None, alias="not")
    sequence: SequenceForm | None = None
    register_: RegisterForm | None = Field(default=None, alias="register")
    abuse: AbuseForm | None = None
    sentiment: SentimentForm | None = None
    llm: LlmForm | None = None
    partly_from: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in RULES if getattr(self, name, getattr(self, f"{name}_", None)) is not None]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of {', '.join(RULES)}")
        if self.partly_from is not None and self.all_ is None:
            raise ValueError("allows partly_from only beside all")
        return self


class CriterionForm(Form):
    """One criterion."""

    key: Key
    title: TitleForm
    weight: Weight
    rule: RuleForm
    critical: Literal["customer", "business", "compliance"] | None = None
    applies_when: RuleForm | None = None
    in_abuse: Literal["asked", "excused"] | None = None
    enabled: bool = True


class SectionForm(Form):
    """One section."""

    key: Key
    title: TitleForm
    weight: Weight
    criteria: Annotated[list[CriterionForm], Field(min_length=1, max_length=100)]


class BandsForm(Form):
    """Where bands begin."""

    pass_: Points = Field(default=85.0, alias="pass")
    coach: Points = 70.0

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.coach > self.pass_:
            raise ValueError("needs coach at or below pass")
        return self


class MinimumForm(Form):
    """The shortest call that counts."""

    seconds: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 20.0
    words: Annotated[int, Field(ge=0)] = 10


class ScorecardForm(Form):
    """The whole file. ``lexicons`` and ``examples`` of its own stand before the shared ones."""

    id: Identifier
    version: Annotated[int, Field(ge=1)]
    language: Language
    title: TitleForm
    bands: BandsForm = BandsForm()
    minimum: MinimumForm | None = None
    lexicons: dict[Key, list[Text]] = Field(default_factory=dict)
    examples: dict[Key, ExampleSetForm] = Field(default_factory=dict)
    sections: Annotated[list[SectionForm], Field(min_length=1, max_length=100)]
