"""What machines that watch get: alive, ready, figures; and what nobody else gets."""

import logging
from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families as read_metrics
from starlette.testclient import TestClient

from dashboard import measures
from dashboard.data import site
from dashboard.server.access import shown
from qa.store.work import stages, workers
from tests.dashboard.desk import Site
from tests.store.job_rows import claimed, queued

TOKEN = "t0ken-of-the-monitor-24"
BRING = {"Authorization": f"Bearer {TOKEN}"}


def figures(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in read_metrics(text):
        for sample in family.samples:
            labels = tuple(value for _name, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def test_alive_says_nothing_but_that(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_ready_names_what_is_in_the_way(client: TestClient, desk_site: Site) -> None:
    assert client.get("/readyz").json() == {
        "status": "ready", "checks": {"database": True, "folder": True, "disk": True},
    }  # fmt: skip
    with site.database().write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = 'other'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Cookie": f"token={TOKEN}"},
    ],
)
def test_figures_only_for_the_token(
    client: TestClient, setting: Callable[[str, str], None], headers: dict[str, str]
) -> None:
    assert client.get("/metrics", headers=headers | BRING).status_code == 404  # no token is set
    setting("QA_METRICS_TOKEN", TOKEN)
    answer = client.get(f"/metrics?token={TOKEN}", headers=headers)
    assert (answer.status_code, answer.text) == (401, "bring the token")


def test_figures_tell_the_state_of_the_site(
    client: TestClient, desk_site: Site, setting: Callable[[str, str], None]
) -> None:
    setting("QA_METRICS_TOKEN", TOKEN)
    desk_site.add("boss")
    desk_site.session("boss")
    with site.database().write() as tx:
        claimed(tx, queued(tx, 1), "worker-1")
        queued(tx, 2)
        workers.arrive(tx, "worker-1", "host", "0.1.0")
        stages.add_stages(tx, "worker-1", {"transcribe": 4.0, "review": 7.0})
        stages.add_stages(tx, "worker-1", {"transcribe": 0.7, "review": 9000.0})
    with measures.page("calls"):
        pass
    answer = client.get("/metrics", headers=BRING)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = figures(answer.text)
    assert found["shenava_up"] == {(): 1}
    jobs = found["shenava_jobs"]
    assert {state[0]: count for state, count in jobs.items()} == {
        "queued": 1,
        "running": 1,
        "failed": 0,
        "dead": 0,
    }
    assert found["shenava_sessions"] == {(): 1}
    assert 0 <= found["shenava_oldest_job_seconds"][()] < 60
    assert 0 <= found["shenava_worker_silence_seconds"][("worker-1",)] < 60
    assert found["shenava_review_seconds_sum"][("worker-1", "review")] == 9007
    buckets = found["shenava_review_seconds_bucket"]
    assert buckets["worker-1", "1.0", "transcribe"] == 1
    assert buckets["worker-1", "5.0", "transcribe"] == buckets["worker-1", "+Inf", "transcribe"] == 2
    assert buckets["worker-1", "3600.0", "review"] == 1
    assert found["shenava_page_seconds_count"][("calls",)] >= 1
    assert found["shenava_database_bytes"][()] > 100_000


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/calls", "/calls"),
        ("/qa/audio/0123456789ab", "/qa/audio/…"),
        ("/media/d025075473351fd90929aaf8f12314c9.wav", "/media/…"),
        ("/_stcore/upload_file/5b2c-session/9f-file", "/_stcore/upload_file/…"),
    ],
)
def test_addresses_that_open_something_are_not_logged_whole(path: str, logged: str) -> None:
    assert shown(path) == logged


def test_requests_are_logged_without_their_query(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "dashboard.server.access")
    client.get("/qa/first-run?token=5ecret-0f-the-site")
    (line,) = [record for record in caplog.records if record.name == "dashboard.server.access"]
    assert (line.about["path"], line.about["status"]) == ("/qa/first-run", 403)
    assert "5ecret" not in str(line.__dict__)
