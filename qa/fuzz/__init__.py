"""Damaged files through the real readers, each in a process with limits: what a reader must survive."""

from qa.fuzz.running import Result, run
from qa.fuzz.seeds import make_seeds

__all__ = ["Result", "make_seeds", "run"]
