"""The written telephone calls of the demo centre, and where their sound and words lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import yaml

from qa.demo.people import AGENTS, QUEUES, Language
from qa.errors import BadTranscript
from qa.records import Seconds, Speaker
from qa.settings import ROOT

DEMO_DIR = ROOT / "data" / "demo"
SIDES = {"agent": Speaker.AGENT, "customer": Speaker.CUSTOMER}


@dataclass(frozen=True, slots=True)
class Line:
    """One turn. ``pause`` is the quiet before it; a negative one begins before the turn before it ends."""

    speaker: Speaker
    text: str
    pause: Seconds


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One written call. ``agent`` and ``queue`` are places in ``qa.demo.people``, ``voices`` names of the
    synthesisers' voices by side, ``expect`` what the default scorecard should say of some criteria,
    ``redacted`` the kinds of personal data to be masked.
    """

    name: str
    language: Language
    agent: int
    queue: int
    days_ago: int
    voices: Mapping[Speaker, str]
    lines: tuple[Line, ...]
    expect: Mapping[str, str]
    redacted: tuple[str, ...] = ()

    @property
    def audio(self) -> Path:
        """The synthesised recording: Ogg Opus, agent left, customer right."""
        return DEMO_DIR / "audio" / f"{self.name}.ogg"

    @property
    def transcript(self) -> Path:
        """The words with their true times; only Persian ones have it."""
        return DEMO_DIR / "transcripts" / f"{self.name}.json"


def read_dialogues(folder: Path = DEMO_DIR / "dialogues") -> tuple[Dialogue, ...]:
    """Every dialogue by name.

    Raises:
        BadTranscript: a file is not of the shape that ``data/demo/README.md`` describes; names it.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> Dialogue:
    try:
        made = _dialogue(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadTranscript(
            f"The dialogue {path.name} cannot be read ({type(error).__name__}: {error}); "
            "write it like the others."
        ) from error
    if made.language not in get_args(Language) or not (
        0 <= made.agent < len(AGENTS) and 0 <= made.queue < len(QUEUES) and made.lines
    ):
        raise BadTranscript(
            f"The dialogue {path.name} names a language, agent or queue that is not in the centre."
        )
    return made


def _dialogue(name: str, facts: Mapping[str, Any]) -> Dialogue:
    return Dialogue(
        name=name,
        language=facts["language"],
        agent=int(facts["agent"]),
        queue=int(facts["queue"]),
        days_ago=int(facts["days_ago"]),
        voices={SIDES[side]: voice for side, voice in facts["voices"].items()},
        lines=tuple(_line(line) for line in facts["lines"]),
        expect=dict(facts["expect"]),
        redacted=tuple(facts.get("redacted", ())),
    )


def _line(line: Mapping[str, Any]) -> Line:
    (side, text), *_ = ((key, value) for key, value in line.items() if key != "pause")
    return Line(SIDES[side], str(text), float(line.get("pause", 0.0)))
