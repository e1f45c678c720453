"""Reading texts: label, score, confidence and language of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.embed import embedder
from qa.records import Share, Tone, Utterance
from qa.sentiment.language import Language, language_of_text
from qa.sentiment.model import Model, installed
from qa.sentiment.seeds import LABELS

NOTHING = "neutral"  # a text without words says nothing


@dataclass(frozen=True, slots=True)
class Sentiment:
    """``label`` negative, neutral or positive; ``score`` -1 to 1: share of positive less that of negative.

    ``language`` is ``None`` for a text without words in either script.
    """

    label: str
    score: float
    confidence: Share
    language: Language | None


def sentiments(texts: Sequence[str], model: Model | None = None) -> tuple[Sentiment, ...]:
    """One a text, in order, by the shipped model unless another is given; the same text gives the same."""
    languages = [language_of_text(text) for text in texts]
    wordy = [place for place, text in enumerate(texts) if any(letter.isalnum() for letter in text)]
    found = [Sentiment(NOTHING, 0.0, 0.0, language) for language in languages]
    if wordy:
        shares = (model or installed()).probabilities([texts[place] for place in wordy], embedder())
        for place, row in zip(wordy, shares.tolist(), strict=True):
            best = max(range(len(LABELS)), key=row.__getitem__)
            found[place] = Sentiment(LABELS[best], row[2] - row[0], row[best], languages[place])
    return tuple(found)


def of_utterances(utterances: Sequence[Utterance]) -> tuple[Tone, ...]:
    """The tone of each utterance of a call."""
    read = sentiments([one.text for one in utterances])
    return tuple(
        Tone(one.id, found.label, round(found.score, 2)) for one, found in zip(utterances, read, strict=True)
    )
