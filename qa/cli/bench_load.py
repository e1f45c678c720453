"""``bench load``: people at work at a desk of their own."""

import subprocess
import sys
from typing import Annotated

import typer

from qa.errors import QAError

People = Annotated[int, typer.Option(help="How many people click.", min=1, max=1000)]
Minutes = Annotated[float, typer.Option(help="For how long.", min=0.05)]
Processes = Annotated[int, typer.Option(help="Web processes, each with its share of the people.", min=1)]
Think = Annotated[float, typer.Option(help="Mean seconds between two clicks.", min=0)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def load(
    people: People = 30,
    minutes: Minutes = 5.0,
    processes: Processes = 1,
    think: Think = 5.0,
    as_json: AsJson = False,
) -> None:
    """Let people of every role sign in, open pages, narrow them and open calls, over real websockets.

    The desk is a demo centre in a folder that is removed after. Prints milliseconds by page, processor time
    and memory. Exit code 2 when a page failed.
    """
    from qa.settings import ROOT

    options = {"people": people, "minutes": minutes, "processes": processes, "think": think}
    told = [f"--{name}={value}" for name, value in options.items()] + (["--json"] if as_json else [])
    command = [sys.executable, "-m", "dashboard.load", *told]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:  # noqa: S603 (our own interpreter)
        raise QAError("Pages failed or were not answered; the lines above say which.")
