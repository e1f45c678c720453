"""Transcripts that come in: which file holds the words of which recording."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.audio.source import size_of
from qa.errors import BadTranscript, shown_name
from qa.ingest.metadata import Entry
from qa.ingest.words import file_key
from qa.records import Recording, Transcript
from qa.transcribe import read_transcript

ENDINGS = frozenset({".json", ".srt", ".vtt"})
"""Endings of files that hold words, not sound."""


@dataclass(frozen=True, slots=True)
class Companions:
    """``words`` are the transcripts of recordings; ``alone`` is what becomes a call, in order;
    ``problems`` are sentences about recordings whose transcript is named and not there.
    """

    words: Mapping[Path, Path]
    alone: tuple[Path, ...]
    problems: Mapping[Path, str]


def is_transcript(path: Path) -> bool:
    """Whether a file holds words by its name."""
    return path.suffix.lower() in ENDINGS


def looks_like_words(path: Path) -> bool:
    """Whether a file found in a folder holds words: subtitles by their name, JSON by what is in it."""
    if path.suffix.lower() != ".json":
        return is_transcript(path)
    try:
        return bool(read_transcript(path).utterances)
    except BadTranscript:
        return False


def match_words(files: Iterable[Path], rows: Mapping[Path, Entry]) -> Companions:
    """The transcript of each recording: the one its row names, else the one beside it with the same stem.

    A transcript whose recording lies beside it but was not given brings it along: words may come later.
    """
    given = tuple(dict.fromkeys(files))
    texts = [path for path in given if is_transcript(path)]
    sounds = [path for path in given if not is_transcript(path)]
    sounds += [path for text in texts for path in _beside(text) if path not in sounds]
    by_stem: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for text in texts:
        by_stem[text.parent, text.stem].append(text)
    words: dict[Path, Path] = {}
    problems: dict[Path, str] = {}
    for sound in sounds:
        named = rows[sound].facts.transcript if sound in rows else None
        near = by_stem[sound.parent, sound.stem]
        found = near[0] if named is None and near else _named(named or "", sound, texts)
        if found is not None:
            words[sound] = found
        elif named is not None:
            problems[sound] = _missing(named, sound)
    taken = set(words.values()) | {text for s in words for text in by_stem[s.parent, s.stem]}
    order = [*given, *(sound for sound in sounds if sound not in given)]
    return Companions(words, tuple(path for path in order if path not in taken), problems)


def _missing(named: str, sound: Path) -> str:
    name = shown_name(Path(named.replace("\\", "/")))
    return (
        f"The transcript {name} of {shown_name(sound)} is not there; "
        "correct its name in the table or put it beside the recording."
    )


def _beside(text: Path) -> list[Path]:
    """Recordings beside a transcript with the same stem; hidden files and tables are none."""
    from qa.ingest.walk import NOT_SOUND, is_unfinished

    if not text.parent.is_dir():
        return []
    return sorted(
        path
        for path in text.parent.iterdir()
        if path.stem == text.stem
        and path.suffix.lower() not in NOT_SOUND
        and not is_transcript(path)
        and not is_unfinished(path.name)
        and path.is_file()
    )


def _named(name: str, sound: Path, texts: Iterable[Path]) -> Path | None:
    key = file_key(name)
    for text in texts:
        if key and file_key(str(text.absolute()))[-len(key) :] == key:
            return text
    place = sound.parent / name.replace("\\", "/")
    return place if key and place.is_file() else None


def as_recording(path: Path, sha256: str) -> tuple[Recording, Transcript]:
    """A transcript alone in the place of a recording: as long as its last line, without channels.

    Raises:
        BadTranscript: it cannot be read, or holds no words.
    """
    transcript = checked(path)
    ends = [one.span.end for one in transcript.utterances if one.span is not None]
    recording = Recording(
        path=path,
        sha256=sha256,
        duration=max(ends, default=0.0),
        declared=None,
        channels=0,
        sample_rate=0,
        codec="",
        size=size_of(path),
    )
    return recording, transcript


def checked(path: Path) -> Transcript:
    """A transcript with words.

    Raises:
        BadTranscript: it cannot be read, or holds no words.
    """
    transcript = read_transcript(path)
    if not transcript.utterances:
        raise BadTranscript(f"The transcript {shown_name(path)} holds no words; export it again.")
    return transcript
