"""Makes the sound of the demo centre anew from its dialogues: ``python data/demo/make_audio.py [name …]``.

Needs Debian's ``flite`` (English voices) and ``espeak-ng`` (Persian ones); only whoever changes a dialogue
runs it. The same dialogues and programs give the same files; ``README.md`` beside it says what they are.
"""

import json
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from zlib import crc32

import av
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from qa.demo.dialogues import DEMO_DIR, Dialogue, Line, read_dialogues  # noqa: E402
from qa.records import Seconds, Speaker  # noqa: E402

RATE = 8000
BITS = 20_000
LEAD, TAIL = 0.8, 1.0  # seconds before the first and after the last word
LEVEL = {Speaker.AGENT: 0.09, Speaker.CUSTOMER: 0.07}  # root mean square of speech, of full scale
NOISE = 0.0006  # of the line, about -64 dB
BAND = (250.0, 3500.0)  # Hz
FRAME = RATE // 50

Samples = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn with its true place in the call."""

    line: Line
    start: Seconds
    samples: Samples

    @property
    def end(self) -> Seconds:
        """When its last sound ends."""
        return self.start + len(self.samples) / RATE


def main(names: list[str]) -> None:
    """Make all dialogues, or the named ones."""
    for dialogue in read_dialogues():
        if names and dialogue.name not in names:
            continue
        turns = tuple(_placed(dialogue))
        write_opus(dialogue.audio, _mixed(dialogue, turns))
        if dialogue.language == "fa":
            _write_words(dialogue, turns)
        size = dialogue.audio.stat().st_size
        sys.stdout.write(f"{dialogue.name}: {turns[-1].end + TAIL:.1f} s, {size / 1000:.0f} kB\n")


def _placed(dialogue: Dialogue) -> Iterator[Spoken]:
    at = LEAD
    for line in dialogue.lines:
        said = _trimmed(_synthesised(dialogue, line))
        turn = Spoken(line, max(0.0, at + line.pause), said * LEVEL[line.speaker] / _level(said))
        at = turn.end
        yield turn


def _synthesised(dialogue: Dialogue, line: Line) -> Samples:
    voice = dialogue.voices[line.speaker]
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "line.wav"
        if dialogue.language == "en":
            command = [
                "flite",
                "-voice",
                voice,
                "--setf",
                "duration_stretch=1.02",
                "-t",
                line.text,
                str(sound),
            ]
        else:
            command = ["espeak-ng", "-v", f"fa+{voice}", "-s", "195", "-w", str(sound), line.text]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- fixed programs, our own texts
        return _at_line_rate(sound)


def _at_line_rate(sound: Path) -> Samples:
    with wave.open(str(sound)) as file:
        rate = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(len(samples), 1 / rate)
    spectrum[(hertz < BAND[0]) | (hertz > BAND[1])] = 0
    length = round(len(samples) * RATE / rate)
    return np.fft.irfft(spectrum[: length // 2 + 1], length) * RATE / rate


def _trimmed(samples: Samples) -> Samples:
    """Without the synthesiser's own silence at both ends, so that pauses are the dialogue's."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    power = (frames**2).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 1e-4)
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME]


def _level(samples: Samples) -> float:
    power = samples**2
    return float(np.sqrt(power[power > power.max() * 1e-4].mean()))


def _mixed(dialogue: Dialogue, turns: tuple[Spoken, ...]) -> NDArray[np.int16]:
    """Two channels, agent left, with the hiss of a line."""
    random = np.random.default_rng(crc32(dialogue.name.encode()))
    length = int((max(turn.end for turn in turns) + TAIL) * RATE)
    sound = random.normal(0, NOISE, (2, length))
    for turn in turns:
        start = round(turn.start * RATE)
        channel = 0 if turn.line.speaker is Speaker.AGENT else 1
        sound[channel, start : start + len(turn.samples)] += turn.samples
    return np.asarray(np.clip(sound, -0.98, 0.98) * 32767, np.int16)


def write_opus(path: Path, sound: NDArray[np.int16]) -> None:
    """Write two channels as Ogg Opus without dates or random numbers."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format="ogg", container_options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(
            "libopus", rate=RATE, options={"application": "voip", "vbr": "on", "frame_duration": "60"}
        )
        stream.codec_context.layout = "stereo"
        stream.codec_context.bit_rate = BITS
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound.T.reshape(1, -1)), "s16", "stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        for part in (frame, None):
            container.mux(stream.encode(part))


def _write_words(dialogue: Dialogue, turns: tuple[Spoken, ...]) -> None:
    lines = [
        {
            "speaker": turn.line.speaker.value,
            "start": round(turn.start, 2),
            "end": round(turn.end, 2),
            "text": turn.line.text,
        }
        for turn in turns
    ]
    path = DEMO_DIR / "transcripts" / f"{dialogue.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    words = {"language": dialogue.language, "utterances": lines}
    path.write_text(json.dumps(words, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
