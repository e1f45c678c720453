"""Recordings that a person brings: checked first, taken in when told. The only door to ``qa.ingest``."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from dashboard.data.acting import Act, audited_alone
from dashboard.data.site import Scope, database, settings
from dashboard.data.uploads import Upload, on_disk
from dashboard.rights import lead
from qa import ingest
from qa.errors import BadMetadata, shown_name
from qa.ingest import Facts, Outcome, Sound
from qa.records import Recording
from qa.store.kinds import CallSource, CallStatus

__all__ = ["CheckedFile", "Facts", "Outcome", "Report", "Sound", "Standing", "Upload", "check", "take_in"]

Standing = Literal["new", "again", "already here", "twice", "refused"]
"""``again``: the same recording failed before and is tried again; ``twice``: it is twice in this batch."""
TAKEN: tuple[Standing, ...] = ("new", "again")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file before it is taken in. ``from_table`` names the facts that the metadata table says.

    ``problem`` is the sentence of a refused file, ``call`` the call that has the same content, ``words``
    the name of the transcript that comes with it.
    """

    id: str
    name: str
    standing: Standing
    recording: Recording | None
    facts: Facts
    from_table: frozenset[str]
    problem: str | None = None
    call: str | None = None
    words: str | None = None

    @property
    def wanted(self) -> bool:
        """True when taking the batch in makes work of this file."""
        return self.standing in TAKEN


@dataclass(frozen=True, slots=True)
class Report:
    """A checked batch. ``companions`` are the transcripts that go with recordings, by id.

    ``notes`` are sentences that stop nothing, ``table_problem`` one about the table.
    """

    files: tuple[CheckedFile, ...] = ()
    companions: frozenset[str] = frozenset()
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
    lead("intake.check", scope)
    known = frozenset(heard)
    with on_disk(uploads, table, known) as place, _desk() as desk:
        for done, upload in enumerate(uploads):
            progress(done)
            if upload.id not in heard:
                heard[upload.id] = ingest.listen(desk, place.files[upload.id])
        try:
            batch = ingest.plan(desk, place.files.values(), place.table)
        except BadMetadata as error:
            return Report(table_problem=error.message)
        made: dict[str, CheckedFile] = {}
        names = {place.files[upload.id]: upload for upload in uploads}
        for upload in uploads:
            if place.files[upload.id] not in batch.companions.alone:
                continue
            text = names.get(batch.companions.words.get(place.files[upload.id], Path()))
            sound = heard[upload.id]
            if text is not None and heard[text.id].problem:
                sound = heard[text.id]
            sha256 = sound.recording.sha256 if sound.recording else None
            seen = ingest.preview(desk, batch, place.files[upload.id], sha256)
            file = _checked(upload, sound, seen, tuple(made.values()))
            made[upload.id] = replace(file, words=None if text is None else shown_name(text.name))
    return Report(
        tuple(made.values()), frozenset(upload.id for upload in uploads) - frozenset(made), batch.notes
    )


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
    lead("intake.take_in", scope)
    outcomes: list[Outcome] = []
    with on_disk(uploads, table, frozenset()) as place, _desk() as desk:
        batch = ingest.plan(desk, place.files.values(), place.table)
        for outcome in ingest.take_in(desk, batch):
            outcomes.append(outcome)
            progress(len(outcomes))
    audited_alone(Act.IMPORTED, "recordings", files=len(outcomes), via="page")
    return tuple(outcomes)


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
