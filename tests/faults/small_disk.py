"""A disk of a few megabytes that can be filled and emptied; only root may mount one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A mounted file system in memory."""

    root: Path

    def fill(self) -> None:
        """Not one more byte fits."""
        with (self.root / "ballast").open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    def free(self) -> None:
        """Room again."""
        (self.root / "ballast").unlink()

    def read_only(self, yes: bool) -> None:
        """Take writes away, or give them back."""
        how = "ro" if yes else "rw"
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.root)], check=True, capture_output=True)


@contextmanager
def small_disk(root: Path, megabytes: int = 24) -> Iterator[SmallDisk]:
    """Mount one, or skip the test and say why."""
    root.mkdir()
    size = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(root)]
    made = subprocess.run(size, capture_output=True, text=True, check=False)
    if made.returncode:
        print(f"tests with a small disk are skipped: {made.stderr.strip()}")
        pytest.skip("a small disk cannot be mounted; root may")
    try:
        yield SmallDisk(root)
    finally:
        subprocess.run(["umount", "--lazy", str(root)], check=False, capture_output=True)
