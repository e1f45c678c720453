"""Two web processes behind a proxy, recordings in an S3 store: ``python -m tests.worker.webs``.

PostgreSQL, two web processes and a worker, each with a data folder of its own, Caddy with the Caddyfile of
docs/deploy, and a server that speaks S3. Somebody signs in through the proxy, follows pages over a websocket
and hears a call; the web process that holds the page is killed; the same session goes on at the other one.

The server that speaks S3 needs python-dateutil 2, so this runs in a venv of its own (docs/operations.md).
"""

import argparse
import asyncio
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import httpx2
import psycopg
from sqlalchemy import func, select
from websockets.exceptions import WebSocketException

from dashboard.data import site
from dashboard.data.upkeep import bring_up_to_date
from dashboard.load.client import PageFailed, Tab
from dashboard.load.desk import free_ports, make_people
from dashboard.load.person import Person
from qa.demo import History, create
from qa.store.tables import calls, sessions, transcripts
from tests.store.postgres import find_programs, private_server, server_user
from tests.worker.site import ROOT

WAIT = 90.0
BUCKET = "calls"
CLIP = ROOT / "data" / "demo" / "audio" / "en-booking-interrupted.ogg"


@dataclass(frozen=True)
class Told:
    """What came of it. ``away`` is seconds from the kill to the first page of the other process."""

    away: float
    sign_ins: int
    pages: int
    heard: tuple[int, int]
    objects: int
    back: float


def why_not() -> str:
    """What this machine lacks; empty when it can."""
    if shutil.which("caddy") is None:
        return "caddy is not here (apt-get install caddy)"
    if find_programs() is None or server_user() is None:
        return "PostgreSQL is not on this machine"
    if not all(map(find_spec, ("s3fs", "moto"))):
        return 's3fs and moto are not in this venv (pip install s3fs "moto[server]", docs/operations.md)'
    return ""


def run(folder: Path, *, worked: bool) -> Told:
    """Start all of it, and kill the web process that holds an open page."""
    with ExitStack() as stack:
        programs, user = find_programs(), server_user()
        assert programs is not None
        assert user is not None
        server = stack.enter_context(private_server(programs, user))
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        store, proxy, *ports = free_ports(4)
        stack.enter_context(_store(store))
        os.environ |= {
            "QA_DATABASE_URL": f"{server}/site", "QA_RECORDINGS_URL": f"s3://{BUCKET}/desk",
            "QA_TRUST_PROXY": "true", "QA_LOG_FORMAT": "json", "QA_LOG_LEVEL": "info", "QA_THREADS": "1",
            "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32), "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        person, key = _filled(folder, proxy, worked=worked)
        webs = {port: stack.enter_context(_web(folder / f"web-{port}", folder, port)) for port in ports}
        stack.enter_context(_proxy(folder, proxy, ports))
        return asyncio.run(_followed(stack, folder, (person, key), webs))


@contextmanager
def _store(port: int) -> Iterator[None]:
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    with _process([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], os.devnull):
        _until(lambda: httpx2.get(f"http://127.0.0.1:{port}/", timeout=5).status_code < 500)
        import s3fs

        s3fs.S3FileSystem().mkdir(BUCKET)
        yield


def _filled(folder: Path, port: int, *, worked: bool) -> tuple[Person, str]:
    """A centre, a person at the proxy, and a call that a worker on its own machine reviewed."""
    first = folder / "first"
    os.environ["QA_DATA_DIR"] = str(first)
    site.forget()
    bring_up_to_date()
    for _share in create(site.database(), site.settings(), History(200, "en", datetime.now(UTC))):
        pass
    person = make_people(5, [port], 0.0, 1)[-1]  # an administrator, who hears every call
    if not worked:
        with site.database().read() as tx:
            heard = transcripts.join(calls, calls.c.id == transcripts.c.call_id)
            known = select(func.min(calls.c.key)).select_from(heard).where(calls.c.media.is_not(None))
            key = tx.scalar(known)
        return person, str(key)
    worker = folder / "worker"
    _joined(worker, first)
    words = [
        {"speaker": "agent", "start": 0.5, "end": 4.0, "text": "Hello, my name is Sara, how can I help?"},
        {"speaker": "customer", "start": 4.5, "end": 9.0, "text": "I want to change my booking, please."},
    ]
    folder.joinpath("heard.json").write_text(json.dumps({"language": "en", "utterances": words}))
    shutil.copy(CLIP, folder / f"heard{CLIP.suffix}")
    told = os.environ | {"QA_DATA_DIR": str(worker), "QA_EXECUTOR_ID": "worker-1"}
    files = [str(folder / f"heard{CLIP.suffix}"), str(folder / "heard.json")]
    done = _qa(told, "ingest", *files, "--json")
    _qa(told, "work", "--until-idle")
    return person, json.loads(done.splitlines()[0])["call"]


def _joined(folder: Path, first: Path) -> None:
    """A machine of its own: nothing but the keys is the same."""
    shutil.copytree(first / "keys", folder / "keys")


@contextmanager
def _web(own: Path, folder: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    if not own.exists():
        _joined(own, folder / "first")
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"]
    with _process(command, folder / f"web-{port}.log", QA_DATA_DIR=str(own)) as process:
        _until(lambda: httpx2.get(f"http://localhost:{port}/readyz", timeout=10).status_code == 200)
        yield process


@contextmanager
def _proxy(folder: Path, port: int, ports: list[int]) -> Iterator[None]:
    """The Caddyfile that docs/deploy ships, with the addresses of here and without certificates."""
    text = (ROOT / "docs" / "deploy" / "Caddyfile").read_text("utf-8")
    text = text.replace("web-1:8501 web-2:8501", " ".join(f"127.0.0.1:{one}" for one in ports))
    file = folder / "Caddyfile"
    file.write_text(
        "{\n\tadmin off\n\tauto_https off\n}\n" + text.replace("{$QA_HOST}", f"http://localhost:{port}")
    )
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)]
    with _process(command, folder / "caddy.log", HOME=str(folder)):
        _until(lambda: httpx2.get(f"http://localhost:{port}/healthz", timeout=10).status_code == 200)
        yield


async def _followed(
    stack: ExitStack,
    folder: Path,
    who: tuple[Person, str],
    webs: "dict[int, subprocess.Popen[bytes]]",
) -> Told:
    person, key = who
    base = f"http://localhost:{person.port}"
    async with httpx2.AsyncClient(base_url=base, timeout=60, headers={"Origin": base}) as client:
        answer = await client.post("/qa/login", data={"u": person.name, "p": person.password})
        assert answer.status_code == 303, answer.status_code
        await client.get("/", headers={"Accept": "text/html"})
        tab = Tab(_cookies(client), person.port)
        await tab.open()
        pages = [await tab.go(""), await tab.go("calls"), await tab.go("call", f"call={key}")]
        heard = len((await client.get(f"/qa/audio/{key}")).raise_for_status().content)
        held = max(webs, key=lambda port: _asked(folder, port))
        webs[held].send_signal(signal.SIGKILL)
        webs[held].wait()
        killed = time.monotonic()
        pages.append(await _again(client, person.port, key))
        away = time.monotonic() - killed
        again = len((await client.get(f"/qa/audio/{key}")).raise_for_status().content)
        begun = time.monotonic()
        stack.enter_context(_web(folder / f"web-{held}", folder, held))
        back = time.monotonic() - begun
    with site.database().read() as tx:
        sign_ins = tx.scalar(select(func.count()).select_from(sessions))
    import s3fs

    objects = s3fs.S3FileSystem().find(BUCKET)
    assert not list((folder / "worker").glob("recordings/*/*")), "the worker keeps none beside"
    return Told(away, int(sign_ins or 0), len(pages), (heard, again), len(objects), back)


async def _again(client: httpx2.AsyncClient, port: int, key: str) -> object:
    """What a browser does whose websocket was cut: it loads the page and connects anew, with its cookies."""
    until = time.monotonic() + WAIT
    while True:
        try:
            answer = await client.get("/", headers={"Accept": "text/html"})
            tab = Tab(_cookies(client), port)
            await tab.open()
            await tab.go("")
            seen = await tab.go("call", f"call={key}")
            assert "calls" in tab.pages, "not signed in any more"
            assert answer.status_code == 200
        except (PageFailed, OSError, httpx2.HTTPError, WebSocketException):
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.1)
        else:
            return seen


def _cookies(client: httpx2.AsyncClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def _asked(folder: Path, port: int) -> int:
    """How many requests of people a web process has answered."""
    text = (folder / f"web-{port}.log").read_text("utf-8")
    return sum('"request"' in line and "readyz" not in line for line in text.splitlines())


def _qa(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "qa", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"qa {arguments[0]} failed: {done.stderr[-800:]}")
    return done.stdout


@contextmanager
def _process(command: list[str], log: Path | str, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    with Path(log).open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | more, stdout=out, stderr=out)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def _until(ready: Callable[[], bool]) -> None:
    limit = time.monotonic() + WAIT
    while True:
        try:
            if ready():
                return
        except (OSError, httpx2.HTTPError):
            pass
        if time.monotonic() > limit:
            raise TimeoutError("it did not answer")
        time.sleep(0.1)


def main() -> None:
    parser = argparse.ArgumentParser(description="A web process behind a proxy is killed.")
    parser.add_argument("--work", action="store_true", help="hear a call that a worker there reviewed")
    worked = parser.parse_args().work
    if lacks := why_not():
        raise SystemExit(f"not here: {lacks}")
    with tempfile.TemporaryDirectory(prefix="qa-webs-") as folder:
        told = run(Path(folder), worked=worked)
    print(f"from the kill of a web process to the same person's next page at the other: {told.away:.1f} s")
    print(f"pages followed over websockets {told.pages}, sign-ins {told.sign_ins}")
    print(
        f"the call's audio through the proxy, before and after: {told.heard[0]:,} and {told.heard[1]:,} bytes"
    )
    print(
        f"objects in the S3 store: {told.objects}; the killed process answers again after {told.back:.1f} s"
    )
    raise SystemExit(0 if told.sign_ins == 1 and told.heard[0] == told.heard[1] > 0 and told.objects else 1)


if __name__ == "__main__":
    main()
