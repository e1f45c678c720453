"""``sample`` and the exports of the desk print what docs/formats.md says."""

import csv
import json
import re
from pathlib import Path

from qa.records import Verdict
from qa.settings import Settings
from qa.store.account.users import NewUser, add_user
from qa.store.database import Database
from qa.store.desk.marking import finish, save_draft
from qa.store.desk.reading import load_review
from qa.store.kinds import Role
from qa.store.people import agent_id
from qa.store.scope import Scope
from tests.cli.conftest import Run, data_dir, qa
from tests.store.desk import add_call, agreeing, card
from tests.store.fresh import fresh
from tests.test_docs import EXAMPLES, FORMATS

__all__ = ["data_dir", "qa"]

ROW = r"^\| `(reviews|disputes|calibrations|corrections)` \|[^|]*\|(.*)\|$"
COLUMNS = {
    row[0]: re.findall(r"`(\w+)`", row[1])
    for row in re.findall(
        r"^\| `(reviews|disputes|calibrations|corrections)` \|[^|]*\|(.*)\|$", FORMATS, re.MULTILINE
    )
}


def columns(qa: Run, what: str, folder: Path) -> list[str]:
    for form in ("csv", "json", "parquet"):
        ran = qa("export", what, "--format", form, "--out", folder / f"{what}.{form}")
        assert (ran.code, ran.err) == (0, "")
    with (folder / f"{what}.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == list(json.loads((folder / f"{what}.json").read_text()))
    return list(row)


def test_a_sample_and_what_people_corrected(qa: Run, data_dir: Path, tmp_path: Path) -> None:
    url = Settings(data_dir=data_dir, database_url=None).url
    fresh(url)
    database = Database.open(url)
    with database.write() as tx:
        add_call(tx, 1, {"empathy": Verdict.NOT_MET}, agent_id=agent_id(tx, "Sara"))
        boss = add_user(tx, NewUser("boss", Role.MANAGER))
    nothing = qa("sample", "--week", "1390-01-01")
    assert (nothing.code, nothing.err.count("\n")) == (2, 1)
    ran = qa("sample", "--week", "2026-08-01", "--seed", "7", "--json")
    (row,) = ran.rows
    assert list(row) == list(EXAMPLES["sample"])
    assert (row["agent"], row["layer"], row["reviewer"]) == ("Sara", "random", None)
    assert qa("sample", "--week", "1405-05-10").code == 2  # the same week has a plan
    with database.write() as tx:
        marks = agreeing(load_review(tx, row["review"], Scope.all()), empathy=Verdict.MET)
        save_draft(tx, row["review"], (boss, Scope.all()), marks, 5.0)
        finish(tx, row["review"], boss, Scope.all(), card())
    database.close()
    for what in ("reviews", "corrections"):
        assert columns(qa, what, tmp_path) == COLUMNS[what]
    for what in ("disputes", "calibrations"):  # their rows are tested with the demo's desk
        assert qa("export", what, "--out", tmp_path / "rows.csv").code == 0
        assert (tmp_path / "rows.csv").read_text(encoding="utf-8").strip().split(",") == COLUMNS[what]
