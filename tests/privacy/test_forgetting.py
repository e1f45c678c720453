"""A customer who is forgotten is in no file of the site any more; figures stay; every step is needed."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from qa.errors import InvalidSetting, NotFound
from qa.privacy import customer_of, erase_again, finish_erasures, forget, forgetting, list_certificates, look
from qa.privacy.learnt import Unlearnt
from qa.settings import Settings
from qa.store import tables as t
from qa.store.database import Database
from qa.store.erasing import requests, scrub
from qa.store.erasing.holds import NewHold, add_hold, lift_hold
from tests.made_once import made_once
from tests.privacy import customer as known
from tests.privacy.customer import NUMBER, needles, owned, traces


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "known-customer", known.make)


@pytest.fixture(scope="module")
def wanted(made: Path) -> dict[str, list[bytes]]:
    return needles(made)


class Copy:
    """The site, copied for a test that changes it."""

    def __init__(self, made: Path, folder: Path) -> None:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        self.folder = folder
        self.settings = Settings(data_dir=folder / "var", language="en")
        self.database = Database.open(self.settings.url)
        self.customer = customer_of(self.settings, NUMBER)

    def count(self, table: str) -> int:
        with self.database.read() as tx:
            return int(tx.scalar(select(func.count()).select_from(t.metadata.tables[table])) or 0)


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Iterator[Copy]:
    copy = Copy(made, tmp_path / "site")
    yield copy
    copy.database.close()


def test_everything_is_there_before(made: Path, wanted: dict[str, list[bytes]]) -> None:
    missing = set(wanted) - set(traces(made, wanted))
    assert missing <= {NUMBER, NUMBER[1:]}, "each trace can be found, and the number was never stored"


def test_nothing_is_found_after(site: Copy, wanted: dict[str, list[bytes]]) -> None:
    with site.database.read() as tx:
        before = tx.execute(select(t.calls.c.score, t.calls.c.band, t.calls.c.local_day)).all()
    counted = ("calls", "evaluations", "criterion_results", "promises", "call_complaints", "measurements")
    rows = {name: site.count(name) for name in (*counted, "surveys", "comments", "orders", "contacts")}
    certificate = forget(site.database, site.settings, site.customer, None)
    assert traces(site.folder, wanted) == {}
    assert all(site.count(name) == many for name, many in rows.items()), "what is counted stays"
    for name in (
        "transcripts",
        "redactions",
        "call_notes",
        "exemplary_moments",
        "follow_ups",
        "file_removals",
    ):
        assert site.count(name) == 0, name
    with site.database.read() as tx:
        assert tx.execute(select(t.calls.c.score, t.calls.c.band, t.calls.c.local_day)).all() == before
        feelings = tx.scalars(select(t.text_sentiments.c.label)).all()
    assert feelings == ["negative", "negative"], "what words were read as still counts"
    assert owned(site.database) == frozenset()
    assert certificate.facts["clean"]
    counts = certificate.facts["counts"]
    once = ("calls", "audio", "transcript files", "transcripts", "moments", "coaching", "surveys", "comments",
            "orders", "telephone", "follow-ups")  # fmt: skip
    assert [counts[name] for name in once] == [1] * len(once)
    assert counts["examples"] == 2
    assert counts["notes"] == 6


STEPS = [name for name, _ in (*requests.CALLS, *requests.PEOPLE) if name != "redactions"]  # they hold no word
MARKS = {"search": "xktranscriptmark", "transcripts": "transcript blob", "calls": known.NAME}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_left_out_is_found_out(
    site: Copy, wanted: dict[str, list[bytes]], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CALLS", "PEOPLE"):
        steps = [(key, (lambda *_: 0) if key == step else take) for key, take in getattr(requests, name)]
        monkeypatch.setattr(requests, name, tuple(steps))
    monkeypatch.setattr(forgetting, "unlearn", lambda *_: Unlearnt(0, ()))  # to read a scorecard is dear
    forget(site.database, site.settings, site.customer, None)
    found = set(traces(site.folder, wanted)) - {known.LEARNT}
    assert found
    assert MARKS.get(step, next(iter(found))) in found


def nothing(*_: object) -> int:
    return 0


@pytest.mark.parametrize(
    ("module", "name", "mark"),
    [
        (forgetting, "delete_files", "transcript blob"),
        (forgetting, "delete_copies", "xkcopymark"),
        (forgetting, "unlearn", known.LEARNT),
        (scrub, "_merge", "xktranscriptmark"),
        (scrub, "_vacuum", "xkremainsmark"),
        (scrub, "_truncated", ""),
    ],
)
def test_a_remnant_that_is_left_is_found_out(
    site: Copy,
    wanted: dict[str, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    mark: str,
) -> None:
    monkeypatch.setattr(forgetting, "unlearn", lambda *_: Unlearnt(0, ()))
    if name != "unlearn":
        monkeypatch.setattr(module, name, (lambda *_: True) if name == "_truncated" else nothing)
    forget(site.database, site.settings, site.customer, None)
    found = set(traces(site.folder, wanted)) - ({known.LEARNT} if name != "unlearn" else set())
    if name == "delete_files":
        mark = next(key for key in found if key.endswith(".wav") or "." in key)
    assert found
    assert not mark or mark in found


def test_looking_changes_nothing_and_tells_what_is_done(site: Copy) -> None:
    before = (site.settings.data_dir / "shenava.db").read_bytes()
    prospect = look(site.database, site.settings, site.customer)
    assert (site.settings.data_dir / "shenava.db").read_bytes() == before
    assert site.count("transcripts") == 1
    done = forget(site.database, site.settings, site.customer, None)
    assert dict(prospect.counts) == done.facts["counts"]
    assert prospect.copies == done.facts["copies"] == 1
    with pytest.raises(NotFound):
        forget(site.database, site.settings, site.customer, None)


def test_the_same_files_do_not_bring_it_back(
    site: Copy, wanted: dict[str, list[bytes]], tmp_path: Path
) -> None:
    forget(site.database, site.settings, site.customer, None)
    folder = tmp_path / "again"
    folder.mkdir()
    assert known.feedback(site.database, site.settings, folder) == 0
    shutil.rmtree(folder)
    assert traces(site.folder, wanted) == {}


def test_who_dies_in_between_leaves_it_to_the_next_run(
    site: Copy, wanted: dict[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "delete_files", die)
        with pytest.raises(KeyboardInterrupt):
            forget(site.database, site.settings, site.customer, None)
    assert list_certificates(site.settings) == ()
    (certificate,) = finish_erasures(site.database, site.settings)
    assert certificate.facts["clean"]
    assert traces(site.folder, wanted) == {}
    assert finish_erasures(site.database, site.settings) == ()


def test_a_certificate_proves_it_and_names_nobody(site: Copy) -> None:
    made = forget(site.database, site.settings, site.customer, None)
    folder = site.settings.data_dir / "certificates"
    value = json.loads((folder / f"{made.name}.json").read_text("utf-8"))
    assert value["request"] == forgetting.request_of(site.settings, site.customer)
    assert value["removed"]["audio"] == 1
    with site.database.read() as tx:
        entry = tx.execute(select(t.audit_log).where(t.audit_log.c.position == value["audit"])).one()
    assert (entry.act, entry.subject) == ("erased", f"request:{value['request'][:16]}")
    page = (folder / f"{made.name}.html").read_text("utf-8")
    assert "Certificate of erasure" in page
    assert "گواهی پاک کردن" in page
    assert not re.search(r"https?://|<script", page)
    assert list_certificates(site.settings) == (made,)


def test_a_restored_back_up_is_erased_again(site: Copy, made: Path, wanted: dict[str, list[bytes]]) -> None:
    forget(site.database, site.settings, site.customer, None)
    assert erase_again(site.database, site.settings, really=True) == ()
    site.database.close()
    shutil.copytree(made / "var", site.settings.data_dir, dirs_exist_ok=True)
    again = Database.open(site.settings.url)
    assert len(erase_again(again, site.settings, really=False)) == 1
    assert traces(site.folder, wanted)
    assert len(erase_again(again, site.settings, really=True)) == 1
    again.close()
    assert traces(site.folder, wanted) == {}


def test_a_legal_hold_stops_it(site: Copy) -> None:
    with site.database.write() as tx:
        number = add_hold(tx, NewHold("court case", customer=site.customer), None)
    assert look(site.database, site.settings, site.customer).hold == number
    with pytest.raises(InvalidSetting, match=f"Legal hold {number}"):
        forget(site.database, site.settings, site.customer, None)
    assert site.count("transcripts") == 1
    with site.database.write() as tx:
        lift_hold(tx, number, None)
        key = tx.scalar(select(t.calls.c.key))
        add_hold(tx, NewHold("court case", call=key), None)
    done = forget(site.database, site.settings, site.customer, None)
    assert done.facts["held"] == [key]
    assert site.count("transcripts") == 1, "the call that is held stays whole"
    with site.database.read() as tx:
        assert tx.scalar(select(t.calls.c.customer_hash)) == site.customer
        assert tx.scalar(select(t.comments.c.text)) == ""
