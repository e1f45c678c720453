"""A model that the site brings itself: what kind of file or folder it is, and how big a Whisper.

Three kinds are read: a checkpoint of OpenAI's package (``.pt``), a CTranslate2 folder (``model.bin`` with
``config.json``) and a Hugging Face folder (``config.json`` with safetensors or ``pytorch_model.bin``).
"""

import json
import mmap
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qa.errors import ModelMissing

_TESTED_VOCABULARIES = (51864, 51865, 51866)
"""English alone, 99 languages, 100 languages (large-v3)."""
MEDIUM_WIDTH = 1024
"""Width of the encoder of Whisper medium; turbo is as wide with fewer decoder layers."""
_SIZES = {
    (384, 4): "tiny",
    (512, 6): "base",
    (768, 12): "small",
    (1024, 24): "medium",
    (1280, 32): "large",
    (1280, 4): "large-v3-turbo",
}


class Kind(StrEnum):
    """How the weights lie on disk."""

    CHECKPOINT = "OpenAI checkpoint"
    CTRANSLATE2 = "CTranslate2 folder"
    HUGGING_FACE = "Hugging Face folder"


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What can be said of a model before it is loaded. ``size`` is ``None`` for one nobody published."""

    kind: Kind
    size: str | None
    width: int
    mels: int
    languages: int

    @property
    def reads_persian(self) -> bool:
        """False below medium, where a Persian transcript is only a draft, and for English models."""
        return self.width >= MEDIUM_WIDTH and self.languages > 1


def kind_of(path: Path) -> Kind:
    """The kind of a model by what lies at its path.

    Raises:
        ModelMissing: nothing is there, or nothing that is a model.
    """
    if path.is_file():
        return Kind.CHECKPOINT
    if not path.is_dir():
        raise ModelMissing(
            f"QA_MODEL_PATH names {path}, which is not there: point it to a Whisper checkpoint (.pt), "
            "a CTranslate2 folder or a Hugging Face folder."
        )
    if (path / "model.bin").is_file():
        return Kind.CTRANSLATE2
    if (path / "config.json").is_file():
        return Kind.HUGGING_FACE
    raise ModelMissing(
        f"The folder {path} that QA_MODEL_PATH names holds neither model.bin (CTranslate2) nor config.json "
        "(Hugging Face): point to the folder with the weights themselves."
    )


def model_facts(path: Path) -> ModelFacts:
    """Kind, size and languages of a model on disk; reads names and shapes, not the weights.

    Raises:
        ModelMissing: it is damaged, incomplete, no Whisper, or has a vocabulary that is not Whisper's.
    """
    kind = kind_of(path)
    dims = _dimensions(kind, path)
    width, layers, vocabulary = dims["n_audio_state"], dims["n_text_layer"], dims["n_vocab"]
    if vocabulary not in _TESTED_VOCABULARIES:
        raise ModelMissing(
            f"The model {path} has {vocabulary} tokens, Whisper has {_TESTED_VOCABULARIES[1]}: "
            "a model with another tokenizer cannot be used."
        )
    size = _SIZES.get((width, layers))
    if size == "large":
        size = "large-v3" if dims["n_mels"] == 128 else "large-v2"
    languages = 1 if vocabulary == _TESTED_VOCABULARIES[0] else vocabulary - 51766
    name = f"{size}.en" if size and languages == 1 else size
    return ModelFacts(kind, name, width, dims["n_mels"], languages)


def alignment_heads(folder: Path) -> list[list[int]]:
    """(layer, head) of the attentions that follow the sound, from a CTranslate2 ``config.json``; empty
    where it does not say.
    """
    try:
        heads = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("alignment_heads", [])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, AttributeError) as error:
        raise ModelMissing(f"The file {folder / 'config.json'} is damaged: copy the folder again.") from error
    return [[int(layer), int(head)] for layer, head in heads]


def mapped(path: Path) -> memoryview:
    """A file's bytes, mapped and not read.

    Raises:
        ModelMissing: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise ModelMissing(f"The file {path} cannot be read ({error}): copy it again.") from error


def _dimensions(kind: Kind, path: Path) -> dict[str, int]:
    # PyTorch takes seconds to import, and only those who look at a model need it.
    from qa.transcribe.checkpoint import dimensions
    from qa.transcribe.ct2 import read_tensors
    from qa.transcribe.huggingface import dimensions as described
    from qa.transcribe.huggingface import weight_files
    from qa.transcribe.model import read_checkpoint

    if kind is Kind.CTRANSLATE2:
        return dimensions(read_tensors(mapped(path / "model.bin"), str(path)), str(path))
    if kind is Kind.HUGGING_FACE:
        weight_files(path)
        return described(path)
    dims = read_checkpoint(path).get("dims")
    if not isinstance(dims, dict):
        raise ModelMissing(f"The file {path} is a PyTorch file but no Whisper checkpoint: it has no dims.")
    return {str(name): int(value) for name, value in dims.items()}
