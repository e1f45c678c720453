"""Where a back-up is read from: a folder of back-ups, the list of one of them, or an archive."""

import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qa.backup.folder import LIST_NAME, Folder
from qa.backup.objects import FOLDER, Held, Objects
from qa.backup.seals import SEAL, twin
from qa.errors import BadBackup


@dataclass(frozen=True, slots=True)
class Source:
    """One back-up. ``path`` is its list or the archive, ``name`` that of its list, ``text`` the list as it
    stands there; ``open_seal`` opens the sealed list.
    """

    path: Path
    name: str
    text: bytes
    open_seal: Callable[[], BinaryIO]
    objects: Held


@contextmanager
def opened_source(place: Path) -> Iterator[Source]:
    """A back-up to read: the newest of a folder, the one of a list, or an archive.

    Raises:
        BadBackup: there is none, or it cannot be read.
    """
    try:
        if place.is_file() and place.open("rb").read(1) not in (b"{", b""):
            with tarfile.open(place, "r:") as tar:
                yield _in_archive(place, tar)
            return
        yield _in_folder(_list_of(place))
    except tarfile.TarError as error:
        raise BadBackup(f"{place.name} is no whole archive of a back-up; use another one.") from error


def _list_of(place: Path) -> Path:
    if place.is_file():
        return place
    lists = Folder(place).lists()
    if not lists:
        raise BadBackup(f"{place} holds no whole back-up; name a folder that `python -m qa backup` wrote.")
    return lists[-1]


def _in_folder(path: Path) -> Source:
    def seal() -> BinaryIO:
        try:
            return twin(path).open("rb")
        except OSError as error:
            raise BadBackup(f"{path.name} has no seal ({error.strerror}); use another back-up.") from error

    try:
        text = path.read_bytes()
    except OSError as error:
        raise BadBackup(f"{path} cannot be read ({error.strerror}); name a folder of back-ups.") from error
    return Source(path, path.name, text, seal, Objects(path.parent))


@dataclass(frozen=True, slots=True)
class Members:
    """Objects in an archive. Only plain files count: links in it lead nowhere."""

    tar: tarfile.TarFile

    def open(self, name: str) -> BinaryIO:
        """The bytes of an object, seekable.

        Raises:
            OSError: it is not there.
        """
        return self.member(f"{FOLDER}/{name[:2]}/{name}")

    def member(self, name: str) -> BinaryIO:
        """A file by its name in the archive.

        Raises:
            OSError: it is not there.
        """
        try:
            member = self.tar.getmember(name)
        except KeyError:
            raise FileNotFoundError(2, "not in the archive", name) from None
        file = self.tar.extractfile(member) if member.isreg() else None
        if file is None:
            raise FileNotFoundError(2, "no file in the archive", name)
        return file  # type: ignore[return-value]


def _in_archive(path: Path, tar: tarfile.TarFile) -> Source:
    members = Members(tar)
    lists = [name for name in tar.getnames() if LIST_NAME.fullmatch(name)]
    if len(lists) != 1:
        raise BadBackup(
            f"{path.name} is no whole archive of a back-up (it has {len(lists)} lists); use another one."
        )
    name = lists[0]

    def seal() -> BinaryIO:
        try:
            return members.member(name + SEAL)
        except OSError as error:
            raise BadBackup(f"{path.name} has no seal ({error.strerror}); use another back-up.") from error

    with members.member(name) as file:
        return Source(path, name, file.read(), seal, members)
