"""Sentiment of comments, answers to surveys and lines of calls, in Persian, Finglish and English.

for found in sentiments(["غذا سرد رسید", "ghaza ali bood", "works perfectly"]):
    found.label, found.score, found.language
"""

from qa.sentiment.language import language_of_text
from qa.sentiment.model import Model, installed
from qa.sentiment.read import Sentiment, of_utterances, sentiments
from qa.sentiment.seeds import LABELS, Seed, read_seeds

__all__ = [
    "LABELS",
    "Model",
    "Seed",
    "Sentiment",
    "installed",
    "language_of_text",
    "of_utterances",
    "read_seeds",
    "sentiments",
]
