"""Speakers told apart by voice, where both share one channel."""

from dataclasses import replace

from qa.diarise.channels import transcript_of
from qa.diarise.contract import Voice
from qa.diarise.encoder import VoiceEncoder, open_encoder, weights_path
from qa.diarise.roles import SURE, agent_of
from qa.diarise.utterances import Piece, by_speaker
from qa.diarise.voices import MACHINE, Voices, find_voices
from qa.diarise.windows import listen
from qa.records import Audio, Diarisation, Flag, Hearing, Share, Spans, Speaker

NUMBERED = {0: Speaker.SPEAKER_1, 1: Speaker.SPEAKER_2}

_Names = dict[int, Speaker]


class VoiceDiariser:
    """Windows of 1.6 s as vectors of a speaker encoder, in one or two clusters; announcements apart."""

    def __init__(self, encoder: VoiceEncoder) -> None:
        self._encoder = encoder

    def tell_apart(
        self, audio: Audio, speech: Spans, hearing: Hearing, agent_voice: Voice | None = None
    ) -> Diarisation:
        """See ``Diariser``. Roles under a confidence of 0.7 stay ``speaker 1`` and ``speaker 2``."""
        if not speech:
            pieces: list[Piece] = [(0, heard) for heard in hearing.heard]
            return Diarisation(transcript_of(hearing, pieces, NUMBERED), {Speaker.SPEAKER_1: ()}, 0.0, False)
        voices = find_voices(listen(audio.samples[0], speech, self._encoder), hearing)
        pieces = [piece for heard in hearing.heard for piece in by_speaker(heard, voices)]
        names, confidence = _named(pieces, voices, agent_voice)
        spoken = {name: spans for label, name in names.items() if (spans := voices.speech(label))}
        two = voices.sure > 0
        flagged = replace(hearing, flags=(*hearing.flags, Flag.BY_VOICE)) if two else hearing
        return Diarisation(transcript_of(flagged, pieces, names), spoken, confidence, channels_separate=two)


def open_diariser() -> VoiceDiariser | None:
    """The diariser of this machine; ``None`` where its weights are not installed.

    Raises:
        ModelMissing: the weights are damaged.
    """
    return VoiceDiariser(open_encoder()) if weights_path() is not None else None


def _named(pieces: list[Piece], voices: Voices, agent_voice: Voice | None) -> tuple[_Names, Share]:
    """Who each label is, and how sure the roles are; numbers where that is too little."""
    if voices.sure == 0:
        return NUMBERED | {MACHINE: Speaker.SYSTEM}, 0.0
    texts = tuple([heard.text for owner, heard in pieces if owner == label] for label in (0, 1))
    agent, probability = agent_of((texts[0], texts[1]), voices.centres, agent_voice)
    confidence = probability * voices.sure
    roles = {agent: Speaker.AGENT, 1 - agent: Speaker.CUSTOMER} if confidence >= SURE else NUMBERED
    return roles | {MACHINE: Speaker.SYSTEM}, confidence
