"""Other people's conversations with what people thought of them: E1 (MAIA-DQE) and E3 (Microsoft).

E1 is https://github.com/johndmendonca/MAIA-DQE, real customer-support chats; people rated quality of
interaction 1-5 and politeness 0 or 1 of every turn, task success 1-5 of every dialogue. E3 is
https://github.com/microsoft/Conversation-Knowledge-Mining-Solution-Accelerator, written by a language
model, as are its answers to "satisfied"; a conversation that comes several times counts once.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from qa.errors import NotFound
from qa.records import Call, Speaker, Transcript, Utterance

_SIDES = {"outbound": Speaker.AGENT, "inbound": Speaker.CUSTOMER}
_TURN = re.compile(r"\*{0,2}\b(Agent|Customer)\b[^:*]{0,20}:\*{0,2}")


@dataclass(frozen=True, slots=True)
class Rated:
    """A conversation in English and what people gave it, by the name of the question."""

    call: Call
    answers: dict[str, float]


def rated_chats(folder: Path) -> list[Rated]:
    """E1: ``quality`` and ``politeness`` are means over the agent's turns, ``success`` is of the dialogue.

    Dialogues that nobody rated (task success -1) are left out.

    Raises:
        NotFound: there is no such file below the folder.
    """
    read = [_chat(one) for path in _files(folder, "E1") for one in json.loads(path.read_text("utf-8"))]
    return [one for one in read if one is not None]


def satisfied_calls(folder: Path) -> list[Rated]:
    """E3: ``satisfied`` is 1 or 0.

    Raises:
        NotFound: there is no such file below the folder.
    """
    every = [one for path in _files(folder, "E3") for one in json.loads(path.read_text("utf-8"))]
    once = {one["Content"]: one for one in every}
    satisfied = {text: float(one["satisfied"] == "Yes") for text, one in once.items()}
    return [Rated(_spoken(text), {"satisfied": answer}) for text, answer in satisfied.items()]


def _files(folder: Path, name: str) -> list[Path]:
    found = sorted(folder.glob(f"{name}*/*.json"))
    if not found:
        raise NotFound(
            f"There is no {name}*/*.json in {folder}; name the folder that holds the rated conversations."
        )
    return found


def _chat(dialogue: dict[str, Any]) -> Rated | None:
    turns = dialogue["turns"]
    said = [(_SIDES[one["floor"]], _english(one)) for one in turns]
    own = [one for one in turns if one["floor"] == "outbound"]
    quality = [one["IQ"] for one in own if one["IQ"] is not None and one["IQ"] >= 1]
    polite = [one["Politeness"] for one in own if one["Politeness"] is not None and one["Politeness"] >= 0]
    success = dialogue["dialog"]["Task Sucess"]
    if success < 1 or not quality or not polite:
        return None
    answers = {"quality": fmean(quality), "success": float(success), "politeness": fmean(polite)}
    return Rated(_call(said), answers)


def _english(turn: dict[str, Any]) -> str:
    """The agent wrote English; the customer's words come translated."""
    return " ".join(turn["text_src" if turn["floor"] == "outbound" else "text_mt"])


def _spoken(text: str) -> Call:
    parts = _TURN.split(text)
    return _call(
        [(Speaker(who.lower()), said.strip()) for who, said in zip(parts[1::2], parts[2::2], strict=True)]
    )


def _call(said: list[tuple[Speaker, str]]) -> Call:
    return Call(
        Transcript("en", "imported", "", tuple(_utterances(said))), None, None, channels_separate=True
    )


def _utterances(said: list[tuple[Speaker, str]]) -> Iterator[Utterance]:
    for place, (speaker, text) in enumerate(said):
        yield Utterance(place, speaker, None, text)
