"""Runs each rival in a process of its own, so that its CPU time and peak memory are its own.

Run as a program it is that process: name of the rival and recordings as JSON on standard input, the result
as JSON in the last line of standard output.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import QAError
from qa.records import Audio, Seconds
from qa.settings import Settings

_LONGEST: Seconds = 4 * 3600


@dataclass(frozen=True, slots=True)
class Track:
    """A recording, or its first ``cut`` seconds; 0 for all of it."""

    path: Path
    cut: Seconds = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """What a rival did. ``texts`` are those of each channel of each recording; ``cpu`` the CPU-seconds of
    listening to each recording, all threads together, without loading (``load``); ``sound`` its seconds
    times its channels; ``peak`` the highest memory in bytes.
    """

    name: str
    texts: tuple[tuple[str, ...], ...]
    cpu: tuple[Seconds, ...]
    sound: tuple[Seconds, ...]
    load: Seconds
    peak: int


def race(name: str, tracks: Sequence[Track], settings: Settings) -> Run:
    """One rival over all recordings, in a new process.

    Raises:
        QAError: the process failed; its last line is said.
    """
    order = {
        "name": name,
        "tracks": [(str(track.path), track.cut) for track in tracks],
        "settings": settings.model_dump(mode="json"),
    }
    threads = str(settings.recogniser_threads)
    done = subprocess.run(
        [sys.executable, "-m", "qa.evaluate.racing"],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads},
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise QAError(f"The rival {name} did not finish ({said[-1]}); leave it out with --only.")
    return _read(json.loads(done.stdout.splitlines()[-1]))


def _read(shape: dict[str, Any]) -> Run:
    return Run(
        name=str(shape["name"]),
        texts=tuple(tuple(texts) for texts in shape["texts"]),
        cpu=tuple(shape["cpu"]),
        sound=tuple(shape["sound"]),
        load=float(shape["load"]),
        peak=int(shape["peak"]),
    )


def _main() -> None:
    from qa.audio import decode
    from qa.evaluate.rivals import RIVALS

    order = json.load(sys.stdin)
    (rival,) = [one for one in RIVALS if one.name == order["name"]]
    start = time.process_time()
    listen = rival.open(Settings(**order["settings"]))
    load = time.process_time() - start
    texts, cpu, sound = [], [], []
    for path, cut in order["tracks"]:
        audio = _beginning(decode(Path(path), maximum=_LONGEST)[1], cut)
        start = time.process_time()
        texts.append(list(listen(audio)))
        cpu.append(time.process_time() - start)
        sound.append(audio.duration * len(audio.samples))
    shape = {"name": rival.name, "texts": texts, "cpu": cpu, "sound": sound, "load": load, "peak": _peak()}
    sys.stdout.write("\n" + json.dumps(shape) + "\n")


def _peak() -> int:
    """The highest memory of this process in bytes.

    Linux hands ``ru_maxrss`` of the process that started this one down to it, so the kernel's own mark of
    this program is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (mark,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(mark.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _beginning(audio: Audio, cut: Seconds) -> Audio:
    return Audio(audio.samples[:, : round(cut * audio.sample_rate)], audio.sample_rate) if cut else audio


if __name__ == "__main__":
    _main()
