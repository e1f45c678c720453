"""Stored calls against a scorecard, without listening again: for keeps, or as a try before publishing."""

from qa.rescore.backtest import Backtest, Past, backtest
from qa.rescore.running import Rescoring, claim
from qa.rescore.scorer import Scorer, open_scorer

__all__ = ["Backtest", "Past", "Rescoring", "Scorer", "backtest", "claim", "open_scorer"]
