"""Who spoke: what was heard on each channel becomes a transcript with speakers."""

from qa.diarise.by_voice import VoiceDiariser, open_diariser
from qa.diarise.channels import by_channel, imported, one_speaker
from qa.diarise.contract import Diariser, Voice

__all__ = [
    "Diariser",
    "Voice",
    "VoiceDiariser",
    "by_channel",
    "imported",
    "one_speaker",
    "open_diariser",
]
