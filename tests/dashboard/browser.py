"""A cold server of our own and a browser that talks to nobody else."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.identity import COOKIE, LANGUAGE_COOKIE

ROOT = Path(__file__).resolve().parents[2]
QUIET = [
    f"--{name}"
    for name in (
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        "disable-site-isolation-trials",
        "disable-features=SpareRendererForSitePerProcess",
        "no-first-run",
        "renderer-process-limit=1",
    )
]
MENU = '[data-testid="stSidebarNavItems"]'
STANDS = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const open = '[data-testid=stSkeleton], [data-stale=true], [data-testid=stSpinner]';
    if (!app || app.dataset.testScriptState !== 'notRunning' || document.querySelector(open)
        || document.fonts.status !== 'loaded') { window.stillSince = 0; return false; }
    window.stillSince ||= performance.now();
    return performance.now() - window.stillSince > 250;
}"""
"""Between two runs of a script the state is quiet for a moment, so quiet has to last; parts of a page that
are loaded when first needed leave a skeleton until then."""

PATIENCE = 20_000
"""Milliseconds that a page gets to show what is expected; a machine that does other work too needs them."""

REFUSED = """document.addEventListener("securitypolicyviolation", refused =>
    console.error(`policy: ${refused.effectiveDirective} ${refused.blockedURI}`));"""
"""What the Content-Security-Policy keeps from a page is a fault of the page."""

HARMLESS = ("net::ERR_ABORTED", "WebSocket is closed before", "policy: script-src wasm-eval")
"""Streamlit asks whether WebAssembly may be compiled, and does without."""


def chromium() -> str:
    """The browser of this machine, or a skip that says why."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no chromium on this machine")
    return found


@dataclass
class Server:
    """A desk that has just started."""

    url: str
    folder: Path
    log: Path

    def said(self, pattern: str) -> str:
        """What it printed, once it printed it."""
        for _try in range(100):
            match = re.search(pattern, self.log.read_text())
            if match:
                return match.group(1)
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cold_server(folder: Path, port: int | None = None, **environment: str) -> Iterator[Server]:
    """Start the desk on a free port with its own data folder; it is ended, and nothing else is."""
    port = port or free_port()
    log = folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"]
    with log.open("w") as out:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"QA_DATA_DIR": str(folder)} | environment,
        )
    try:
        _wait(f"http://localhost:{port}/_stcore/health", process, log)
        yield Server(f"http://localhost:{port}", folder, log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _try in range(300):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError(f"the desk did not start: {log.read_text()}")


@dataclass
class Visit:
    """One browser tab; ``faults`` are console errors, failed answers and requests to other hosts."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> "Visit":
        self.page.goto(self.url + path)
        return self

    def sign_in(self, name: str, password: str, language: str = "en") -> "Visit":
        self.open(f"/qa/login?lang={language}")
        self.page.fill("#u", name)
        self.page.fill("#p", password)
        self.page.click("form button")
        return self.settled()

    def enter(self, session: str, language: str = "en") -> "Visit":
        """Signed in by a session that is open already: one page less than by the form."""
        cookies = {COOKIE: session, LANGUAGE_COOKIE: language}
        self.page.context.add_cookies(
            [{"name": name, "value": value, "url": self.url} for name, value in cookies.items()]
        )
        return self

    def follow(self, address: str) -> "Visit":
        """Go to a page by the menu: the page stays loaded and its script runs anew."""
        link = self.page.locator(f'[data-testid="stSidebarNavLink"][href$="/{address}"]')
        link.evaluate("link => link.click()")
        self.page.wait_for_function("path => location.pathname === path", arg=f"/{address}")
        return self

    def settled(self) -> "Visit":
        """Wait until the page's script is done and everything that it drew stands there."""
        # In the coaching room it is there and hidden.
        self.page.wait_for_selector(MENU, state="attached", timeout=60_000)
        self.page.evaluate("() => { window.stillSince = 0; }")
        self.page.wait_for_function(STANDS, timeout=60_000, polling=50)
        return self

    def note(self, text: str) -> None:
        if not any(harmless in text for harmless in HARMLESS):
            self.faults.append(text)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a word to anybody."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield opened
        opened.close()


def visit(opened: Browser, url: str, *, scheme: str = "light", width: int = 1440, height: int = 900) -> Visit:
    """A fresh browser profile at the desk."""
    context = opened.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="en-US",  # type: ignore[arg-type]
    )
    tab = Visit(context.new_page(), url)
    page = tab.page
    page.add_init_script(REFUSED)
    page.on("console", lambda message: tab.note(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: tab.note(str(error)))
    ours = (url, url.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(ours) else tab.note(request.url))
    return tab
