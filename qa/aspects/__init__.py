"""What comments are about: aspects by a dictionary, suggestions by their form, themes by their words.

Reader(shipped_dictionary()).aspects("پیک دیر رسید", "shop")   # ("delivery", "waiting")
is_suggestion("کاش شعبه‌ای هم در شرق داشتید")                   # True
"""

from qa.aspects.dictionary import Aspect, Dictionary, parse_dictionary, shipped_dictionary
from qa.aspects.reader import Reader
from qa.aspects.suggestions import is_suggestion
from qa.aspects.themes import Found, find_themes

__all__ = [
    "Aspect",
    "Dictionary",
    "Found",
    "Reader",
    "find_themes",
    "is_suggestion",
    "parse_dictionary",
    "shipped_dictionary",
]
