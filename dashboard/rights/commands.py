"""The command line, which knows no roles: whoever may read the data folder and its keys may do all of it.

What each command does: ``nothing`` of the site, ``reads`` what is stored, or ``writes``, with the act of the
audit log that tells of it, or why none does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Does = Literal["nothing", "reads", "writes"]


@dataclass(frozen=True, slots=True)
class Command:
    """``act``: the word of ``qa.store.audit.Act``; without one ``why`` says why there is no entry."""

    name: str
    does: Does
    act: str = ""
    why: str = ""


NOTHING = "analyse, bench, capacity, redact, scorecard check, sentiment file, transcribe, vault key"
READS = """doctor, hold list, keys list, kpis, promises, retention show, rollups status, rollups verify,
    scorecard list, status, users list, vault status, voices list"""
READ_AND_TOLD: Mapping[str, str] = {
    "audit list": "audit log read",
    "calls": "calls searched",
    "export": "exported",
    "report weekly": "report made",
    "show": "call viewed",
    "vault open": "exported",
}
WRITES: Mapping[str, str] = {
    "agreement": "setting changed",
    "backup": "back-up made",
    "demo": "demo centre changed",
    "forget": "erased",
    "hold add": "legal hold changed",
    "hold lift": "legal hold changed",
    "import": "imported",
    "ingest": "imported",
    "init": "scorecard changed",
    "judge retrain": "scorecard changed",
    "keys make": "key changed",
    "keys revoke": "key changed",
    "restore": "restored",
    "retention apply": "retention applied",
    "retention schedule": "setting changed",
    "retention set": "setting changed",
    "roles": "call changed",
    "rollups rezone": "setting changed",
    "sample": "review changed",
    "score": "calls rescored",
    "scorecard publish": "scorecard changed",
    "sentiment retrain": "setting changed",
    "users add": "user changed",
    "users disable": "user changed",
    "users passwd": "password changed",
    "users second-factor": "second factor changed",
    "vault enable": "keys rotated",
    "vault rotate": "keys rotated",
    "voices enrol": "voice profile changed",
    "voices forget": "voice profile changed",
}
UNTOLD: Mapping[str, str] = {
    "audit verify": "it seals the log itself",
    "rollups rebuild": "sums of what is there",
    "score-go-on": "ends what the log tells of",
    "scorecard backtest": "a try changes no call and no scorecard",
    "sentiment read": "the worker's own work, done now",
    "serve": "the desk writes for itself",
    "watchdog": "gives jobs back to the queue",
    "work": "the machine's work on what the log tells of",
}


def _names(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",")]


COMMANDS: tuple[Command, ...] = (
    *(Command(name, "nothing") for name in _names(NOTHING)),
    *(Command(name, "reads") for name in _names(READS)),
    *(Command(name, "reads", act) for name, act in READ_AND_TOLD.items()),
    *(Command(name, "writes", act) for name, act in WRITES.items()),
    *(Command(name, "writes", why=why) for name, why in UNTOLD.items()),
)
