"""An import is killed at random moments; importing again ends with every file once and no orphan."""

import random
import subprocess
import sys
import time
from pathlib import Path

from qa.ingest.desk import clean_orphans
from qa.store.call.calls import all_media
from qa.store.kinds import JobState
from qa.store.shelf.recordings import open_recordings
from tests.worker.site import ROOT, Site, make_wav

FILES = 40
KILLS = 6

IMPORT = """
import sys
from pathlib import Path
from qa.ingest import open_desk, plan, take_in
from qa.settings import Settings
from qa.store.database import Database
settings = Settings(data_dir=Path(sys.argv[1]))
with open_desk(Database.open(settings.url), settings) as desk:
    batch = plan(desk, [Path(sys.argv[2])])
    print("ready", flush=True)
    for outcome in take_in(desk, batch):
        print(outcome.status, flush=True)
"""


def start(site: Site) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", IMPORT, str(site.settings.data_dir), str(site.folder / "in")]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_an_import_that_is_killed_is_finished_by_the_next_one(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for n in range(FILES):
        make_wav(tmp_path / "in" / f"{n}.wav", n, seconds=0.2)
    chance, in_between = random.Random(7), 0
    for _ in range(KILLS):
        process = start(site)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for _ in range(chance.randint(1, 6)):
            process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.02))
        process.kill()
        process.communicate()
        in_between += 0 < len(site.jobs()) < FILES
    assert in_between, "no kill met a running import, so nothing was proved"

    statuses = start(site).communicate(timeout=60)[0].splitlines()[1:]
    assert set(statuses) <= {"queued", "already here"}
    assert len(statuses) == len(site.jobs()) == FILES
    assert {job.state for job in site.jobs().values()} == {JobState.QUEUED}
    clean_orphans(site.database, site.settings)
    recordings = open_recordings(site.settings)
    with site.database.read() as tx:
        known = all_media(tx)
    assert (recordings.orphans(known), recordings.missing(known), len(known)) == ((), (), FILES)
