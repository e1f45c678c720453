"""A wall clock that jumps under one process, by Debian's libfaketime; the clock that only counts stays."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

PLACES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib64/faketime/libfaketimeMT.so.1")
SITE = "with-a-jumping-clock"
SLEEP = "import threading, time\ntime.sleep = lambda seconds: threading.Event().wait(seconds) and None\n"
"""libfaketime spoils the call that Python sleeps by (it fails with EINVAL); waiting for an event is fine."""


@dataclass(frozen=True)
class Clock:
    """``around`` is the environment of a process that lives by it."""

    file: Path
    library: Path

    def jump(self, offset: str) -> None:
        """From now on the clock is off by so much (``+1d``, ``-1d``, ``+0``)."""
        part = self.file.with_suffix(".part")
        part.write_text(f"{offset}\n")
        part.replace(self.file)

    @property
    def around(self) -> dict[str, str]:
        """What the dynamic linker and the library are told."""
        return {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": f"{self.file.parent / SITE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        }


def jumping_clock(folder: Path) -> Clock:
    """One that is right at first; skips the test where the library is not."""
    root = Path("/")
    found = [path for place in PLACES for path in sorted(root.glob(place.lstrip("/")))]
    if not found or os.uname().sysname != "Linux":
        print("tests of a clock that jumps are skipped: libfaketime is not on this machine")
        pytest.skip("libfaketime is not on this machine")
    clock = Clock(folder / "clock", found[0])
    (folder / SITE).mkdir()
    (folder / SITE / "sitecustomize.py").write_text(SLEEP)
    clock.jump("+0")
    return clock
