"""A person drops real files in a real browser, in both languages; a worker does the work; the call opens."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.data import site
from qa.store.kinds import JobState
from qa.store.scope import Scope
from qa.store.work.jobs import list_jobs
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import ROOT, Server, Visit, visit
from tests.dashboard.desk import Site, session_of, site_at
from tests.dashboard.intake_files import NAMED, SHOWN, left_on_disk, queued, sound
from tests.shared import shared_data
from tests.store.fresh import fresh

pytestmark = pytest.mark.browser
FILES = '[data-testid="stFileUploaderDropzoneInput"]'
DROP = '[data-testid="stFileUploaderDropzone"]'
ENGLISH_OF_THE_UPLOADER = ("Upload", "per file", "Drag and drop", "not allowed", "Remove")
WORDS = {
    "en": {
        "choose": "Choose files",
        "take": "Take in 1 recording",
        "taken": "1 recording was taken in.",
        "refused": "Not a recording",
        "reason": "holds text, not sound",
        "worker": "The worker does not run",
        "done": "done · open the call",
    },
    "fa": {
        "choose": "انتخاب فایل",
        "take": "ورود ۱ فایل صوتی",
        "taken": "۱ فایل صوتی وارد شد.",
        "refused": "این فایل صوتی نیست",
        "reason": "متن است، نه صدا",
        "worker": "پردازشگر فعال نیست",
        "done": "انجام‌شده · باز کردن تماس",
    },
}


@dataclass
class Desk:
    """A running desk with one administrator, and a browser."""

    server: Server
    opened: Browser

    def visit(self, language: str, width: int = 1440) -> Visit:
        tab = visit(self.opened, self.server.url, width=width).enter(session_of("boss"), language)
        return tab.open(f"/ingest?lang={language}").settled()


@pytest.fixture
def desk(tmp_path: Path, opened: Browser) -> Iterator[Desk]:
    with site_at(tmp_path):
        fresh(site.settings().url)
        Site(tmp_path).add("boss", display_name="Nazanin Moradi")
        with desk_browser.cold_server(tmp_path) as server:
            yield Desk(server, opened)


def inside(element: str) -> str:
    """Script that gives the text that a style sheet puts into an element."""
    return f"e => getComputedStyle(e.querySelector('{element}') ?? e, '::after').content"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_drop_check_and_take_in(desk: Desk, tmp_path: Path, language: str) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / NAMED).write_bytes(sound(1))
    (files / "notes.mp3").write_text("only words\n" * 20)
    (files / "program.exe").write_bytes(b"MZ\x00")
    said, tab = WORDS[language], desk.visit(language)
    page = tab.page
    drop = page.locator(DROP)
    assert said["choose"] in drop.evaluate(inside("button"))
    assert not [text for text in ENGLISH_OF_THE_UPLOADER if text in drop.inner_text()]
    page.set_input_files(FILES, sorted(files.iterdir()))
    expect(page.get_by_text(SHOWN).first).to_be_visible(timeout=30_000)
    expect(page.get_by_text(said["refused"]).first).to_be_visible()
    expect(page.get_by_text(said["reason"])).to_be_visible()
    assert not [text for text in ENGLISH_OF_THE_UPLOADER if text in drop.inner_text()]
    assert "program.exe" in drop.inner_text(), "what was not sent is named"
    assert queued() == []
    page.get_by_role("button", name=said["take"]).click()
    expect(page.get_by_text(said["taken"])).to_be_visible(timeout=30_000)
    expect(page.get_by_text(said["worker"])).to_be_visible()
    assert queued() == [SHOWN]
    assert left_on_disk(tmp_path) == []
    assert tab.faults == []


@pytest.mark.speech
def test_a_real_recording_becomes_a_call(desk: Desk, tmp_path: Path) -> None:
    recording = shared_data("A5_small_asr_checks", "speechmatics_callcentre_stereo.wav")
    tab = desk.visit("en")
    page = tab.page
    page.set_input_files(FILES, recording)
    page.get_by_role("button", name=WORDS["en"]["take"]).click(timeout=30_000)
    expect(page.get_by_text(WORDS["en"]["taken"])).to_be_visible(timeout=30_000)
    work = subprocess.Popen(
        [sys.executable, "-m", "qa", "work", "--until-idle"],
        cwd=ROOT,
        env=os.environ | {"QA_DATA_DIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
    )
    try:
        expect(page.get_by_text("The worker runs")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("Step 3 of 8: writing down")).to_be_visible(timeout=120_000)  # by itself
        expect(page.get_by_text(WORDS["en"]["done"])).to_be_visible(timeout=240_000)
        assert work.wait(60) == 0
    finally:
        work.kill()
        work.wait()
    persian = desk.visit("fa")
    expect(persian.page.get_by_text(WORDS["fa"]["done"])).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Open the call").click()
    page.wait_for_url("**/call?*call=*", timeout=30_000)
    tab.settled()
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    with site.database().read() as tx:
        (done,) = list_jobs(tx, Scope.all(), (JobState.DONE,))
    assert f"call={done.key}" in page.url
    assert page.get_by_text("No such call").count() == 0
    expect(page.locator(".cv-score")).to_contain_text("of 100")
    persian.open(f"/call?call={done.key}&lang=fa").settled()
    expect(persian.page.locator(".cv-score")).to_contain_text("از ۱۰۰")
    assert persian.page.locator(".cv-lines .ln").count() == page.locator(".cv-lines .ln").count()
    assert tab.faults == []
    assert persian.faults == []
