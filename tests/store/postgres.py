"""A private PostgreSQL server for the tests: own folder, own port, stopped at the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
START_SECONDS = 30


def find_programs() -> Path | None:
    """The folder with initdb and postgres, the newest version's on Debian; None when there is none."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def server_user() -> str | None:
    """PostgreSQL refuses to run as root, so root starts it as another user; None when there is none."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    return next((entry.pw_name for entry in pwd.getpwall() if entry.pw_name == "postgres"), None)


@contextmanager
def private_server(programs: Path, user: str, network: str = "", address: str = "") -> Iterator[str]:
    """A running server; gives its URL without a database name. It trusts who comes from the ``network``,
    where it listens at the ``address``.
    """
    with restartable_server(programs, user, network, address) as server:
        yield server.url


@dataclass
class Server:
    """A server that tests may end and start again at the same place."""

    command: list[str]
    folder: Path
    user: str
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"postgresql://shenava@127.0.0.1:{self.port}"

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, user=_switch(self.user), stdout=log, stderr=log, cwd=self.folder
            )
        _wait(self.process, self.port, self.folder / "log")

    def end(self, how: int = signal.SIGINT) -> None:
        """SIGINT ends it in order, SIGQUIT at once and without a checkpoint, as a crash does."""
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(START_SECONDS)


@contextmanager
def restartable_server(programs: Path, user: str, network: str = "", address: str = "") -> Iterator[Server]:
    """A running server."""
    folder = Path(tempfile.mkdtemp(prefix="shenava-pg-"))
    port = _free_port()
    shutil.chown(folder, user)
    data = folder / "data"
    _run(
        [
            str(programs / "initdb"),
            "-D",
            str(data),
            "-A",
            "trust",
            "-U",
            "shenava",
            "-E",
            "UTF8",
            "--no-sync",
        ],
        user,
    )
    options = {
        "port": port,
        "listen_addresses": ",".join(filter(None, ("127.0.0.1", address))),
        "unix_socket_directories": folder,
        "fsync": "off",
    }
    if network:
        with (data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write(f"host all all {network} trust\n")
    command = [str(programs / "postgres"), "-D", str(data)]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = Server(command, folder, user, port)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.end()
        shutil.rmtree(folder, ignore_errors=True)


def _switch(user: str) -> str | None:
    return user if os.geteuid() == 0 else None


def _run(command: list[str], user: str) -> None:
    subprocess.run(command, user=_switch(user), check=True, capture_output=True, cwd="/", timeout=120)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(f"postgresql://shenava@127.0.0.1:{port}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"the test server did not start: {log.read_text()[-500:]}") from None
            time.sleep(0.1)
        else:
            return
