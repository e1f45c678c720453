"""Recordings with what is really said in them, from a folder of data that other people made.

Known are call A2 (timed text), messages A3, short clips A5, Persian sentences B1 and narration B2; a set
that is not there is passed over.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import QAError
from qa.transcribe import read_transcript

_STEREO = "He began a confused complaint against the wizard, who had vanished behind the curtain on the left."


@dataclass(frozen=True, slots=True)
class Reference:
    """A recording and the words of each channel. ``group`` is the set it belongs to."""

    group: str
    path: Path
    language: str
    channels: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem


def find_references(folder: Path) -> tuple[Reference, ...]:
    """Every recording with a reference under a folder, in a fixed order.

    Raises:
        QAError: none of the known sets is there.
    """
    found = tuple(one for read in (_call, _messages, _clips, _sentences, _narration) for one in read(folder))
    if not found:
        raise QAError(
            f"{folder} holds none of the known sets (A2_callytics_csvd, A3_temmi_call_recordings, "
            "A5_small_asr_checks, B1_fa_shynrdi_utterances, B2_fa_alifarrokh_narration); name their folder."
        )
    return found


def _call(folder: Path) -> Iterator[Reference]:
    place = folder / "A2_callytics_csvd"
    if (place / "Call01.srt").is_file():
        said = read_transcript(place / "Call01.srt").utterances
        yield Reference("A2", place / "Call01.wav", "en", (" ".join(one.text for one in said),))


def _messages(folder: Path) -> Iterator[Reference]:
    table = folder / "A3_temmi_call_recordings" / "call_recordings.csv"
    for row in _rows(table):
        sound = table.with_name(row["id"] + ".wav")
        if sound.is_file():
            yield Reference("A3", sound, "en", (row["Transcript"],))


def _clips(folder: Path) -> Iterator[Reference]:
    place = folder / "A5_small_asr_checks"
    if (place / "jfk.txt").is_file():
        text = (place / "jfk.txt").read_text(encoding="utf-8")
        yield Reference("A5", place / "jfk.flac", "en", (text,))
    if (place / "stereo_diarization.wav").is_file():
        said = (_STEREO, "The horizon seems extremely distant.")
        yield Reference("A5", place / "stereo_diarization.wav", "en", said)


def _sentences(folder: Path) -> Iterator[Reference]:
    table = folder / "B1_fa_shynrdi_utterances" / "references.csv"
    for row in _rows(table):
        sound = table.with_name(row["audio_id"] + ".mp3")
        if sound.is_file():
            yield Reference("B1", sound, "fa", (row["ref_text"],))


def _narration(folder: Path) -> Iterator[Reference]:
    for text in sorted((folder / "B2_fa_alifarrokh_narration").glob("*.txt")):
        if text.with_suffix(".mp3").is_file():
            words = text.read_text(encoding="utf-8")
            yield Reference("B2", text.with_suffix(".mp3"), "fa", (words,))


def _rows(table: Path) -> list[dict[str, str]]:
    if not table.is_file():
        return []
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
