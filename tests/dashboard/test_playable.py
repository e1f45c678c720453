"""Every coding that is taken in can be heard in a browser, as it is or as a copy."""

import hashlib
import io
import shutil
import subprocess
import wave
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Route
from starlette.testclient import TestClient

from dashboard.data import site
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from qa.audio import browser_type, decode, write_playable
from qa.store.call import calls
from qa.store.kinds import CallSource
from qa.store.shelf.recordings import Recordings
from tests.audio.files import voices, write
from tests.audio.files import wave as write_wave
from tests.dashboard import browser as desk_browser
from tests.dashboard.desk import Site
from tests.dashboard.heard import say_nothing

SECONDS = 3.0
PLAYED = (
    ("a.wav", "pcm_s16le", "audio/wav"),
    ("b.wav", "pcm_mulaw", "audio/wav"),
    ("c.wav", "pcm_alaw", "audio/wav"),
    ("d.mp3", "libmp3lame", "audio/mpeg"),
    ("e.m4a", "aac", "audio/mp4"),
    ("f.ogg", "libopus", "audio/ogg"),
    ("g.webm", "libopus", "audio/webm"),
    ("h.flac", "flac", "audio/flac"),
)
SILENT = (
    ("i.amr", "libopencore_amrnb"),
    ("j.wav", "adpcm_ima_wav"),
    ("k.wma", "wmav2"),
    ("l.au", "pcm_mulaw"),
    ("m.wav", "gsm-full-rate"),  # Asterisk's wav49
    ("n.gsm", ""),  # Asterisk's gsm
)
HEARD = """async path => {
    const sound = new Audio(path); sound.muted = true;
    try { await sound.play(); } catch (fault) { return -1; }
    return sound.duration;
}"""


def made(folder: Path, name: str, codec: str) -> Path:
    """Three seconds in a coding; GSM by sox, for libav has no encoder of it."""
    if name.endswith(".gsm") or codec.startswith("gsm"):
        sox = shutil.which("sox")
        if sox is None:
            pytest.skip("sox is not installed: no encoder of GSM here")
        source = write_wave(folder / "source.wav", voices(SECONDS)[:1])
        arguments = ("-e", codec) if codec else ()
        subprocess.run([sox, source, *arguments, "-c", "1", folder / name], check=True, capture_output=True)
        return folder / name
    rate = 48_000 if codec == "libopus" else 8000
    mono = codec == "libopencore_amrnb"
    return write(folder / name, voices(SECONDS, rate)[: 1 if mono else 2], codec, rate=rate)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("codings")
    return {name: made(folder, name, codec) for name, codec, *_ in (*PLAYED, *SILENT)}


def copy_of(path: Path) -> bytes:
    out = io.BytesIO()
    write_playable(path, out, length=decode(path, maximum=60)[0].duration)
    return out.getvalue()


def test_what_browsers_play_is_known(files: dict[str, Path]) -> None:
    expected = {name: kind for name, _codec, kind in PLAYED} | {name: None for name, _codec in SILENT}
    assert {name: browser_type(path) for name, path in files.items()} == expected


def test_a_copy_has_the_seconds_and_channels_of_the_recording(files: dict[str, Path]) -> None:
    for path in files.values():
        recording, _audio = decode(path, maximum=60)
        with wave.open(io.BytesIO(copy_of(path))) as heard:
            assert heard.getnframes() / heard.getframerate() == pytest.approx(recording.duration, abs=1e-4)
            assert heard.getnchannels() == recording.channels


def answer(route: Route, served: dict[str, tuple[str | None, bytes]]) -> None:
    """A server of ranges: without them Chromium does not know the length of Ogg."""
    kind, body = served.get(route.request.url.rsplit("/", 1)[1], ("text/html", b"<p>"))
    first = int(route.request.headers.get("range", "bytes=0-").removeprefix("bytes=").split("-")[0])
    headers = {"Content-Type": kind or "audio/wav", "Accept-Ranges": "bytes"}
    if "range" in route.request.headers:
        headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
    route.fulfill(status=206 if "range" in route.request.headers else 200, headers=headers, body=body[first:])


@pytest.mark.browser
def test_chromium_plays_what_we_say_and_every_copy(files: dict[str, Path]) -> None:
    served = {name: (browser_type(path), path.read_bytes()) for name, path in files.items()}
    served |= {f"{name}.copy": ("audio/wav", copy_of(path)) for name, path in files.items()}
    with desk_browser.browser() as opened:
        page = opened.new_page()
        page.route("http://desk.invalid/**", lambda route: answer(route, served))
        page.goto("http://desk.invalid/page")
        heard = {name: page.evaluate(HEARD, name) for name in served}
    for name, (kind, _body) in served.items():
        assert (heard[name] == pytest.approx(SECONDS, abs=0.2)) == (kind is not None), (name, heard[name])


def kept(source: Path) -> tuple[str, Path]:
    """A call with this recording; gives its key and the file."""
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    recordings = Recordings(site.settings().recordings_dir)
    media = recordings.keep(source, sha256)
    new = calls.NewCall(
        sha256=sha256,
        file_name=source.name,
        media=media,
        source=CallSource.COMMAND,
        started_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        local_day=20777,
    )
    with site.database().write() as tx:
        made = calls.register(tx, new)
        say_nothing(tx, made.call_id)
    return made.key, site.settings().recordings_dir / media


def test_the_copy_goes_out_by_the_checked_route_with_ranges(
    client: TestClient, desk_site: Site, files: dict[str, Path]
) -> None:
    key, file = kept(files["n.gsm"])
    desk_site.add("stranger", Role.AGENT)
    client.cookies.set(COOKIE, desk_site.session("stranger"))
    assert client.get(f"/qa/audio/{key}").status_code == 404
    assert list(file.parent.iterdir()) == [file]  # for a stranger nothing is made
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    whole = client.get(f"/qa/audio/{key}")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/wav")
    assert whole.content == copy_of(file)
    (made_once,) = set(file.parent.iterdir()) - {file}
    before = made_once.stat().st_mtime_ns
    part = client.get(f"/qa/audio/{key}", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert made_once.stat().st_mtime_ns == before
    recordings = Recordings(site.settings().recordings_dir)
    media = file.relative_to(site.settings().recordings_dir).as_posix()
    assert recordings.orphans(frozenset({media})) == ()
    assert len(recordings.orphans(frozenset())) == 2
    recordings.remove(media)
    assert list(file.parent.iterdir()) == []


def test_what_cannot_be_decoded_is_sent_as_it_is(client: TestClient, desk_site: Site, tmp_path: Path) -> None:
    source = tmp_path / "odd.gsm"
    source.write_bytes(b"no sound at all" * 9)
    key, file = kept(source)
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    answer = client.get(f"/qa/audio/{key}")
    assert (answer.content, answer.headers["content-type"]) == (
        source.read_bytes(),
        "application/octet-stream",
    )
    assert list(file.parent.iterdir()) == [file]
