"""What other systems push: with a key, once, told what is wrong in JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.data import push
from dashboard.data.site import Scope, database
from dashboard.server import push as route
from dashboard.server.rate import Rate
from qa import ingest
from qa.store.kinds import JobState
from qa.store.voice.feedback_frames import comments_frame, contacts_frame, surveys_frame
from qa.store.voice.import_log import list_imports
from qa.store.work.jobs import counts
from qa.vault import is_sealed
from tests.dashboard.desk import Site
from tests.dashboard.intake_files import sound

ROW = {"id": "1", "answered": "2026-01-05T10:00:00+03:30", "csat": 5, "customer": "09121234567"}
Answer = tuple[int, dict]  # type: ignore[type-arg]


@pytest.fixture
def secret(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(route, "requests", Rate(120))
    monkeypatch.setattr(route, "refusals", Rate(3))
    return push.make(Scope.all(), "crm", "Sara")


def post(client: TestClient, secret: str, what: str, body: object, **more: str) -> Answer:
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json", **more}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    got = client.post(f"/qa/api/{what}", content=data, headers=headers)
    return got.status_code, got.json()


def test_rows_come_once(client: TestClient, secret: str) -> None:
    for imported in (1, 0):
        status, told = post(
            client, secret, "surveys", [ROW, {"id": "2", "csat": 9, "answered": "2026-01-05"}]
        )
        assert (status, told["imported"], told["already_here"], told["rejected"]) == (
            200,
            imported,
            1 - imported,
            1,
        )
        assert told["refused"][0]["row"] == 2
        assert "csat is outside its scale" in told["refused"][0]["reason"]
    assert surveys_frame(database(), Scope.all())["source"].to_list() == ["crm"]
    with database().read() as tx:
        (entry,) = list_imports(tx, 5)
    assert (entry.read, entry.imported, entry.already, entry.rejected) == (4, 1, 1, 2), "one entry a day"
    lines = b'{"id": "a", "text": "late"}\n{"id": "b", "text": "card 4111 1111 1111 1111"}\n'
    assert (
        post(client, secret, "comments", lines, **{"Content-Type": "application/x-ndjson"})[1]["imported"]
        == 2
    )
    assert comments_frame(database())["text"].to_list() == ["late", "card <CARD_NUMBER>"]


REFUSED = [
    # what, body, type, status, code
    ("surveys", b"{", "application/json", 400, "json"),
    ("surveys", b"[1]", "application/json", 400, "json"),
    ("surveys", b"[]", "application/json", 400, "json"),
    ("surveys", b"\xff", "application/json", 400, "json"),
    ("surveys", b"[" * 50_000, "application/json", 400, "json"),
    ("surveys", b"a=1", "application/x-www-form-urlencoded", 415, "type"),
    ("surveys", [{"mood": 5}], "application/json", 422, "rows"),
    # a date that two orders can be meant with is not guessed
    ("surveys", [ROW | {"answered": "03/04/2026"}], "application/json", 422, None),
    ("calls", [{"id": "../x", "transcript": {}, "time": "2026-01-05"}], "application/json", 422, "rows"),
]


def test_what_is_refused_says_why(client: TestClient, secret: str) -> None:
    for what, body, kind, status, code in REFUSED:
        got, told = post(client, secret, what, body, **{"Content-Type": kind})
        assert got == status, (what, body)
        assert (told["error"]["code"] if code else told["rejected"]) == (code or 1)
    assert client.post("/qa/api/orders").status_code == 401, "the gate is shut for what is no interface"


def test_a_body_without_end_is_stopped(
    client: TestClient, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "LARGEST", 1 << 16)
    sent = []

    def endless() -> Iterator[bytes]:
        for _block in range(1000):
            sent.append(1)
            yield b"[" * (1 << 14)

    head = {"Authorization": f"Bearer {secret}"}
    rows = head | {"Content-Type": "application/json"}
    answer = client.post("/qa/api/surveys", content=endless(), headers=rows)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "size")
    form = head | {"Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post("/qa/api/calls", content=endless(), headers=form)
    assert (answer.status_code, answer.json()["error"]["code"]) == (411, "size")
    large = form | {"Content-Length": str(route.LARGEST_CALL + 1)}
    assert client.post("/qa/api/calls", content=b"", headers=large).status_code == 413


def test_keys_and_how_often(client: TestClient, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/qa/api/surveys").status_code == 405
    assert post(client, secret, "surveys", b" " * (route.LARGEST + 1))[0] == 413
    monkeypatch.setattr(route, "ROWS", 1)
    assert post(client, secret, "surveys", [ROW, ROW])[0] == 413
    now = [0.0]
    monkeypatch.setattr(route, "requests", Rate(2, lambda: now[0]))
    assert [post(client, secret, "surveys", [ROW])[0] for _ in range(3)] == [200, 200, 429]
    now[0] = 61.0
    assert post(client, secret, "surveys", [ROW])[0] == 200
    push.revoke(Scope.all(), push.keys(Scope.all())[0].id)
    got = client.post("/qa/api/surveys", json=[ROW], headers={"Authorization": f"Bearer {secret}"})
    assert (got.status_code, got.headers["www-authenticate"]) == (401, "Bearer")
    assert [post(client, "guess", "surveys", [ROW])[0] for _ in range(3)] == [401, 401, 429]


def test_what_is_pushed_lies_sealed_on_the_disk_meanwhile(
    client: TestClient, secret: str, desk_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying: list[bytes] = []

    def looked(desk: ingest.Desk, path: Path, *rest: object) -> ingest.Outcome:
        found = (desk_site.folder / "uploads").rglob("*")
        lying.extend(file.read_bytes() for file in found if file.is_file())
        return registered(desk, path, *rest)  # type: ignore[arg-type]

    registered = ingest.register_file
    monkeypatch.setattr(ingest, "register_file", looked)
    words = {"language": "en", "utterances": [{"speaker": "agent", "start": 0, "end": 1, "text": "Secretly"}]}
    call = {"id": "s-1", "time": "2026-01-05 10:00", "agent_name": "Sara", "transcript": words}
    parts = {"call": (None, json.dumps(call)), "recording": ("a.wav", sound(4), "audio/wav")}
    told = client.post("/qa/api/calls", files=parts, headers={"Authorization": f"Bearer {secret}"})
    assert told.json()["status"] == "queued"
    assert len(lying) == 2
    assert all(is_sealed(one) for one in lying)


def test_calls_with_and_without_their_recording(client: TestClient, secret: str) -> None:
    call = {"id": "1767603600.5", "time": "2026-01-05 10:00", "queue": "Support", "agent_name": "Sara",
            "customer": "09121234567", "outcome": "ANSWERED", "waited": 12, "talked": 60}  # fmt: skip
    for imported in (1, 0):
        assert post(client, secret, "calls", call)[1]["imported"] == imported
    parts = {"call": (None, json.dumps(call)), "recording": ("a.wav", sound(3), "audio/wav")}
    headers = {"Authorization": f"Bearer {secret}"}
    told = [client.post("/qa/api/calls", files=parts, headers=headers).json() for _ in range(2)]
    assert [one["status"] for one in told] == ["queued", "already here"]
    assert contacts_frame(database())["call_id"].null_count() == 0, "the record found the recording"
    words = {"language": "en", "utterances": [{"speaker": "agent", "start": 0, "end": 1, "text": "Hello"}]}
    status, spoken = post(client, secret, "calls", call | {"id": "t-1", "transcript": words})
    assert (status, spoken["status"]) == (200, "queued")
    with database().read() as tx:
        assert counts(tx)[JobState.QUEUED] == 2
    bad = {"call": (None, json.dumps(call | {"id": "b-1"})), "recording": ("a.wav", b"no sound", "audio/wav")}
    got = client.post("/qa/api/calls", files=bad, headers=headers)
    assert (got.status_code, got.json()["status"]) == (422, "rejected")
    form = client.post("/qa/api/surveys", files=parts, headers=headers)
    assert form.status_code == 415
