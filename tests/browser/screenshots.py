"""Pictures of every page in both languages and themes: ``python -m tests.browser.screenshots docs/screenshots``.

Each language gets its own demo centre, made and heard by a real worker, so that what the pictures show is what
a person sees after ``make run``.
"""

import io
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from dashboard import passwords
from qa.demo.centre import CALLS, create
from qa.demo.history import History
from qa.settings import read_settings
from qa.store.database import Database
from qa.store.filters import CallFilter
from qa.store.kinds import CallStatus, Role
from qa.store.listing import Order, PageOf, list_calls
from qa.store.migrate import upgrade
from qa.store.scope import Scope
from qa.store.users import NewUser, add_user
from tests.dashboard.browser import Visit, browser, cold_server, visit

NAMES = {"en": "Nazanin Moradi", "fa": "نازنین مرادی"}
PASSWORD = "kettle on the moon"
COLOURS = 128  # of a picture: text stays sharp, the file small
DRAWN = 4000  # milliseconds for charts and waveforms to stand still
PAGES = ("overview", "calls", "call", "ingest", "people", "account")


def main(out: Path) -> None:
    """Make every picture."""
    out.mkdir(parents=True, exist_ok=True)
    for language in ("en", "fa"):
        with tempfile.TemporaryDirectory() as folder:
            call = prepare(Path(folder), language)
            with cold_server(Path(folder)) as server, browser() as opened:
                for theme in ("light", "dark"):
                    shoot(opened, server.url, out, (language, theme, call))


def prepare(folder: Path, language: str) -> str:
    """A demo centre with an administrator; gives the key of the call to show."""
    settings = read_settings(data_dir=folder)
    upgrade(settings.url)
    database = Database.open(settings.url)
    history = History(calls=CALLS, language=language, now=datetime.now(UTC))  # type: ignore[arg-type]
    for _share in create(database, settings, history):
        pass
    with database.write() as tx:
        hashed = passwords.hashed(PASSWORD)
        add_user(tx, NewUser("nazanin", Role.ADMINISTRATOR, hashed, NAMES[language], language=language))
    environment = os.environ | {"QA_DATA_DIR": str(folder)}
    subprocess.run([sys.executable, "-m", "qa", "work", "--until-idle"], env=environment, check=True)
    wanted = CallFilter(
        recorded=True, critical=True, languages=frozenset({language}), statuses=frozenset({CallStatus.DONE})
    )
    with database.read() as tx:
        key = list_calls(tx, Scope.all(), wanted, PageOf(limit=1, order=Order.NEWEST)).rows[0].key
    database.close()
    return key


def shoot(opened: Browser, url: str, out: Path, which: tuple[str, str, str]) -> None:
    """Every page in one language and theme."""
    language, theme, call = which
    tab = visit(opened, url, scheme=theme)
    tab.open(f"/qa/login?lang={language}")
    save(tab, out / f"sign-in-{language}-{theme}.png")
    tab.sign_in("nazanin", PASSWORD, language)
    for page in PAGES:
        address = {"overview": "/", "call": f"/call?call={call}&t=31"}.get(page, f"/{page}")
        tab.open(address).settled()
        tab.page.wait_for_timeout(DRAWN)
        save(tab, out / f"{page}-{language}-{theme}.png")


def save(tab: Visit, path: Path) -> None:
    """One picture with few colours."""
    picture = Image.open(io.BytesIO(tab.page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
