"""Damaged files read one after another in a process with limits, which is replaced when a file ends it."""

import multiprocessing
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from qa.errors import QAError
from qa.fuzz.damage import damaged
from qa.fuzz.seeds import Seed, write
from qa.fuzz.targets import TARGETS, House
from qa.logs.lines import place

Kind = Literal["read", "refused", "fault", "hang", "memory", "died"]
GOOD: tuple[Kind, ...] = ("read", "refused")
PATIENCE = 30.0
"""Seconds that a file may take."""
MEMORY = 2 * 2**30
"""Bytes that the process may hold while it reads a file."""
ROOM = 4 * 2**30
"""Bytes of address space more than at the start, after which the process is refused any."""
START = 120.0
"""Seconds that a process may take to load the readers."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. ``told`` is the refusal's sentence, or kind and place of a fault."""

    number: int
    target: str
    way: str
    kind: Kind
    told: str
    seconds: float
    memory: int

    @property
    def good(self) -> bool:
        """True when the file was read or refused in a sentence, in time and within the memory."""
        return self.kind in GOOD


def run(seeds: Sequence[Seed], files: int, seed: int, keep: Path | None = None) -> Iterator[Result]:
    """One result a file. Files that were not survived are copied to ``keep``."""
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    with tempfile.TemporaryDirectory(prefix="qa-fuzz-") as folder:
        reader = _Reader(House(Path(folder)))
        try:
            for number in range(files):
                one = seeds[number % len(seeds)] if files >= len(seeds) else chance.choice(seeds)
                way, data = damaged(one, seed * 1_000_000 + number)
                path = write(one, data, Path(folder), number)
                result = reader.read(number, one.target, way, path)
                if not result.good and keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, keep)
                path.unlink()
                yield result
        finally:
            reader.end()


class _Reader:
    """The process, started when there is none."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._process: multiprocessing.process.BaseProcess | None = None
        self._wire: Connection | None = None

    def read(self, number: int, target: str, way: str, path: Path) -> Result:
        """Have one file read."""
        wire = self._started()
        begun = time.monotonic()
        wire.send((target, path))
        kind, told, memory = self._answer(wire)
        return Result(number, target, way, kind, told, time.monotonic() - begun, memory)

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._wire = None

    def _answer(self, wire: Connection) -> tuple[Kind, str, int]:
        try:
            if not wire.poll(PATIENCE):
                self.end()
                return "hang", f"not read in {PATIENCE:.0f} s", 0
            kind, told, memory = wire.recv()
        except (EOFError, OSError):
            process, code = self._process, None
            if process is not None:
                process.join(5)
                code = process.exitcode
            self.end()
            return "died", f"the process ended with code {code}", 0
        return ("memory" if memory > MEMORY else kind), told, memory

    def _started(self) -> Connection:
        if self._wire is None:
            context = multiprocessing.get_context("spawn")
            self._wire, theirs = context.Pipe()
            self._process = context.Process(target=_main, args=(theirs, self._house), daemon=True)
            self._process.start()
            theirs.close()
            if not self._wire.poll(START) or self._wire.recv() != "ready":
                raise QAError(
                    f"The readers were not loaded in {START:.0f} s; try again on a quieter machine."
                )
        return self._wire


def _main(wire: Connection, house: House) -> None:
    _warm(house)
    space = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (space + ROOM, space + ROOM))
    wire.send("ready")
    while True:
        try:
            target, path = wire.recv()
        except EOFError:
            return
        _forget_peak()
        wire.send((*_tried(target, path, house), _peak()))


def _tried(target: str, path: Path, house: House) -> tuple[Kind, str]:
    try:
        TARGETS[target](path, house)
    except QAError as error:
        return ("refused", error.message) if _a_sentence(error.message) else ("fault", "no sentence")
    except MemoryError as error:
        return "memory", place((type(error), error, error.__traceback__))
    except BaseException as error:  # noqa: BLE001 (whatever it is, it is what is looked for)
        return "fault", place((type(error), error, error.__traceback__))
    return "read", ""


def _a_sentence(text: str) -> bool:
    return bool(text) and len(text) < 1000 and "\n" not in text and "Traceback" not in text


def _warm(house: House) -> None:
    """Load every reader, so that no file is charged for it."""
    from qa.fuzz.seeds import make_seeds

    for number, seed in enumerate(make_seeds()):
        path = write(seed, seed.data, house.folder, 100_000 + number)
        with suppress(QAError):
            TARGETS[seed.target](path, house)
        path.unlink()


def _forget_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
