"""Moments as the clip player takes them: the lines of a stretch, the evidence marked, nobody else named."""

from dataclasses import replace
from typing import Any

from dashboard.call.lines import PLACEHOLDER, RIGHT_TO_LEFT, parts
from dashboard.call.proofs import Proof
from dashboard.call.reading import AUDIO
from dashboard.data.clips import Exemplar, Heard
from dashboard.library.showing import CLIP
from dashboard.player.clip import Clip
from dashboard.words import speaker, word
from qa.records import Speaker, Transcript, Utterance, Verdict


def moment_clip(heard: Heard, agent: str) -> Clip:
    """A moment of the coached agent, who is called by the first name."""
    one = heard.moment
    tone = "" if one.verdict is Verdict.MET else "weak"
    said = [each for each in heard.transcript.utterances if each.id in one.utterances]
    proof = Proof(1, one.start, None, one.quote, "weak" if tone else "")
    lines = tuple(_line(each, [proof], agent) for each in said)
    audio = f"{AUDIO}{one.call_key}" if one.sound else ""
    return Clip(f"m{one.id}", audio, one.start, one.end, _direction(heard.transcript), lines)


def exemplar_clip(one: Exemplar) -> Clip:
    """A moment of the library; the name of its agent is not in it unless the agent wants that."""
    who = one.agent.split()[0] if one.named and one.agent else ""
    lines = tuple(
        {
            "role": each.speaker.value.replace(" ", "-"),
            "who": who if who and each.speaker is Speaker.AGENT else speaker(each.speaker),
            "start": max(0.0, each.start - one.span.start),
            "parts": _cut(each.text),
        }
        for each in one.lines
    )
    audio = f"{CLIP}{one.id}" if one.media else ""  # the stretch alone: it begins at 0
    direction = "rtl" if one.language in RIGHT_TO_LEFT else "ltr"
    return Clip(f"x{one.id}", audio, 0.0, one.span.length, direction, lines)


def _line(utterance: Utterance, proofs: list[Proof], agent: str) -> dict[str, Any]:
    own = utterance.speaker is Speaker.AGENT and bool(agent)
    return {
        "role": utterance.speaker.value.replace(" ", "-"),
        "who": agent if own else speaker(utterance.speaker),
        "start": None if utterance.span is None else utterance.span.start,
        "parts": list(parts(replace(utterance, words=()), proofs)),
    }


def _direction(transcript: Transcript) -> str:
    return "rtl" if transcript.language in RIGHT_TO_LEFT else "ltr"


def _cut(text: str) -> list[list[str]]:
    """Text with what was masked named by its kind."""
    found: list[list[str]] = []
    after = 0
    for masked in PLACEHOLDER.finditer(text):
        found += [
            [text[after : masked.start()], "", "", "-"],
            [word(masked.group(1)), masked.group(1), "", "-"],
        ]
        after = masked.end()
    return [piece for piece in [*found, [text[after:], "", "", "-"]] if piece[0]]
