"""Finds the weights of the recogniser: a path, the cache, installed packages, OpenAI's download."""

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock

from qa.errors import WriteFailed
from qa.settings import Settings
from qa.transcribe.installed import PACKAGES, Package, find_package
from qa.transcribe.local import Kind, kind_of

_LOCK_SECONDS = 1800


def find_weights(settings: Settings, packages: tuple[Package, ...] = PACKAGES) -> Path:
    """The checkpoint (OpenAI's format) to load, fetched or converted first if need be.

    Looks at ``settings.model_path`` (a checkpoint, or a folder of CTranslate2 or Hugging Face that is
    converted into the cache), then at the cache in ``settings.models_dir``, then at installed weights
    packages (converted once into the cache), then at OpenAI's download. Several processes may call this at
    once: one does the work under a file lock, the others wait for it.

    Raises:
        ModelMissing: nothing of the four has the model, or what there is is damaged.
        WriteFailed: the cache cannot be written.
    """
    if settings.model_path is not None:
        return _local(settings.model_path, settings.models_dir)
    cached = settings.models_dir / f"{settings.model}.pt"
    return _cached(cached, lambda: _provide(settings.model, cached, packages))


def _local(path: Path, cache: Path) -> Path:
    """A checkpoint as it is; a folder converted once, and again when its weights change."""
    if kind_of(path) is Kind.CHECKPOINT:
        return path
    converted = cache / f"{shown_stem(path)}-{_fingerprint(path)}.pt"
    return _cached(converted, lambda: _convert(path, converted))


def shown_stem(path: Path) -> str:
    """A folder's name as part of a file name."""
    return "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in path.resolve().name)


def _fingerprint(folder: Path) -> str:
    """12 hex digits that change when a file of the folder changes its name, size or time."""
    files = sorted(file for file in folder.resolve().iterdir() if file.is_file())
    stats = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr(stats).encode()).hexdigest()[:12]


def _cached(target: Path, provide: Callable[[], None]) -> Path:
    if not _whole(target):
        with _writing(target.parent, target.stem):
            if not _whole(target):
                provide()
    return target


def _whole(path: Path) -> bool:
    """A checkpoint is a zip archive; its directory stands at the end, so a torn file is not one."""
    return zipfile.is_zipfile(path)


@contextlib.contextmanager
def _writing(folder: Path, model: str) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f".{model}.lock", timeout=_LOCK_SECONDS):
            yield
    except OSError as error:
        raise WriteFailed(
            f"The folder {folder} cannot keep the weights of the model {model!r} "
            f"({error.strerror or error}): make it writable and check that the disk is not full, "
            "or set QA_DATA_DIR to another place.",
            permanent=False,
        ) from error


def _provide(model: str, target: Path, packages: tuple[Package, ...]) -> None:
    # PyTorch takes seconds to import, and is not needed where the weights are in place.
    from qa.transcribe.convert import convert
    from qa.transcribe.download import download

    package = find_package(model, packages)
    with _fresh(target) as (place, put):
        put(convert(package, place) if package else download(model, place, target.parent))


def _convert(source: Path, target: Path) -> None:
    from qa.transcribe.convert import convert_folder

    with _fresh(target) as (place, put):
        put(convert_folder(source, place))


@contextlib.contextmanager
def _fresh(target: Path) -> Iterator[tuple[Path, Callable[[Path], None]]]:
    """A folder to make a file in, and what puts it in place in one step: nobody ever sees half of it."""

    def put(fresh: Path) -> None:
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(target)

    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as folder:
        yield Path(folder), put
