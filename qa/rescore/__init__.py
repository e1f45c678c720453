"""Stored calls against a scorecard, without listening again: for keeps, or as a try before publishing."""

from qa.rescore.backtest import Backtest, Past, Side, backtest
from qa.rescore.complaints import ComplaintErrand
from qa.rescore.errand import Errand
from qa.rescore.running import Chunk, Rescoring, claim
from qa.rescore.scorer import Scorer, open_scorer
from qa.rescore.searching import SearchErrand

__all__ = [
    "Backtest",
    "Chunk",
    "ComplaintErrand",
    "Errand",
    "Past",
    "Rescoring",
    "Scorer",
    "SearchErrand",
    "Side",
    "backtest",
    "claim",
    "open_scorer",
]
