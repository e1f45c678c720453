"""The place to drop recordings and a table.

The built-in uploader speaks only English, so a style sheet puts the desk's words in place of its own.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.data.intake import Upload
from dashboard.i18n import _, number

STYLES = Path(__file__).resolve().parent / "intake.css"
SOUNDS = (
    "wav", "wave", "mp3", "m4a", "mp4", "ogg", "oga", "opus", "spx", "webm", "mka", "flac", "amr", "awb",
    "3gp", "3ga", "wma", "aac", "aif", "aiff", "au", "snd", "caf", "gsm",
)  # fmt: skip
WORDS = ("json", "srt", "vtt")
TABLES = ("csv", "tsv", "txt")
MEGABYTES = 200
ROUND = "intake_round"


@dataclass(frozen=True, slots=True)
class Dropped:
    """What lies in the uploader now."""

    recordings: tuple[Upload, ...]
    tables: tuple[Upload, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The same as long as the same files lie there."""
        return tuple(upload.id for upload in (*self.recordings, *self.tables))


def words() -> str:
    """A style sheet with the uploader's words in the viewer's language."""
    texts = {
        "button": _("Choose files"),
        "limits": _(
            "or drop them here: recordings (WAV, MP3, M4A, OGG, FLAC and others), transcripts of the same "
            "name (JSON, SRT, VTT), one table as CSV. At most {size} MB a file.",
            size=number(MEGABYTES),
        ),
        "drop": _("Let go to add the files"),
        "refused": _(
            "Not sent: the kind is not known, or it is larger than {size} MB.", size=number(MEGABYTES)
        ),
    }
    return sheet(texts)


def sheet(texts: Mapping[str, str]) -> str:
    """A style sheet with these words: ``button``, ``limits``, ``drop``, ``refused``."""
    lines = (f"--up-{name}: {_quoted(text)};" for name, text in texts.items())
    return f"<style>:root {{ {' '.join(lines)} }}</style>"


def _quoted(text: str) -> str:
    return json.dumps(text.replace("<", "").replace("\n", " "), ensure_ascii=False)


def dropped() -> Dropped:
    """Draw the uploader; gives what lies in it."""
    st.html(STYLES)
    st.html(words())
    files = st.file_uploader(
        _("Recordings and a table to add"),
        type=[*SOUNDS, *WORDS, *TABLES],
        accept_multiple_files=True,
        key=f"intake_files_{st.session_state.get(ROUND, 0)}",
        max_upload_size=MEGABYTES,
        label_visibility="collapsed",
    )
    uploads = [Upload(file.file_id, file.name, file) for file in files]
    return Dropped(
        tuple(each for each in uploads if not _is_table(each)),
        tuple(each for each in uploads if _is_table(each)),
    )


def empty() -> None:
    """Empty the uploader, as a callback: the next run draws a new one."""
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _is_table(upload: Upload) -> bool:
    return upload.name.lower().endswith(tuple(f".{ending}" for ending in TABLES))


def several(tables: Sequence[Upload]) -> bool:
    """True when it is not clear which table counts."""
    return len(tables) > 1
