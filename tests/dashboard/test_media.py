"""Recordings go out by one route only, to those who may hear the call."""

import hashlib
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from dashboard.data import site
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from qa.store import people
from qa.store.call import calls
from qa.store.kinds import CallSource
from qa.store.shelf.recordings import Recordings
from tests.dashboard.desk import Site
from tests.dashboard.heard import say_nothing
from tests.dashboard.test_playable import kept as kept_call


def keep_call(folder: Path, team: str, agent: str) -> tuple[str, int, int, bytes]:
    """A call of an agent with a real recording; gives key, team, agent and the bytes."""
    source = folder / f"{agent}.wav"
    tone = np.sin(np.arange(8000) * sum(map(ord, agent))) * 9000
    with wave.open(str(source), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(tone.astype("<i2").tobytes())
    data = source.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    media = Recordings(site.settings().recordings_dir).keep(source, sha256)
    with site.database().write() as tx:
        team_id = people.team_id(tx, team)
        agent_id = people.agent_id(tx, agent, team=team_id)
        new = calls.NewCall(
            sha256=sha256,
            file_name=source.name,
            media=media,
            source=CallSource.COMMAND,
            started_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
            local_day=20777,
            agent_id=agent_id,
            team_id=team_id,
        )
        made = calls.register(tx, new)
        say_nothing(tx, made.call_id)
    return made.key, team_id, agent_id, data


@pytest.fixture
def kept(desk_site: Site, tmp_path: Path) -> dict[str, tuple[str, int, int, bytes]]:
    return {agent: keep_call(tmp_path, team, agent) for team, agent in (("North", "Sara"), ("South", "Reza"))}


@pytest.mark.parametrize(
    ("role", "hears"),
    [
        (Role.ADMINISTRATOR, {"Sara", "Reza"}),
        (Role.MANAGER, {"Sara", "Reza"}),
        (Role.SUPERVISOR, {"Sara"}),  # of North
        (Role.AGENT, {"Sara"}),  # is Sara
    ],
)
def test_who_hears_whom(client: TestClient, desk_site: Site, kept: dict, role: Role, hears: set[str]) -> None:
    _key, team, agent, _data = kept["Sara"]
    more = {Role.SUPERVISOR: {"teams": frozenset({team})}, Role.AGENT: {"agent_id": agent}}.get(role, {})
    desk_site.add("user", role, **more)
    client.cookies.set(COOKIE, desk_site.session("user"))
    for name, (key, _team, _agent, data) in kept.items():
        answer = client.get(f"/qa/audio/{key}")
        assert answer.status_code == (200 if name in hears else 404)
        assert (answer.content == data) == (name in hears)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
def test_users_without_a_link_hear_nothing(
    client: TestClient, desk_site: Site, kept: dict, role: Role
) -> None:
    desk_site.add("user", role)
    client.cookies.set(COOKIE, desk_site.session("user"))
    foreign, missing = client.get(f"/qa/audio/{kept['Sara'][0]}"), client.get("/qa/audio/000000000000")
    assert (
        (foreign.status_code, foreign.content)
        == (missing.status_code, missing.content)
        == (404, missing.content)
    )
    assert dict(foreign.headers) == dict(missing.headers)  # nothing tells a foreign call from none


def test_ranges_and_no_store(client: TestClient, desk_site: Site, kept: dict) -> None:
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    key, _team, _agent, data = kept["Sara"]
    answer = client.get(f"/qa/audio/{key}", headers={"Range": "bytes=100-199"})
    assert answer.status_code == 206
    assert answer.content == data[100:200]
    assert answer.headers["content-range"] == f"bytes 100-199/{len(data)}"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-type"] in ("audio/wav", "audio/x-wav")


def test_no_session_no_sound(client: TestClient, kept: dict) -> None:
    assert client.get(f"/qa/audio/{kept['Sara'][0]}").status_code == 401


def test_a_file_that_is_gone_is_not_found(client: TestClient, desk_site: Site, kept: dict) -> None:
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    for file in site.settings().recordings_dir.rglob("*.wav"):
        file.unlink()
    assert client.get(f"/qa/audio/{kept['Sara'][0]}").status_code == 404


@pytest.mark.parametrize("ending", ["html", "svg", "js", "xml"])
def test_a_recording_is_never_served_as_something_that_runs(
    client: TestClient, desk_site: Site, tmp_path: Path, ending: str
) -> None:
    source = tmp_path / f"call.{ending}"
    source.write_bytes(b"<script>alert(1)</script>")
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    answer = client.get(f"/qa/audio/{kept_call(source)[0]}")
    assert answer.headers["content-type"] == "application/octet-stream"
