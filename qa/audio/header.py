"""What the first bytes of a file claim: lengths and channels that libav hides, guesses or refuses."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from qa.audio.source import Source
from qa.records import Seconds

UNKNOWN_SIZE = 0x7FFF0000
"""Programs that write into a pipe put this or more where the size of the data belongs."""

CONSTANT_RATE = frozenset((0x01, 0x02, 0x03, 0x06, 0x07, 0x11, 0x31, 0xFFFE))
"""Wave codings with fixed bytes a second: PCM, MS ADPCM, float, A-law, mu-law, IMA ADPCM, GSM, extensible."""

XING_SEARCH = 8192
OGG_TAIL = 1 << 17
SAMPLES_PER_FRAME = {3: 1152, 2: 576, 0: 576}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


@dataclass(frozen=True, slots=True)
class Header:
    """``declared`` is the length the file claims and ``present`` the length its bytes can hold, both
    ``None`` when not known; ``channels`` is ``None`` when the header does not say.
    """

    declared: Seconds | None = None
    present: Seconds | None = None
    channels: int | None = None


def read_header(path: Source, size: int) -> Header:
    """Claims of a wave or mp3 file; an empty ``Header`` for everything else."""
    with path.open("rb") as file:
        start = file.read(12)
        if start[:4] in (b"RIFF", b"RIFX") and start[8:12] == b"WAVE":
            return _wave(file, size, ">" if start[:4] == b"RIFX" else "<")
        file.seek(_after_id3(start))
        return Header(declared=_xing(file.read(XING_SEARCH)))


def _wave(file: BinaryIO, size: int, order: str) -> Header:
    """Walk the chunks of a wave file as far as its data (Microsoft's RIFF description)."""
    channels: int | None = None
    rate = byte_rate = frames = 0
    while len(head := file.read(8)) == 8:
        kind, length = struct.unpack(f"{order}4sI", head)
        if kind == b"data":
            at_hand = size - file.tell()
            present = at_hand / byte_rate if byte_rate else None
            declared = length / byte_rate if byte_rate and 0 < length < UNKNOWN_SIZE else None
            if not byte_rate and rate and 0 < frames < UNKNOWN_SIZE:
                declared = frames / rate
            return Header(declared, present, channels)
        start = file.tell()
        if kind == b"fmt " and length >= 16:
            claims = file.read(12)
            if len(claims) < 12:
                break  # the file ends inside its own header
            tag, channels, rate, per_second = struct.unpack(f"{order}HHII", claims)
            byte_rate = per_second if tag in CONSTANT_RATE else 0
        if kind == b"fact" and length >= 4:
            frames = struct.unpack(f"{order}I", file.read(4))[0]
        file.seek(start + length + length % 2)
    return Header(channels=channels)


def _after_id3(start: bytes) -> int:
    if start[:3] != b"ID3" or len(start) < 10:
        return 0
    size = 0
    for part in start[6:10]:
        size = size << 7 | part & 0x7F
    return 10 + size


def _xing(data: bytes) -> Seconds | None:
    """Length by the frame count that encoders put into the first mp3 frame ("Xing" or "Info" tag)."""
    at = max(data.find(b"Xing"), data.find(b"Info"))
    frame = data.find(b"\xff", 0, max(at, 0))
    while 0 <= frame < at and data[frame + 1] & 0xE6 != 0xE2:
        frame = data.find(b"\xff", frame + 1, at)
    if not 0 <= frame < at or len(data) < at + 12 or not data[at + 7] & 1:
        return None
    version, rate = data[frame + 1] >> 3 & 3, data[frame + 2] >> 2 & 3
    if version == 1 or rate == 3:
        return None
    frames: int = struct.unpack(">I", data[at + 8 : at + 12])[0]
    return frames * SAMPLES_PER_FRAME[version] / RATES[version][rate]


def ogg_unfinished(path: Source, size: int) -> bool:
    """True for an Ogg file whose last page has no end mark (RFC 3533): it was cut or never closed."""
    with path.open("rb") as file:
        if file.read(4) != b"OggS":
            return False
        file.seek(max(0, size - OGG_TAIL))
        tail = file.read()
    page = tail.rfind(b"OggS")
    return page < 0 or len(tail) < page + 6 or not tail[page + 5] & 4
