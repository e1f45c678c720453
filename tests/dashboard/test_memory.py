"""What the desk tells the allocator of Polars arrives there: nothing loads Polars before."""

import subprocess
import sys

from tests.shared import ROOT

CODE = """
import dashboard.memory as memory
memory.CHOICES += ",stats_print:true"
import streamlit_app
"""


def test_the_allocator_is_told() -> None:
    """By its own word: it prints what it was told when it is asked to."""
    ran = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [
        line.strip().split(": ", 1) for line in ran.stderr.splitlines() if line.strip().startswith("opt.")
    ]
    told = {name: value.split()[0] for name, value in lines}
    assert (told["opt.narenas"], told["opt.dirty_decay_ms"], told["opt.muzzy_decay_ms"]) == ("2", "100", "0")
