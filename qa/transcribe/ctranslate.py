"""Opens a Whisper model in CTranslate2's format: a folder, or the installed weights packages."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from qa.errors import ModelMissing
from qa.settings import Settings
from qa.transcribe.installed import find_package, read_file, read_package
from qa.transcribe.local import Kind, kind_of

_SMALLEST = {"cpu": "int8", "cuda": "int8_float16"}
_COMPANIONS = ("config.json", "tokenizer.json", "vocabulary.txt", "vocabulary.json")


@dataclass(frozen=True, slots=True)
class Opened:
    """A loaded model (``ctranslate2.models.Whisper``) with its tokenizer (``tokenizers.Tokenizer``)."""

    model: Any
    tokenizer: Any
    width: int


def device() -> str:
    """Where CTranslate2 works: on a graphics card where there is one."""
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() > 0 else "cpu"


def available(settings: Settings) -> bool:
    """Whether the settings' model is here in CTranslate2's format."""
    if settings.model_path is not None:
        return kind_of(settings.model_path) is Kind.CTRANSLATE2
    return find_package(settings.model) is not None


def open_model(settings: Settings) -> Opened:
    """The settings' model in 8-bit integers.

    Raises:
        ModelMissing: it is not here in CTranslate2's format, or is damaged.
    """
    import ctranslate2
    from tokenizers import Tokenizer

    files = model_files(settings)
    where = device()
    try:
        model = ctranslate2.models.Whisper(
            settings.model,
            where,
            compute_type=_SMALLEST[where],
            intra_threads=settings.recogniser_threads,
            files={name: BytesIO(data) for name, data in files.items()},
        )
        tokenizer = Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
    except (RuntimeError, ValueError) as error:
        raise ModelMissing(
            f"The CTranslate2 model {settings.model_path or settings.model} cannot be loaded: copy it again, "
            "or convert it anew with ct2-transformers-converter."
        ) from error
    return Opened(model, tokenizer, _width(model))


def _width(model: Any) -> int:
    """The encoder's width, from the shape of what it gives for a little silence."""
    import ctranslate2
    import numpy as np

    silence = np.zeros((1, model.n_mels, 100), np.float32)
    return int(model.encode(ctranslate2.StorageView.from_array(silence), to_cpu=True).shape[-1])


def model_files(settings: Settings) -> Mapping[str, bytes]:
    """The files of the settings' model in CTranslate2's format, by name.

    Raises:
        ModelMissing: it is not here in that format, or cannot be read.
    """
    if settings.model_path is not None:
        return _folder(settings.model_path)
    package = find_package(settings.model)
    if package is None:
        raise ModelMissing(
            f"The engine fast has no model {settings.model!r} in CTranslate2's format: point QA_MODEL_PATH "
            "to a CTranslate2 folder, or set QA_ENGINE=openai."
        )
    data, _ = read_package(package)
    part = package.settings[0]
    found = {name: read_file(part, name) for name in _COMPANIONS}
    return {"model.bin": data} | {name: one for name, one in found.items() if one is not None}


def _folder(path: Path) -> Mapping[str, bytes]:
    if kind_of(path) is not Kind.CTRANSLATE2:
        raise ModelMissing(
            f"QA_MODEL_PATH names {path}, which the engine fast cannot read: "
            "point it to a CTranslate2 folder, or set QA_ENGINE=openai."
        )
    names = [name for name in ("model.bin", *_COMPANIONS) if (path / name).is_file()]
    if "tokenizer.json" not in names:
        raise ModelMissing(
            f"The folder {path} lacks tokenizer.json: copy it from the model that was converted."
        )
    try:
        return {name: (path / name).read_bytes() for name in names}
    except OSError as error:
        raise ModelMissing(f"The folder {path} cannot be read ({error.strerror}): copy it again.") from error
