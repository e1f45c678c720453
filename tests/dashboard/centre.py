"""A centre with sixteen weeks of calls, made once and copied: pages that have something to show."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import numpy as np
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.data import demo, site
from dashboard.registry import PAGES_DIR, page
from qa.calendar import local_day
from qa.demo.feedback import write_feedback
from qa.demo.history import History, write_history
from qa.settings import Settings
from qa.store.call import calls
from qa.store.call.reviews import save_review
from qa.store.database import Database
from qa.store.kinds import CallSource
from qa.store.site import set_setting
from qa.store.work import jobs
from tests.dashboard import call_samples
from tests.dashboard.desk import Site
from tests.store.fresh import fresh
from tests.store.samples import new_call, saying

MAIN = str(PAGES_DIR.parent / "dashboard" / "main.py")
CALLS = 400
SPOKEN = {"fa": "من می‌خوام سفارشم را پس بدهم", "en": "I would like to return my kettle"}
Language = Literal["en", "fa"]


def ever() -> tuple[int, int]:
    """The first and last local day of all that a centre has: figures are kept by day, empty days cost too."""
    today = local_day(datetime.now(UTC), site.settings().zone)
    return today - 200, today + 1


def make(folder: Path, language: Language) -> Path:
    """History, one call with words, one that waits, one that failed, all in the last days."""
    settings = Settings(data_dir=folder)
    fresh(settings.url)
    database = Database.open(settings.url)
    now = datetime.now(UTC)
    history = History(CALLS, language, now)
    assert list(write_history(database, settings, history))[-1] == CALLS
    assert list(write_feedback(database, settings, history))[-1] == 1.0
    with database.write() as tx:
        set_setting(tx, "demo", "ready")
        today = local_day(now, settings.zone)
        named = {"source": CallSource.UPLOAD, "started_at": now, "local_day": today, "language": language}
        heard = calls.register(tx, new_call(1, agent_id=1, team_id=1, queue_id=1, duration=64.0, **named))
        peaks = np.zeros((2, 2000), dtype=np.float32)
        save_review(tx, heard.call_id, saying(call_samples.review(language), SPOKEN[language]), peaks)
        waits = calls.register(tx, new_call(2, agent_id=1, team_id=1, **named))
        jobs.enqueue(tx, waits.call_id)
        broken = calls.register(tx, new_call(3, agent_id=9, team_id=3, **named))
        jobs.enqueue(tx, broken.call_id)
        jobs.fail(tx, broken.call_id, "The file is cut off.")
    database.close()
    return folder


def open_copy(made: Path, desk: Site) -> Site:
    """Put a copy of the centre where the site's data are; tables that pages keep are read anew."""
    site.forget()
    for file in made.glob("shenava.db*"):
        shutil.copy(file, desk.folder / file.name)
    demo.refresh()
    return desk


def open_page(file: str, language: str = "en", **params: str) -> AppTest:
    """A page as AppTest runs it, with these parts in its address; its run is the session's first."""
    at = AppTest.from_file(MAIN, default_timeout=60)
    at.query_params["lang"] = language
    for name, value in params.items():
        at.query_params[name] = value
    at._page_hash = calc_hash(page(file).address)  # what the browser sends; switch_page() needs a run before
    return at.run()


def html(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def address(at: AppTest) -> dict[str, str]:
    """The parts of the address after a run."""
    pairs = (
        (name, value[0] if isinstance(value, list) else value) for name, value in at.query_params.items()
    )
    return {name: str(value) for name, value in pairs}


def opened_keys(at: AppTest) -> list[str]:
    """The calls that the rows of the list open, in order."""
    return [key for link in at.get("page_link") if (key := _call_of(link.proto.query_string))]


def _call_of(query: str) -> str:
    return next((part.removeprefix("call=") for part in query.split("&") if part.startswith("call=")), "")
