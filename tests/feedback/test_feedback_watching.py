"""Tables in a watched folder: read as their source is read, moved when done, refused with a reason."""

import os
from pathlib import Path

import pytest

from qa.feedback import IMPORTERS
from qa.feedback.watching import ImportWatch
from qa.settings import read_settings
from qa.store.database import Database
from qa.store.scope import Scope
from qa.store.voice.feedback_frames import comments_frame, surveys_frame
from qa.store.voice.import_log import list_imports
from tests.store.fresh import fresh

NOW = 2_000_000_000.0
GOOD = "answered,csat\n2026-01-05,4\n2026-01-06,9\n"


def put(folder: Path, name: str, text: str, age: float = 60) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (NOW - age, NOW - age))
    return path


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_files_come_in_and_go_where_they_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    settings = read_settings(data_dir=tmp_path / "data", database_url=None)
    fresh(settings.url)
    database = Database.open(settings.url)
    watch = ImportWatch(database, settings, folder, IMPORTERS, lambda: NOW)
    assert watch.look() is None, "the folder is not there yet"
    put(folder, "surveys/sms/a.csv", GOOD)
    put(folder, "surveys/sms/growing.csv", GOOD, age=1)
    put(folder, "surveys/sms/.part.csv", GOOD)
    put(folder, "comments/google-play/b.csv", "Review Text,Star Rating\nخوب,5\n")
    put(folder, "comments/other/c.csv", "mood\nbad\n")
    put(folder, "orders/shop/d.csv", "customer,time\n,2026-01-05\n")
    assert [watch.look() is not None for _ in range(5)] == [True] * 4 + [False]
    assert below(folder) == {
        "surveys/sms/done/a.csv",
        "surveys/sms/refused/a.csv.rejected.csv",
        "surveys/sms/growing.csv",
        "surveys/sms/.part.csv",
        "comments/google-play/done/b.csv",
        "comments/other/refused/c.csv",
        "comments/other/refused/c.csv.reason.txt",
        "orders/shop/refused/d.csv",
        "orders/shop/refused/d.csv.rejected.csv",
        "orders/shop/refused/d.csv.reason.txt",
    }
    assert "No column is known" in (folder / "comments/other/refused/c.csv.reason.txt").read_text()
    assert "names no customer" in (folder / "orders/shop/refused/d.csv.reason.txt").read_text()
    assert surveys_frame(database, Scope.all())["score"].to_list() == [4]
    assert comments_frame(database)["channel"].to_list() == ["Google Play"]
    put(folder, "surveys/sms/a.csv", GOOD)
    monkeypatch.setattr("shutil.move", lambda *_: (_ for _ in ()).throw(PermissionError()))
    assert [watch.look() is not None for _ in range(2)] == [True, False], "not again while it stays the same"
    with database.read() as tx:
        entries = list_imports(tx, 9)
    assert [entry.via for entry in entries] == ["folder"] * 5
    assert sum(entry.refusal is not None for entry in entries) == 1
    database.close()
