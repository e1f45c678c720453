"""How many cores, how much memory and disk a centre needs, from what was measured (docs/capacity.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from qa.errors import InvalidSetting
from qa.settings import ROOT

PATH = ROOT / "data" / "capacity.yaml"
HOUR, DAY_HOURS, YEARS, YEAR_DAYS = 3600, 24, 3, 365
ONE_MACHINE = 16
"""Cores up to which one machine does; above it a fleet, or a graphics card, is cheaper."""
MANY_CALLS = 5_000
"""Calls a day above which PostgreSQL is the better house: several machines write, and back-ups are online."""


@dataclass(frozen=True, slots=True)
class Centre:
    """What comes in: ``calls`` a day of ``minutes`` on average, heard within ``hours`` of the day."""

    calls: int
    minutes: float
    model: str = "base"
    engine: str = "fast"
    codec: str = "wav-8k-2"
    hours: float = DAY_HOURS


@dataclass(frozen=True, slots=True)
class Needs:
    """What it takes.

    Attributes:
        audio_hours, cpu_hours: of a day.
        cores: busy within the hours, each a worker of one thread with ``worker_memory`` MB.
        recordings, database: bytes after three years.
        measured: ``real``, or ``shape`` where a model of the same dimensions was measured.
    """

    audio_hours: float
    cpu_hours: float
    cores: int
    worker_memory: int
    recordings: int
    database: int
    measured: str

    @property
    def memory(self) -> int:
        """Megabytes of all workers."""
        return self.cores * self.worker_memory


def needs(centre: Centre) -> Needs:
    """What a centre needs on machines like the measured one.

    Raises:
        InvalidSetting: model, engine or codec were not measured, or a number is not above zero.
    """
    known = measured()
    model = _known(known["models"], centre.model, "model")
    engine = _known(known["engines"], centre.engine, "engine")
    per_minute = _known(known["disk"]["minute_of"], centre.codec, "codec")
    if centre.calls <= 0 or centre.minutes <= 0 or not 0 < centre.hours <= DAY_HOURS:
        raise InvalidSetting("Calls and minutes must be above 0, and hours above 0 up to 24.")
    audio = centre.calls * centre.minutes / 60
    seconds = engine["encode"] * model["encode"] + engine["decode"] * model["decode"] + engine["other"]
    cpu = audio * seconds / HOUR
    days, minutes = YEARS * YEAR_DAYS, centre.calls * centre.minutes
    return Needs(
        audio_hours=audio,
        cpu_hours=cpu,
        cores=max(1, -int(-cpu // (centre.hours * known["use"]))),
        worker_memory=int(model[centre.engine]),
        recordings=round(minutes * per_minute * days),
        database=round(days * (centre.calls * known["disk"]["call"] + minutes * known["disk"]["minute"])),
        measured=str(model["measured"]),
    )


def advice(centre: Centre, found: Needs) -> tuple[str, ...]:
    """What to set up: one sentence each."""
    said = []
    if found.cores <= ONE_MACHINE and centre.calls <= MANY_CALLS:
        said.append("One machine with SQLite does it.")
    else:
        said.append("Use PostgreSQL: several machines write, or more than 5,000 calls a day come in.")
    if found.cores > ONE_MACHINE:
        said.append(
            f"{found.cores} cores are more than one machine should have: take several machines for workers, a"
            " graphics card, or a smaller model."
        )
    if centre.model in ("base", "small"):
        said.append(f"Persian is only a draft with {centre.model}; it needs medium or larger.")
    return tuple(said)


@cache
def measured() -> Mapping[str, Any]:
    """What was measured, by ``data/capacity.yaml``."""
    found: Mapping[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return found


def _known(table: Mapping[str, Any], name: str, what: str) -> Any:
    if name not in table:
        raise InvalidSetting(f"The {what} {name!r} was not measured; use one of {', '.join(table)}.")
    return table[name]
