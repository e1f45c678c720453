"""Recordings that a person brings: checked first, taken in when told. The only door to ``qa.ingest``."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from dashboard.data.site import Scope, database, settings
from qa import ingest
from qa.errors import BadMetadata, WriteFailed, shown_name
from qa.ingest import Facts, Outcome, Sound
from qa.records import Recording
from qa.store.kinds import CallSource, CallStatus

__all__ = ["CheckedFile", "Facts", "Outcome", "Report", "Sound", "Standing", "Upload", "check", "take_in"]

Standing = Literal["new", "again", "already here", "twice", "refused"]
"""``again``: the same recording failed before and is tried again; ``twice``: it is twice in this batch."""
TAKEN: tuple[Standing, ...] = ("new", "again")
FOLDER = "uploads"
LEFT_BEHIND = 6 * 3600.0  # seconds after which a folder belongs to a process that died
LONGEST_NAME = 180  # bytes; file systems allow 255


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the browser; ``id`` is the same as long as its content is."""

    id: str
    name: str
    data: BinaryIO = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file before it is taken in. ``from_table`` names the facts that the metadata table says.

    ``problem`` is the sentence of a refused file, ``call`` the call that has the same content.
    """

    id: str
    name: str
    standing: Standing
    recording: Recording | None
    facts: Facts
    from_table: frozenset[str]
    problem: str | None = None
    call: str | None = None

    @property
    def wanted(self) -> bool:
        """True when taking the batch in makes work of this file."""
        return self.standing in TAKEN


@dataclass(frozen=True, slots=True)
class Report:
    """A checked batch. ``notes`` are sentences that stop nothing, ``table_problem`` one about the table."""

    files: tuple[CheckedFile, ...] = ()
    notes: tuple[str, ...] = ()
    table_problem: str | None = None


def check(
    scope: Scope,
    uploads: Sequence[Upload],
    table: Upload | None,
    heard: dict[str, Sound],
    progress: Callable[[int], None],
) -> Report:
    """Listen to each file and look at its row; nothing is stored.

    Args:
        scope: of the viewer, who must see everything.
        uploads: the recordings.
        table: the metadata table.
        heard: what was heard before, by id; what is heard now is added.
        progress: told how many files are done.

    Raises:
        PermissionError: the viewer may not bring recordings.
        StoreUnavailable: the database cannot be reached.
        WriteFailed: there is no room for the files.
    """
    _allowed(scope)
    known = frozenset(heard)
    with _on_disk(uploads, table, known) as place, _desk() as desk:
        for done, upload in enumerate(uploads):
            progress(done)
            if upload.id not in heard:
                heard[upload.id] = ingest.listen(desk, place.files[upload.id])
        try:
            batch = ingest.plan(desk, place.files.values(), place.table)
        except BadMetadata as error:
            return Report(table_problem=error.message)
        made: dict[str, CheckedFile] = {}
        for upload in uploads:
            sound = heard[upload.id]
            sha256 = sound.recording.sha256 if sound.recording else None
            seen = ingest.preview(desk, batch, place.files[upload.id], sha256)
            made[upload.id] = _checked(upload, sound, seen, tuple(made.values()))
    return Report(tuple(made.values()), batch.notes)


def take_in(
    scope: Scope, uploads: Sequence[Upload], table: Upload | None, progress: Callable[[int], None]
) -> tuple[Outcome, ...]:
    """Store the recordings and queue their work: one outcome a file.

    Raises:
        PermissionError: the viewer may not bring recordings.
        BadMetadata: the table cannot be used; nothing was stored.
        WriteFailed: there is no room for the files; nothing was stored.
        StoreUnavailable: the database cannot be reached; what was taken in before stays.
    """
    _allowed(scope)
    outcomes: list[Outcome] = []
    with _on_disk(uploads, table, frozenset()) as place, _desk() as desk:
        batch = ingest.plan(desk, place.files.values(), place.table)
        for outcome in ingest.take_in(desk, batch):
            outcomes.append(outcome)
            progress(len(outcomes))
    return tuple(outcomes)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a batch lies while somebody works on it."""

    files: dict[str, Path]
    table: Path | None


@contextmanager
def _on_disk(uploads: Sequence[Upload], table: Upload | None, empty: frozenset[str]) -> Iterator[_Place]:
    # Each file has a folder of its own, so that two of the same name stay two. Files in ``empty`` were
    # heard before: only their names are needed.
    root = settings().data_dir / FOLDER
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(root)
    with tempfile.TemporaryDirectory(prefix="batch-", dir=root) as folder:
        files = {
            upload.id: _write(Path(folder) / str(number), upload, upload.name, empty=upload.id in empty)
            for number, upload in enumerate(uploads)
        }
        named = None if table is None else _write(Path(folder) / FOLDER, table, shown_name(table.name))
        yield _Place(files, named)


def _write(folder: Path, upload: Upload, name: str, *, empty: bool = False) -> Path:
    path = folder / safe_name(name)
    upload.data.seek(0)
    try:
        folder.mkdir()
        with path.open("xb") as out:
            if not empty:
                shutil.copyfileobj(upload.data, out, 1 << 20)
    except OSError as error:
        raise WriteFailed(
            f"The upload cannot be written to {folder.parent.parent} ({error.strerror}); "
            "free space or change the folder's rights.",
            permanent=False,
        ) from error
    return path


def safe_name(name: str) -> str:
    """The last part of a name that a browser sent, short enough for every file system, with its ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = (
        "".join("_" if ord(letter) < 32 else letter for letter in last).encode("utf-8", "replace").decode()
    )
    if plain.strip(". ") == "":
        return "_"
    stem, suffix = Path(plain).stem, Path(plain).suffix[:16]
    while len(f"{stem}{suffix}".encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{suffix}"


def _sweep(root: Path) -> None:
    for folder in root.glob("batch-*"):
        try:
            old = time.time() - folder.stat().st_mtime > LEFT_BEHIND
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _desk() -> Iterator[ingest.Desk]:
    with ingest.open_desk(database(), settings(), CallSource.UPLOAD) as desk:
        yield desk


def _checked(
    upload: Upload, sound: Sound, seen: ingest.Preview, before: tuple[CheckedFile, ...]
) -> CheckedFile:
    problem = sound.problem or seen.problem
    call, standing = None, "new"
    if problem is not None:
        standing = "refused"
    elif seen.known is not None:
        call = seen.known.key
        standing = "again" if seen.known.status is CallStatus.FAILED else "already here"
    elif sound.recording is not None:
        same = (f.recording.sha256 for f in before if f.recording is not None and f.wanted)
        standing = "twice" if sound.recording.sha256 in set(same) else "new"
    return CheckedFile(
        id=upload.id,
        name=shown_name(upload.name),
        standing=standing,  # type: ignore[arg-type]
        recording=sound.recording,
        facts=seen.facts,
        from_table=seen.from_table,
        problem=problem,
        call=call,
    )


def _allowed(scope: Scope) -> None:
    if not scope.everything:
        raise PermissionError("only those who see every call bring recordings in")
