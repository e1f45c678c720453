"""Abuse: words that hurt the person at the other end, not swearing at the situation (FIELD.md §7)."""

from qa.abuse.stretch import abusive, excused
from qa.abuse.words import Insult, insults

__all__ = ["Insult", "abusive", "excused", "insults"]
