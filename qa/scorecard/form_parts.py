"""What the forms of a scorecard are made of: checked texts and numbers, and sets of examples."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from qa.scorecard.sentence import Language
from qa.scorecard.talk import Heard

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Weight = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
Limit = Annotated[float, Field(allow_inf_nan=False)]
Points = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Pair = Annotated[list[Limit], Field(min_length=2, max_length=2)]
Mood = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]


class Form(BaseModel):
    """Strict, closed and frozen."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SentencesForm(Form):
    """Examples in one language."""

    positive: list[Text] = Field(default_factory=list)
    negative: list[Text] = Field(default_factory=list)


class ExampleSetForm(Form):
    """Examples, or a file of them. Sets that are not ``related`` lend their positives as negatives."""

    related: list[Key] = Field(default_factory=list)
    en: SentencesForm = SentencesForm()
    fa: SentencesForm = SentencesForm()


class AbuseForm(Form):
    """Insults by a side."""

    speaker: Heard = "agent"


class SentimentForm(Form):
    """The customer's mood."""

    end_at_least: Mood = 0.0
    partly_end_at_least: Mood = -0.4
    rises_by: Annotated[float, Field(gt=0, le=2, allow_inf_nan=False)] = 0.5

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.partly_end_at_least > self.end_at_least:
            raise ValueError("needs partly_end_at_least at or below end_at_least")
        return self


class LlmForm(Form):
    """A question for a language model."""

    question: Text


class LexiconForm(Form):
    """A file of shared word lists for one language."""

    language: Language
    lexicons: dict[Key, list[Text]]
