"""Imported rows on both databases: once however often they come, completed, joined to calls."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from qa.errors import NotFound
from qa.feedback import IMPORTERS, Choices, House, Importer, import_file, prepare, read_table, store, try_out
from qa.feedback.importing import Outcome, kept_of
from qa.ingest.customers import customer_hash
from qa.store.account import push_keys
from qa.store.call.calls import register
from qa.store.call.links import join_rows
from qa.store.database import Database
from qa.store.kinds import ImportKind
from qa.store.scope import Scope
from qa.store.voice import feedback
from qa.store.voice.feedback_frames import (
    comments_frame,
    contacts_frame,
    queue_events_frame,
    surveys_frame,
)
from qa.store.voice.import_log import Origin, count_imports, list_imports, look_source, note_refusal
from tests.store.samples import new_call

HOUSE = House(ZoneInfo("Asia/Tehran"), b"k" * 32, "IR")
SURVEYS, COMMENTS, _ORDERS, QUEUE_LOG, CDR = IMPORTERS
HEAD = "id,sent,answered,csat,call,customer,comment\n"


def taken(database: Database, importer: Importer, folder: Path, text: str, source: str = "s") -> Outcome:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(database, importer, path, Choices({}), (HOUSE, source))


def counts(found: Outcome) -> tuple[int, int, int, int]:
    return found.imported, found.updated, found.already, found.rejected.rows.height


def test_rows_come_once_and_are_completed(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "CHUNK", 2)
    monkeypatch.setattr(feedback, "ASKED", 2)
    sent = HEAD + "".join(f"{n},2026-01-05,,,,,\n" for n in range(5))
    answered = HEAD + "".join(f"{n},2026-01-05,2026-01-06,{n % 5 + 1},,,خوب\n" for n in range(6))
    assert counts(taken(database, SURVEYS, tmp_path, sent)) == (5, 0, 0, 0)
    assert counts(taken(database, SURVEYS, tmp_path, answered)) == (1, 5, 0, 0)
    assert counts(taken(database, SURVEYS, tmp_path, answered + "7,2026-01-05,x,9,,,\n")) == (0, 0, 6, 1)
    assert counts(taken(database, SURVEYS, tmp_path, sent, "another"))[0] == 5
    found = surveys_frame(database, Scope.all()).filter(pl.col("source") == "s")
    assert sorted(found["score"]) == [1, 1, 2, 3, 4, 5]
    reply = "id,time,text,reply,reply time\n1,2026-01-05,بد,ببخشید,2026-01-06\n2,2026-01-05,,,\n"
    assert counts(taken(database, COMMENTS, tmp_path, reply)) == (1, 0, 0, 1)
    assert counts(taken(database, COMMENTS, tmp_path, reply)) == (0, 0, 1, 1)
    assert comments_frame(database).height == 1


def test_a_try_stores_nothing_and_a_file_is_remembered(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "09121234567.csv"
    path.write_text("When,Mood\n13/01/2026,5\n14/01/2026,9\n", encoding="utf-8")
    said = Choices({"When": "answered", "Mood": "csat"}, dates="dmy", whole=True)
    prepared = prepare(SURVEYS, read_table(path), said, kept_of(database, SURVEYS, "x"), (HOUSE, "x"))
    for _ in range(2):
        assert counts(try_out(database, prepared)) == (1, 0, 0, 1)
    with database.read() as tx:
        assert look_source(tx, ImportKind.SURVEYS, "x").id is None
    done: list[int] = []
    assert counts(store(database, prepared, path, Origin("page", "Sara"), done.append)) == (1, 0, 0, 1)
    assert done == [1]
    assert counts(try_out(database, prepared)) == (0, 0, 1, 1)
    with database.write() as tx:
        note_refusal(tx, ImportKind.SURVEYS, "x", "b.csv", ("It is empty.", Origin("folder")))
    with database.read() as tx:
        kept = look_source(tx, ImportKind.SURVEYS, "x")
        refused, entry = list_imports(tx, 5)
        assert count_imports(tx) == 2
    assert (kept.mapping, kept.dates) == (said.mapping, "dmy")
    assert (refused.refusal, refused.via, refused.read) == ("It is empty.", "folder", 0)
    assert (entry.file_name, entry.person, entry.imported) == ("***.csv", "Sara", 1)
    assert entry.reasons == ((prepared.rows["problem"][1], 1, 3),)


BEGUN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
UNIQUE = "1767603600.12"
LATE = [
    # what names the call, customer, hours between call and answer; how it is linked
    (UNIQUE, "", 200, "call id"),
    (f"q-500-{UNIQUE}", "", 1, "call id"),
    ("elsewhere", "c1", 71, "customer"),
    ("elsewhere", "c1", 73, None),
    ("elsewhere", "c1", -1, None),
    ("elsewhere", "c2", 1, None),
]


def recorded(database: Database, seed: int, file: str, customer: str | None = None, hours: float = 0) -> int:
    """A recording that comes now."""
    hashed = customer_hash(customer, HOUSE.key, HOUSE.region) if customer else None
    began = BEGUN + timedelta(hours=hours)
    with database.write() as tx:
        made = register(tx, new_call(seed, file_name=file, customer_hash=hashed, started_at=began))
        join_rows(tx, made.call_id)
    return made.call_id


def test_what_came_before_its_recording_finds_it(database: Database, tmp_path: Path) -> None:
    lines = [
        f"{n},,{BEGUN + timedelta(hours=hours):%Y-%m-%dT%H:%M:%S+00:00},4,{call},{customer},\n"
        for n, (call, customer, hours, _) in enumerate(LATE)
    ]
    assert taken(database, SURVEYS, tmp_path, HEAD + "".join(lines)).linked == 0
    log = f"1767603600|{UNIQUE}|support|NONE|ENTERQUEUE||x|1\n"
    log += f"1767603640|{UNIQUE}|support|SIP/1|CONNECT|40|x|1\n"
    taken(database, QUEUE_LOG, tmp_path, log)
    taken(database, CDR, tmp_path, f"call,time,outcome\n{UNIQUE},2026-01-05 12:30,ANSWERED\n")
    call = recorded(database, 1, f"q-500-{UNIQUE}.wav", "c1")
    found = surveys_frame(database, Scope.all())
    assert found["linked_by"].to_list() == [expected for *_, expected in LATE]
    assert found.filter(pl.col("linked_by").is_not_null())["call_id"].unique().to_list() == [call]
    assert queue_events_frame(database)["call_id"].to_list() == [call, call]
    assert contacts_frame(database)["call_id"].to_list() == [call]
    again = taken(database, SURVEYS, tmp_path, HEAD + "".join(lines))
    assert (again.imported, again.updated, again.linked) == (0, 0, 3), (
        "the import agrees with what was joined"
    )
    nearer = recorded(database, 2, "other.wav", "c1", hours=70)
    links = surveys_frame(database, Scope.all())["call_id"].to_list()
    assert links == [call, call, nearer, nearer, None, None], "the call nearest before the answer has it"


def test_a_name_of_two_calls_names_neither(database: Database, tmp_path: Path) -> None:
    recorded(database, 1, f"in-{UNIQUE}.wav")
    taken(database, SURVEYS, tmp_path, HEAD + f"1,,2026-01-05,4,{UNIQUE},,\n")
    assert surveys_frame(database, Scope.all())["linked_by"].to_list() == ["call id"]
    taken(database, SURVEYS, tmp_path, HEAD + "2,,2026-01-05,4,1767600000.9,,\n")
    for seed, file in ((2, "in-1767600000.9.wav"), (3, "out-1767600000.9.wav")):
        recorded(database, seed, file)
    assert surveys_frame(database, Scope.all())["call_id"].null_count() == 0, "the first leg had it already"


def test_keys_open_until_they_are_revoked(database: Database) -> None:
    with database.write() as tx:
        secret = push_keys.make_key(tx, " crm ", "Sara")
        (key,) = push_keys.list_keys(tx)
        assert push_keys.find_key(tx, secret) == key
        assert push_keys.find_key(tx, secret[:-1]) is None
        push_keys.note_use(tx, key)
        assert push_keys.list_keys(tx)[0].last_used is not None
        push_keys.revoke_key(tx, key.id)
        assert push_keys.find_key(tx, secret) is None
        with pytest.raises(NotFound):
            push_keys.revoke_key(tx, 99)
    assert (key.source, key.person) == ("crm", "Sara")
