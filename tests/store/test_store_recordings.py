"""Files: whole or not at all, one for each content, refused ones with their reason."""

import errno
import io
import os
from pathlib import Path

import pytest

from qa.errors import BadRecording, NotFound, WriteFailed
from qa.store.shelf.quarantine import quarantine, refused_files
from qa.store.shelf.recordings import Recordings
from qa.store.shelf.writing import write_atomically
from qa.vault import Keyring, fresh_key
from tests.store.samples import sha


@pytest.fixture
def store(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "recordings")


def written(path: Path, data: bytes = b"RIFF") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_recording_is_kept_under_its_content(store: Recordings, tmp_path: Path) -> None:
    source = written(tmp_path / "call.WAV")
    media = store.keep(source, sha(1))
    assert media == f"{sha(1)[:2]}/{sha(1)}.wav"
    with store.file(media).open() as file:
        assert file.read() == b"RIFF"
    assert source.exists()
    assert isinstance(store.root, Path)
    before = (store.root / media).stat()
    assert store.keep(source, sha(1)) == media
    assert (store.root / media).stat().st_mtime_ns == before.st_mtime_ns
    store.remove(media)
    store.remove(media)
    with pytest.raises(NotFound, match="restore it"):
        store.file(media)


@pytest.mark.parametrize("media", ["../secret.wav", "/etc/hosts", "aa/../../secret.wav", "", "."])
def test_no_path_leads_out_of_the_folder(store: Recordings, tmp_path: Path, media: str) -> None:
    written(tmp_path / "secret.wav")
    store.root.mkdir()
    with pytest.raises(NotFound):
        store.file(media)


def test_a_link_out_of_the_folder_is_not_followed(store: Recordings, tmp_path: Path) -> None:
    store.root.mkdir()
    (store.root / "x.wav").symlink_to(written(tmp_path / "secret.wav"))
    with pytest.raises(NotFound):
        store.file("x.wav")


def test_orphans_and_missing_files_are_found(store: Recordings, tmp_path: Path) -> None:
    assert store.orphans(frozenset()) == ()
    kept, orphan = (store.keep(written(tmp_path / f"{n}.wav", bytes([n])), sha(n)) for n in (1, 2))
    unfinished = written(store.root / "ab" / ".part-xyz")
    known = frozenset({kept, "cd/gone.wav"})
    assert set(store.orphans(known)) == {orphan, unfinished.relative_to(store.root).as_posix()}
    assert store.missing(known) == ("cd/gone.wav",)


class FullDisk(io.BytesIO):
    """Gives some bytes, then fails like a disk."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.seek(4)
        return b"half"


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = written(tmp_path / "x.txt", b"before")
    with pytest.raises(WriteFailed, match=r"No space left.*free space") as caught:
        write_atomically(target, FullDisk(b"....more"))
    assert not caught.value.permanent
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["x.txt"]


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    written(tmp_path / "recordings")
    with pytest.raises(WriteFailed, match="cannot be written"):
        Recordings(tmp_path / "recordings").keep(written(tmp_path / "a.wav"), sha(1))


def test_a_file_that_is_gone_is_one_sentence(store: Recordings, tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match=r"gone\.wav cannot be read"):
        store.keep(tmp_path / "gone.wav", sha(1))
    with pytest.raises(BadRecording, match=r"gone\.wav cannot be read"):
        quarantine(tmp_path / "gone.wav", refused_files(store, tmp_path / "quarantine"), "no")


def test_the_folders_of_a_file_and_the_numbers_in_its_name_are_not_told(
    store: Recordings, tmp_path: Path
) -> None:
    gone = tmp_path / "09121234567" / "from-09121234567.wav"
    with pytest.raises(BadRecording, match=r"^The file from-\*\*\*\.wav cannot be read") as caught:
        store.keep(gone, sha(1))
    assert "0912" not in caught.value.message
    source = written(tmp_path / "in" / "from-09121234567.wav")
    written(tmp_path / "quarantine")
    with pytest.raises(WriteFailed, match=r"^The file from-\*\*\*\.wav cannot be written") as failed:
        quarantine(source, refused_files(store, tmp_path / "quarantine"), "no")
    assert "0912" not in failed.value.message


def test_quarantine_keeps_each_file_with_its_reason(tmp_path: Path) -> None:
    folder = tmp_path / "quarantine"
    refused = refused_files(Recordings(tmp_path / "recordings"), folder)
    source = written(tmp_path / "in" / "a.wav", b"one")
    first = quarantine(source, refused, "It is empty.")
    again = quarantine(source, refused, "It is cut off.")
    other = quarantine(written(tmp_path / "in2" / "a.wav", b"two"), refused, "هیچ صدایی ندارد.")
    assert (first, again, other) == ("a.wav", first, "a-2.wav")
    assert source.read_bytes() == (folder / first).read_bytes() == b"one"
    assert (folder / "a.wav.reason.txt").read_text(encoding="utf-8") == "It is cut off.\n"
    assert (folder / "a-2.wav.reason.txt").read_text(encoding="utf-8") == "هیچ صدایی ندارد.\n"


def test_quarantine_stays_in_its_folder(tmp_path: Path) -> None:
    refused = refused_files(Recordings(tmp_path / "recordings"), tmp_path / "quarantine")
    assert quarantine(written(tmp_path / "a"), refused, "no", name="../../up.wav") == "up.wav"
    assert (tmp_path / "quarantine" / "up.wav").is_file()


def test_refused_files_are_sealed_and_the_same_one_is_known_again(tmp_path: Path) -> None:
    keys = Keyring((fresh_key(),))
    refused = refused_files(Recordings(tmp_path / "recordings", lambda: keys), tmp_path / "quarantine")
    source = written(tmp_path / "in" / "a.wav", b"what a customer said")
    name = quarantine(source, refused, "It is cut off.")
    assert b"customer" not in (tmp_path / "quarantine" / name).read_bytes()
    assert quarantine(source, refused, "It is cut off.") == name
    assert quarantine(written(tmp_path / "b" / "a.wav", b"what another"), refused, "no") == "a-2.wav"
    with refused.file(name).open() as file:
        assert file.read() == b"what a customer said"
    assert sorted(refused.whole()) == ["a-2.wav", "a.wav"], "reasons stay to be read"
