"""OpenAI's own download of a named model, with its checksum."""

from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import whisper

from qa.errors import ModelMissing

_ANSWER_SECONDS = 15.0


def download(model: str, folder: Path, cache: Path) -> Path:
    """Fetches a named model into ``folder`` through Whisper's loader, which verifies its SHA-256.

    Args:
        model: a name that OpenAI's package knows, such as ``base``.
        folder: where the file is written.
        cache: where an operator without network should put the file; only for the error.

    Raises:
        ModelMissing: the name is unknown, there is no network, or the checksum is another.
    """
    if model not in whisper.available_models():
        known = ", ".join(whisper.available_models())
        raise ModelMissing(
            f"The model {model!r} is unknown: set QA_MODEL to one of {known}, "
            "or QA_MODEL_PATH to the checkpoint of your own model."
        )
    url = whisper._MODELS[model]
    try:
        # Whisper's loader waits for ever on a firewall that swallows packets; this first knock does not.
        urlopen(url, timeout=_ANSWER_SECONDS).close()  # noqa: S310
        return Path(whisper._download(url, str(folder), in_memory=False))
    except RuntimeError as error:
        raise ModelMissing(
            f"The download of the model {model!r} from {urlsplit(url).netloc} is damaged: "
            "its checksum is another; try again, or fetch it by hand.",
            permanent=False,
        ) from error
    except (URLError, HTTPException, ConnectionError, TimeoutError) as error:
        raise ModelMissing(
            f"The weights of the model {model!r} are not on this machine and {urlsplit(url).netloc or url} "
            f"gives no answer: on a machine with a network fetch {url}, copy it to {cache / f'{model}.pt'}, "
            "or set QA_MODEL_PATH to a checkpoint that you have.",
            permanent=False,
        ) from error
