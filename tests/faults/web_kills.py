"""A real web process, killed with SIGKILL at random moments while people and other systems work with it.

``python -m tests.faults.web_kills N [--seed S]`` starts the server N times. Each time rows and calls with
recordings are pushed, a person's language is chosen, and a target is typed and saved on its page over a
websocket; then the server is killed. What was answered before a kill must be there after it, once.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import func, select
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from dashboard.data import push, site
from dashboard.identity import COOKIE
from dashboard.load.client import PageFailed, Tab
from dashboard.load.desk import free_ports
from dashboard.targets.wording import scale
from qa.ingest.desk import clean_orphans
from qa.settings import ROOT
from qa.store.call.calls import all_media
from qa.store.scope import Scope
from qa.store.shelf.recordings import open_recordings
from qa.store.tables import calls, surveys, targets, users
from qa.weekly import BY_KEY
from tests.dashboard.desk import Site as Desk
from tests.dashboard.desk import site_at
from tests.faults.kills import Tally as Found
from tests.worker.site import Site, make_wav

PATIENCE = 120.0


class Typing(Tab):
    """A tab that knows the fields and buttons that stand on the page now, by their places."""

    def __init__(self, cookie: str, port: int) -> None:
        super().__init__(cookie, port)
        self.there: dict[tuple[int, ...], str] = {}

    def _draw(self, message: ForwardMsg) -> bool:
        element: Any = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind in ("number_input", "button"):
            self.there[tuple(message.metadata.delta_path)] = f"{kind} {getattr(element, kind).id}"
        return super()._draw(message)

    def of(self, kind: str, key: str) -> str:
        """The id of the first widget of a kind whose key holds this."""
        ids = (
            name.partition(" ")[2] for _, name in sorted(self.there.items()) if name.startswith(f"{kind} ")
        )
        return next(one for one in ids if key in one)

    def shows(self, value: float) -> bool:
        """Whether the field of the number stands there with what was stored; its key says it."""
        return self.of("number_input", "target_").endswith(f"_None_{value}")

    def type(self, share: float) -> float:
        """Type the first number of the page, so far between its ends; gives what will be stored."""
        number = self.of("number_input", "target_")
        kpi = BY_KEY[number.partition("-target_")[2].partition("_None_")[0]]
        typed = round((kpi.low + share * (kpi.high - kpi.low)) * scale(kpi))
        self.states = {number: WidgetState(id=number, double_value=typed)}
        return round(typed / scale(kpi), 4)

    async def save(self) -> None:
        """Press the button."""
        button = self.of("button", "target_save")
        self.states[button] = WidgetState(id=button, trigger_value=True)
        message = self._message("")
        message.rerun_script.page_script_hash = self.pages.get(self.page, "")
        await self._ask(message)


@dataclass
class Tally(Found):
    """What was found over all kills, and how often work was broken off."""

    broken_off: Counter[str] = field(default_factory=Counter)


@dataclass
class Run:
    """One site whose web process is killed again and again."""

    site: Site
    session: str
    key: str
    chance: random.Random
    tally: Tally = field(default_factory=Tally)
    rows: set[str] = field(default_factory=set)
    media: set[str] = field(default_factory=set)
    sent: int = 0
    language: tuple[str, ...] = ()
    target: tuple[float, ...] = ()
    port: int = 0

    def kill(self) -> None:
        """Start the server, let everybody work, kill it at a random moment, look at what is there."""
        (self.port,) = free_ports(1)
        process = self._started()
        stop = threading.Event()
        workers = (self._rows, self._calls, self._languages, self._targets)
        threads = [threading.Thread(target=self._until, args=(work, stop)) for work in workers]
        before, told = Counter(self.tally.acknowledged), self.tally.acknowledged
        wanted = self.chance.choice(("languages", "calls", "targets", "targets"))  # a page comes last
        for thread in threads:
            thread.start()
        until(lambda: told[wanted] > before[wanted])
        time.sleep(self.chance.uniform(0.0, 3.0))
        process.kill()
        process.wait()
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        self.tally.kills["web"] += 1
        self._look()

    def _started(self) -> "subprocess.Popen[bytes]":
        environment = os.environ | {"PYTHONPATH": str(ROOT), "STREAMLIT_SERVER_COOKIE_SECRET": "a" * 64}
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={self.port}"]
        with (self.site.folder / "web.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

        def answers() -> bool:
            with suppress(httpx2.HTTPError):
                return httpx2.get(f"{self._base}/healthz", timeout=5).status_code == 200
            return False

        until(answers)
        return process

    @property
    def _base(self) -> str:
        return f"http://localhost:{self.port}"

    def _until(self, work: Callable[[httpx2.Client], None], stop: threading.Event) -> None:
        headers = {"Origin": self._base, "Cookie": f"{COOKIE}={self.session}"}
        with httpx2.Client(base_url=self._base, headers=headers, timeout=30) as client:
            while not stop.is_set():
                try:
                    work(client)
                except (httpx2.HTTPError, PageFailed, WebSocketException, OSError, RuntimeError):
                    self.tally.broken_off[work.__name__.strip("_")] += 1
                    stop.wait(0.1)

    def _rows(self, client: httpx2.Client) -> None:
        self.sent += 1
        ids = [f"{self.sent}-{n}" for n in range(20)]
        body = [{"id": one, "answered": "2026-01-05T10:00:00+03:30", "csat": 4} for one in ids]
        told = client.post("/qa/api/surveys", json=body, headers={"Authorization": f"Bearer {self.key}"})
        if told.status_code == 200:
            self.rows |= set(ids)
            self.tally.acknowledged["rows"] += told.json()["imported"]
        else:
            time.sleep(0.5)  # more than 120 requests in a minute

    def _calls(self, client: httpx2.Client) -> None:
        name = f"c{self.tally.kills['web']}-{random.randrange(10**9)}"
        sound = make_wav(self.site.folder / "in.wav", random.randrange(10**9), seconds=1.0).read_bytes()
        row = {"id": name, "time": "2026-01-05 10:00", "agent_name": "Sara"}
        parts = {"call": (None, json.dumps(row)), "recording": ("a.wav", sound, "audio/wav")}
        told = client.post("/qa/api/calls", files=parts, headers={"Authorization": f"Bearer {self.key}"})
        if told.status_code == 200 and told.json()["status"] == "queued":
            self.media.add(told.json()["call"])
            self.tally.acknowledged["calls"] += 1
        time.sleep(0.5)

    def _languages(self, client: httpx2.Client) -> None:
        wanted = self.chance.choice(("fa", "en"))
        self.language = (*self.language[:1], wanted)  # what was acknowledged, and what is on its way
        if client.get(f"/qa/language?to={wanted}&next=/").status_code == 303:
            self.language = (wanted,)
            self.tally.acknowledged["languages"] += 1
        time.sleep(0.1)

    def _targets(self, _client: httpx2.Client) -> None:
        asyncio.run(self._typed())

    async def _typed(self) -> None:
        tab = Typing(f"{COOKIE}={self.session}", self.port)
        await tab.open()
        await tab.go("")
        await tab.go("targets")
        while True:
            value = tab.type(self.chance.uniform(0.1, 0.9))
            self.target = (*self.target[:1], value)
            await tab.save()
            if tab.shows(value):
                self.target = (value,)
                self.tally.acknowledged["targets"] += 1

    def _look(self) -> None:
        """What must hold after every kill."""
        if self.site.integrity() != ["ok"]:
            self.tally.damaged.append("the database")
        with self.site.database.read() as tx:
            ids = list(tx.scalars(select(surveys.c.external_id)))
            keys = list(tx.scalars(select(calls.c.key)))
            language = tx.scalar(select(users.c.language))
            value = tx.scalar(select(targets.c.value))
            known = all_media(tx)
        self.tally.lost += [f"{len(self.rows - set(ids))} rows"] if self.rows - set(ids) else []
        self.tally.lost += [f"{len(self.media - set(keys))} calls"] if self.media - set(keys) else []
        self.tally.doubled += ["a row"] if len(ids) != len(set(ids)) else []
        self.tally.doubled += ["a call"] if len(keys) != len(set(keys)) else []
        if self.language and language not in self.language:
            self.tally.lost.append(f"the language {self.language[0]}")
        if self.target and value not in self.target:
            self.tally.lost.append(f"the target {self.target[0]}")
        # What was on its way may have been stored: what stands there now counts as acknowledged.
        self.language = (language,) if language else ()
        self.target = () if value is None else (value,)
        if open_recordings(self.site.settings).missing(known):
            self.tally.damaged.append("a call without its recording")

    def end(self) -> None:
        """Files without a row go, and nothing else is missing or lies about."""
        clean_orphans(self.site.database, self.site.settings)
        recordings = open_recordings(self.site.settings)
        with self.site.database.read() as tx:
            known, count = all_media(tx), tx.scalar(select(func.count()).select_from(calls))
        if recordings.orphans(known) or recordings.missing(known) or len(known) != count:
            self.tally.damaged.append("files without a row, or rows without a file")


def until(holds: Callable[[], bool]) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it did not come within {PATIENCE:.0f} s")
        time.sleep(0.05)


def kill_again_and_again(folder: Path, kills: int, seed: int) -> Tally:
    """So many kills of one site."""
    made = Site(folder)
    with site_at(made.settings.data_dir):
        desk = Desk(made.settings.data_dir)
        desk.add("boss")
        run = Run(made, desk.session("boss"), push.make(Scope.all(), "crm", "boss"), random.Random(seed))
        site.database().close()
        for _ in range(kills):
            run.kill()
        run.end()
    made.database.close()
    return run.tally


def main() -> int:
    """The command."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("kills", type=int)
    wanted.add_argument("--seed", type=int, default=8)
    given = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_again_and_again(Path(folder), given.kills, given.seed)
    for name in ("kills", "acknowledged", "broken_off", "lost", "doubled", "damaged"):
        value = getattr(tally, name)
        print(f"{name:<13} {dict(value) if isinstance(value, Counter) else value}")
    return 0 if tally.clean else 2


if __name__ == "__main__":
    sys.exit(main())
