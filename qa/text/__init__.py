"""Written Persian and English: folding for search and rules, digits, words, script.

``fold`` gives the form in which two spellings of the same words are equal. ``folded`` gives the same
with a map back, so that what was found can be quoted as it was written:

    text = folded("سلام، می‌خوام سفارشم رو پیگیری کنم")
    for start, end in text.find_all("میخوام"):
        quote = text.source[start:end]
"""

from qa.text.digits import to_ascii_digits, to_persian_digits
from qa.text.fold import Folded, fold, folded
from qa.text.language import language_of
from qa.text.letters import run_together
from qa.text.phrases import phrase_pattern
from qa.text.sentences import sentences, trimmed
from qa.text.words import count_words, wer_words

__all__ = [
    "Folded",
    "count_words",
    "fold",
    "folded",
    "language_of",
    "phrase_pattern",
    "run_together",
    "sentences",
    "to_ascii_digits",
    "to_persian_digits",
    "trimmed",
    "wer_words",
]
