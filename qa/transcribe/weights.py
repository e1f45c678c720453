"""Finds the weights of the recogniser: a path, the cache, installed packages, OpenAI's download."""

import contextlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from qa.errors import ModelMissing, WriteFailed
from qa.settings import Settings
from qa.transcribe.installed import PACKAGES, Package, find_package

_LOCK_SECONDS = 1800


def find_weights(settings: Settings, packages: tuple[Package, ...] = PACKAGES) -> Path:
    """The checkpoint (OpenAI's format) to load, fetched or converted first if need be.

    Looks at ``settings.model_path``, then at the cache in ``settings.models_dir``, then at installed weights
    packages (converted once into the cache), then at OpenAI's download. Several processes may call this at
    once: one does the work under a file lock, the others wait for it.

    Raises:
        ModelMissing: nothing of the four has the model, or what there is is damaged.
        WriteFailed: the cache cannot be written.
    """
    if settings.model_path is not None:
        return _local(settings.model_path)
    cached = settings.models_dir / f"{settings.model}.pt"
    if _whole(cached):
        return cached
    with _writing(settings.models_dir, settings.model):
        if not _whole(cached):
            _provide(settings.model, cached, packages)
    return cached


def _local(path: Path) -> Path:
    if not path.is_file():
        raise ModelMissing(
            f"QA_MODEL_PATH names {path}, which is not a file: point it to a Whisper checkpoint (.pt)."
        )
    return path


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
    """Puts the checkpoint in place in one step, so that nobody ever sees half of it."""
    # PyTorch takes seconds to import, and is not needed where the weights are in place.
    from qa.transcribe.convert import convert
    from qa.transcribe.download import download

    package = find_package(model, packages)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as folder:
        place = Path(folder)
        fresh = convert(package, place) if package else download(model, place, target.parent)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(target)
