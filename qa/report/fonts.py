"""Vazirmatn from the files that set-up fetches: as it is for HTML, as plain TrueType for PDF."""

import io
from functools import cache
from pathlib import Path

from qa.errors import NotFound
from qa.settings import ROOT

FOLDER = ROOT / "dashboard" / "static" / "vendor"
WEIGHTS = {"": 400, "B": 700}


def face(script: str) -> bytes:
    """The font of a script (``arabic`` or ``latin``) as WOFF2.

    Raises:
        NotFound: set-up has not fetched it.
    """
    path = FOLDER / f"vazirmatn-{script}.woff2"
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotFound(
            f"The font {path.name} is not here; run `python -m dashboard.assets` or `make run`."
        ) from error


@cache
def _plain(script: str, style: str) -> bytes:
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = instancer.instantiateVariableFont(TTFont(io.BytesIO(face(script))), {"wght": WEIGHTS[style]})
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def write_plain(folder: Path) -> dict[tuple[str, str], Path]:
    """Each script in regular and bold as a TrueType file in a folder, by script and style.

    Raises:
        NotFound: set-up has not fetched them.
    """
    found = {}
    for script in ("arabic", "latin"):
        for style in WEIGHTS:
            path = folder / f"{script}{style}.ttf"
            path.write_bytes(_plain(script, style))
            found[script, style] = path
    return found
