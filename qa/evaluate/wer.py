"""Word error rate of a transcript against a reference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.text import wer_words


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Errors of the cheapest way from the reference to what was heard, and the words of the reference."""

    substitutions: int
    deletions: int
    insertions: int
    words: int

    @property
    def rate(self) -> float:
        """Word error rate: errors by words of the reference; above 1 when much is invented.

        With an empty reference: 0 when nothing was heard, else the number of invented words.
        """
        errors = self.substitutions + self.deletions + self.insertions
        return errors / self.words if self.words else float(errors)

    def __add__(self, other: "WordErrors") -> "WordErrors":
        return WordErrors(
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
            self.words + other.words,
        )


def word_errors(reference: str, heard: str, language: str) -> WordErrors:
    """Word errors after both sides were normalised (``qa.text.wer_words``: Whisper's rules for English).

    Args:
        reference: what was said.
        heard: what the recogniser wrote.
        language: ``en`` or ``fa``.
    """
    return compare(wer_words(reference, language), wer_words(heard, language))


def compare(wanted: Sequence[str], found: Sequence[str]) -> WordErrors:
    """Word errors of words as they are."""
    import jiwer

    if not wanted:
        return WordErrors(0, 0, len(found), 0)
    counts = jiwer.process_words(" ".join(wanted), " ".join(found))
    return WordErrors(counts.substitutions, counts.deletions, counts.insertions, len(wanted))


def total_errors(errors: Iterable[WordErrors]) -> WordErrors:
    """The errors of several recordings together; its rate weighs every word alike."""
    return sum(errors, WordErrors(0, 0, 0, 0))
