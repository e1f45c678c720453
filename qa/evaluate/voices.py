"""How well voices on one channel are told apart where the speakers are known (``bench diarise``)."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.audio import decode, speech_activity
from qa.diarise import VoiceDiariser
from qa.evaluate.diarisation import DiarisationErrors, Voices, diarisation_errors, turns
from qa.records import Audio, Hearing, Seconds, Speaker, Utterance, merged
from qa.transcribe import read_transcript

LONGEST: Seconds = 4 * 3600.0
NO_WORDS = Hearing("", 0.0, "", "", ())


@dataclass(frozen=True, slots=True)
class Material:
    """A recording to try. ``times`` names a file of who spoke when; without one, two channels tell it.

    ``goal`` is the highest diarisation error rate that is good enough, ``None`` without a reference.
    """

    name: str
    sound: str
    times: str | None = None
    goal: float | None = None


MATERIALS = (
    Material(
        "A1, two channels mixed to one",
        "A1_aws_auto_repair_calls/Auto_Repairs_40_UTC_stereo_LagentRcaller.wav",
        goal=0.06,
    ),
    Material("A2, one channel", "A2_callytics_csvd/Call01.wav", "A2_callytics_csvd/Call01.srt", 0.10),
    Material(
        "A1, recorded on one channel",
        "A1_aws_auto_repair_calls/Auto0_GUID_000_AGENT_ChrisL_DT_2025-02-19T06-01-22_Mono.wav",
    ),
    Material("A1, the agent alone", "A1_aws_auto_repair_calls/Auto_Repairs_40_UTC_agent.wav"),
    Material("A1, the caller alone", "A1_aws_auto_repair_calls/Auto_Repairs_40_UTC_caller.wav"),
)


@dataclass(frozen=True, slots=True)
class VoicesFigures:
    """What was found in one recording. ``errors`` judge turns with a collar of 0.5 s, ``pauses`` speech with
    its pauses as it is, ``bare`` the same without a collar; ``None`` without a reference.
    ``seconds_per_hour`` is processor time of telling apart alone.
    """

    material: Material
    duration: Seconds
    speakers: int
    errors: DiarisationErrors | None
    pauses: DiarisationErrors | None
    bare: DiarisationErrors | None
    seconds_per_hour: Seconds


def try_voices(folder: Path, diariser: VoiceDiariser) -> Iterator[VoicesFigures]:
    """Every recording of ``MATERIALS`` that is in a folder of shared data."""
    for material in MATERIALS:
        if (folder / material.sound).is_file():
            yield _try(folder, material, diariser)


def mixed(audio: Audio) -> Audio:
    """Both channels on one, brought down where their sum is over full scale."""
    total = audio.samples.sum(axis=0, dtype=np.float32)
    return Audio((total / max(1.0, float(np.abs(total).max(initial=0.0))))[None, :], audio.sample_rate)


def _try(folder: Path, material: Material, diariser: VoiceDiariser) -> VoicesFigures:
    _, audio = decode(folder / material.sound, maximum=LONGEST)
    one = mixed(audio)
    speech = speech_activity(one)[0]
    before = time.process_time()
    found = diariser.tell_apart(one, speech, NO_WORDS).speech or {}
    spent = time.process_time() - before
    heard: Voices = {who.value: spans for who, spans in found.items() if who is not Speaker.SYSTEM}
    reference = _reference(folder, material, audio)
    return VoicesFigures(
        material,
        one.duration,
        len(heard),
        diarisation_errors(turns(reference), turns(heard)) if reference else None,
        diarisation_errors(reference, heard) if reference else None,
        diarisation_errors(reference, heard, 0.0) if reference else None,
        spent / one.duration * 3600,
    )


def _reference(folder: Path, material: Material, audio: Audio) -> Voices | None:
    if material.times is not None:
        return _spoken(read_transcript(folder / material.times).utterances)
    if audio.channels == 2:
        return {str(channel): spans for channel, spans in enumerate(speech_activity(audio))}
    return None


def _spoken(utterances: tuple[Utterance, ...]) -> Voices:
    return {
        who: merged(u.span for u in utterances if u.speaker.value == who and u.span is not None)
        for who in sorted({utterance.speaker.value for utterance in utterances})
    }
