"""Heads kept as plain numbers (npz), named by what they were fitted on."""

import hashlib
import json
import os
import zipfile
from pathlib import Path

from qa.embed.fitting import STRENGTH, Examples, fit
from qa.embed.head import Head
from qa.embed.port import Embedder

FORMAT = 1  # goes up whenever the same examples would give other numbers


def examples_key(examples: Examples, embedder: Embedder) -> str:
    """24 hexadecimal digits for these examples, in this order, with this embedder."""
    rows = [examples.texts, examples.labels, examples.groups]
    content = json.dumps([FORMAT, embedder.label, STRENGTH, rows], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:24]


def fit_once(examples: Examples, embedder: Embedder, folder: Path | None) -> Head:
    """The head for these examples: from the folder when it was fitted before, else fitted and kept there."""
    key = examples_key(examples, embedder)
    path = folder / f"{key}.npz" if folder is not None else None
    if path is not None:
        head = load_head(path)
        if head is not None and head.key == key:
            return head
    head = fit(examples, embedder, key)
    if path is not None:
        save_head(head, path)
    return head


def load_head(path: Path) -> Head | None:
    """A kept head; ``None`` when there is none or the file is damaged (it is fitted again then)."""
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as numbers:
            return Head(
                classes=tuple(str(name) for name in numbers["classes"]),
                weights=numbers["weights"],
                bias=numbers["bias"],
                centre=numbers["centre"],
                temperature=float(numbers["temperature"]),
                key=str(numbers["key"]),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def save_head(head: Head, path: Path) -> None:
    """Write a head whole or not at all; two processes may do so at once."""
    import numpy as np

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        np.savez(
            file,
            classes=np.array(head.classes),
            weights=head.weights,
            bias=head.bias,
            centre=head.centre,
            temperature=np.array(head.temperature),
            key=np.array(head.key),
        )
    part.replace(path)
