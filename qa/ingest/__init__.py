"""Recordings come in: facts from names and tables, one call and one job for each content.

Open a desk with ``open_desk``, ``plan`` a batch of paths, and go through ``take_in(desk, batch)``: every
file gives one outcome, a refused one with its reason.
"""

from qa.ingest.batch import Batch, plan, take_in
from qa.ingest.check import Preview, Sound, listen, preview
from qa.ingest.companions import is_transcript
from qa.ingest.desk import Desk, clean_orphans, open_desk
from qa.ingest.facts import Facts
from qa.ingest.register import Outcome, Status, refuse, register_file
from qa.ingest.waiting import Waiting, wait_for
from qa.ingest.watch import Watch

__all__ = [
    "Batch",
    "Desk",
    "Facts",
    "Outcome",
    "Preview",
    "Sound",
    "Status",
    "Waiting",
    "Watch",
    "clean_orphans",
    "is_transcript",
    "listen",
    "open_desk",
    "plan",
    "preview",
    "refuse",
    "register_file",
    "take_in",
    "wait_for",
]
