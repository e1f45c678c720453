"""From a file to samples: decoding, speech activity, waveform peaks, content hash."""

from qa.audio.activity import speech_activity
from qa.audio.buffer import SAMPLE_RATE
from qa.audio.clip import clip
from qa.audio.decode import decode
from qa.audio.files import content_hash
from qa.audio.peaks import peaks
from qa.audio.playable import COPY_TYPE, browser_type, write_playable
from qa.audio.source import Source

__all__ = [
    "COPY_TYPE",
    "SAMPLE_RATE",
    "Source",
    "browser_type",
    "clip",
    "content_hash",
    "decode",
    "peaks",
    "speech_activity",
    "write_playable",
]
