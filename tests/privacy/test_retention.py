"""Retention: nothing goes unless the site says so and somebody has looked; what goes is gone."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from qa.cli import main
from qa.errors import InvalidSetting
from qa.privacy import errand, retention
from qa.privacy.errand import PrivacyErrand
from qa.privacy.retention import NAMES, apply, look_over, mark_of, read_rules, read_schedule, set_rule, switch
from qa.settings import Settings
from qa.store import tables as t
from qa.store.database import Database
from qa.store.erasing.holds import NewHold, add_hold
from tests.made_once import made_once
from tests.privacy import customer as known
from tests.privacy.customer import needles, traces

LATER = datetime.now(UTC) + timedelta(days=400)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "known-customer", known.make)


class Copy:
    def __init__(self, made: Path, folder: Path) -> None:
        shutil.copytree(made, folder)
        self.folder = folder
        self.settings = Settings(data_dir=folder / "var", language="en")
        self.database = Database.open(self.settings.url)

    def rule(self, name: str, days: int | None) -> None:
        with self.database.write() as tx:
            set_rule(tx, name, days, None)

    def on(self) -> None:
        with self.database.write() as tx:
            switch(tx, None, on=True, seen=mark_of(read_rules(tx)))

    def apply(self, now: datetime = LATER) -> list[str]:
        return list(apply(self.database, self.settings, now, None))

    def due(self, now: datetime = LATER) -> dict[str, int]:
        return {one.name: one.holding.due for one in look_over(self.database, self.settings, now)}

    def counts(self) -> dict[str, int]:
        return {one.name: one.holding.count for one in look_over(self.database, self.settings, LATER)}


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Iterator[Copy]:
    copy = Copy(made, tmp_path / "site")
    yield copy
    copy.database.close()


def test_a_first_run_removes_nothing(site: Copy) -> None:
    before = site.counts()
    assert set(site.due().values()) == {0}
    assert site.apply() == []
    assert site.counts() == before
    with site.database.read() as tx:
        assert set(read_rules(tx).values()) == {None}
        assert not read_schedule(tx).on


def test_every_kind_goes_when_its_time_is_over(site: Copy, tmp_path: Path) -> None:
    with site.database.write() as tx:
        now = datetime.now(UTC)
        message = {"key": "a", "channel": "mail", "kind": "test", "recipient": "a@b.c", "payload": {}}
        times = {"due_at": now, "created_at": now, "state": "sent", "attempts": 1}
        tx.execute(insert(t.outbox).values({**message, **times}))
        session = {"sid_hash": "0" * 64, "user_id": 1, "created_at": now, "last_seen": now, "expires_at": now}
        tx.execute(insert(t.sessions).values(session))
        tx.execute(insert(t.signin_attempts).values(name_key="a", address="1", succeeded=True, at=now))
        source = tx.scalar(select(t.contacts.c.source_id))
        event = {"key": "k", "at": now, "unique_id": "1", "queue": "q", "event": "e"}
        event |= {"customer_hash": "1" * 64}
        tx.execute(insert(t.queue_events).values({**event, "source_id": source, "created_at": now}))
    for folder in ("quarantine", "reports"):
        (site.settings.data_dir / folder).mkdir()
        (site.settings.data_dir / folder / "one").write_text("x")
    with site.database.write() as tx:
        tx.execute(insert(t.rejections).values(file_name="a.wav", reason="It is empty.", created_at=now))
    moved = tmp_path / "tables" / "surveys" / "web"
    for name in ("done", "refused"):
        (moved / name).mkdir(parents=True)
        (moved / name / "one.csv").write_text("x")
    (moved / "waits.csv").write_text("x")
    site.settings = site.settings.model_copy(update={"import_folder": tmp_path / "tables"})
    counts = site.counts()
    assert [name for name, count in counts.items() if not count] == ["sums", "tasks"], (
        "nothing made these yet"
    )
    for name in NAMES:
        site.rule(name, 30)
    young = site.due(datetime.now(UTC) + timedelta(days=29))
    assert {
        young[name] for name in ("audio", "words", "customers", "messages", "reports", "import files")
    } == {0}
    scored = select(t.calls.c.score, t.calls.c.band, t.calls.c.agent_id)
    with site.database.read() as tx:
        before = tx.execute(scored).all()
    site.apply()
    assert site.counts() == dict.fromkeys(NAMES, 0)
    assert (moved / "waits.csv").exists(), "what was not taken in yet is no leftover"
    with site.database.read() as tx:
        assert tx.execute(scored).all() == before
        assert tx.scalar(select(func.count()).select_from(t.removals)) == 5
        assert read_schedule(tx).removed["audio"] == 1
        entry = tx.execute(select(t.audit_log).order_by(t.audit_log.c.position.desc()).limit(1)).one()
    assert (entry.act, entry.subject) == ("retention applied", "retention")
    assert site.apply() == []


def test_words_are_out_of_the_files_without_writing_them_anew(site: Copy, made: Path) -> None:
    words = ("xktranscriptmark", "transcript blob", "xkevidencemark", "xkpromisemark", "xkcomplaintmark",
             "xkmomentmark", "xkcoachmark", known.SPOKEN[1])  # fmt: skip
    every = needles(made)
    wanted = {name: every[name] for name in words}
    for copy in site.settings.data_dir.glob("*.before-*"):
        copy.unlink()
    with site.database.write() as tx:  # an evaluation's learnt sentence is no word of retention
        tx.execute(t.scorecard_versions.delete())
    assert set(traces(site.folder, wanted)) == set(words)
    site.rule("words", 30)
    site.apply()
    assert traces(site.folder, wanted) == {}
    assert site.counts()["audio"] == 1


def test_what_is_held_stays(site: Copy) -> None:
    with site.database.write() as tx:
        key = tx.scalar(select(t.calls.c.key))
        add_hold(tx, NewHold("court case", call=key), None)
    for name in ("audio", "words", "notes", "evaluations", "customers", "moments"):
        site.rule(name, 30)
    assert set(site.due().values()) == {0}
    assert site.apply() == []


def test_who_dies_over_a_file_leaves_it_to_the_next_run(site: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    site.rule("audio", 30)
    with monkeypatch.context() as patch:
        patch.setattr(retention, "delete_files", die)
        with pytest.raises(KeyboardInterrupt):
            site.apply()
    with site.database.read() as tx:
        assert tx.scalar(select(t.calls.c.media)) is None, "no row tells of a file that may be gone"
    assert list(site.settings.recordings_dir.rglob("*.ogg"))
    site.apply()
    assert not [path for path in site.settings.recordings_dir.rglob("*.*") if path.suffix != ".srt"]


def test_the_worker_waits_until_somebody_has_looked(site: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return LATER

    monkeypatch.setattr(errand, "datetime", Later)
    site.rule("audio", 30)

    def work() -> int:
        fresh = PrivacyErrand(site.database, site.settings)
        while fresh.look():
            pass
        return site.counts()["audio"]

    assert work() == 1
    with pytest.raises(InvalidSetting, match="dry run"), site.database.write() as tx:
        switch(tx, None, on=True, seen="of other rules")
    site.on()
    site.rule("words", 30)
    assert work() == 1, "a rule that changed wants to be looked at"
    site.on()
    assert work() == 0
    with site.database.read() as tx:
        assert read_schedule(tx).last == LATER


@pytest.mark.parametrize(("name", "days"), [("everything", 3), ("audio", 0), ("audio", 40_000)])
def test_rules_that_cannot_be(site: Copy, name: str, days: int) -> None:
    with pytest.raises(InvalidSetting):
        site.rule(name, days)


def test_the_command_looks_first(
    site: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(site.settings.data_dir))
    site.database.close()
    assert main(["retention", "set", "sign-ins", "30"]) == 0
    assert main(["retention", "apply", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert [line["kind"] for line in lines] == list(NAMES)
    assert lines[0]["count"] == 1
    assert main(["retention", "apply", "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"removed": {}}
    assert main(["retention", "schedule", "on"]) == 0
    assert main(["retention", "set", "audio", "never"]) == 2
