"""Which engine suits this machine: each hears the same short clip once, and the cheaper one is kept.

The answer stands in the data folder and is asked for again when processor, packages or model change.
"""

import hashlib
import importlib.metadata
import json
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import ModelMissing
from qa.records import Audio, Seconds
from qa.settings import ROOT, Settings
from qa.transcribe.port import Engine, Transcriber

CLIP = ROOT / "data" / "demo" / "audio" / "en-booking-interrupted.ogg"
_PACKAGES = ("torch", "openai-whisper", "ctranslate2")
_HEARD: Seconds = 20.0


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen engine; ``cost`` is CPU-seconds per second of sound for each engine that could be tried."""

    engine: str
    cost: dict[str, float]

    def __str__(self) -> str:
        told = ", ".join(f"{name} {1 / cost:.0f}" for name, cost in self.cost.items())
        return f"{self.engine} (seconds of sound per CPU-second: {told})"


def choose_engine(settings: Settings, engines: tuple[Engine, ...]) -> Choice:
    """The engine that hears most for a CPU-second; measured once, a few seconds an engine.

    An engine whose weights are not here is left out.

    Raises:
        ModelMissing: no engine has weights.
    """
    kept = settings.models_dir / "engine.json"
    key = machine_key(settings)
    known = _read(kept)
    if known.get("key") == key:
        return Choice(str(known["engine"]), {name: float(cost) for name, cost in known["cost"].items()})
    cost: dict[str, float] = {}
    missing: ModelMissing | None = None
    for engine in engines:
        try:
            cost[engine.name] = _cost(engine.open(settings))
        except ModelMissing as error:
            missing = error
    if not cost:
        raise missing or ModelMissing("No engine was named.")
    choice = Choice(min(cost, key=cost.__getitem__), cost)
    _write(kept, {"key": key, "engine": choice.engine, "cost": cost})
    return choice


def machine_key(settings: Settings) -> str:
    """12 hex digits that change with processor, cores in use, packages, model or beam."""
    packages = [importlib.metadata.version(name) for name in _PACKAGES]
    facts = (platform.machine(), _processor(), settings.recogniser_threads, *packages)
    model = (settings.model, str(settings.model_path), settings.beam)
    return hashlib.sha256(repr((facts, model)).encode()).hexdigest()[:12]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith("model name")), platform.processor())


def _cost(engine: Transcriber) -> Seconds:
    """CPU-seconds per second of sound; the first time warms up and is not counted."""
    from qa.audio import decode, speech_activity

    _, whole = decode(CLIP, maximum=600)
    audio = Audio(whole.samples[:, : round(_HEARD * whole.sample_rate)], whole.sample_rate)
    speech = speech_activity(audio)
    for _ in range(2):
        start = time.process_time()
        engine.listen(audio, speech, "en", lambda _share: None)
    return (time.process_time() - start) / audio.duration / len(speech)


def _read(path: Path) -> dict[str, Any]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) and {"key", "engine", "cost"} <= known.keys() else {}


def _write(path: Path, found: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found), encoding="utf-8")
    except OSError:
        return  # it is measured again next time
