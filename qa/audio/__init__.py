"""From a file to samples: decoding, speech activity, waveform peaks, content hash."""

from qa.audio.activity import speech_activity
from qa.audio.buffer import SAMPLE_RATE
from qa.audio.decode import decode
from qa.audio.files import content_hash
from qa.audio.flags import BOTH_SAME, DAMAGED, MORE_TRACKS, ONE_SILENT, UNFINISHED, WRONG_EXTENSION
from qa.audio.peaks import peaks

__all__ = [
    "BOTH_SAME",
    "DAMAGED",
    "MORE_TRACKS",
    "ONE_SILENT",
    "SAMPLE_RATE",
    "UNFINISHED",
    "WRONG_EXTENSION",
    "content_hash",
    "decode",
    "peaks",
    "speech_activity",
]
