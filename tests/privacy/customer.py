"""A site that knows one customer everywhere that one can be known, each trace with a mark of its own."""

import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from sqlalchemy import insert, select, update

from qa.audio import decode, peaks
from qa.feedback import IMPORTERS, Choices, house_of, import_file
from qa.ingest import open_desk, plan, take_in
from qa.pipeline import Sound, Tools, review_transcript
from qa.privacy import customer_of
from qa.records import Review
from qa.scorecard import default_scorecard, parse_scorecard, shipped_texts
from qa.settings import ROOT, Settings
from qa.store import tables as t
from qa.store.account.users import NewUser, add_user
from qa.store.call.calls import all_media
from qa.store.call.reviews import save_review
from qa.store.card.drafts import begin_draft
from qa.store.card.scorecards import publish
from qa.store.database import Database, Transaction
from qa.store.kinds import CommentStep, Feeling, FollowUpReason, ImportKind, Role
from qa.store.shelf.recordings import Recordings
from qa.store.types import utc_now
from qa.store.voice.sentiments import Reading, key_texts, save_readings, text_key
from qa.store.work.jobs import finish
from qa.transcribe import read_transcript
from qa.worker.reviewing import site_options
from tests.store.fresh import fresh

NUMBER = "09123456789"
SPOKEN = ("صفر نهصد و دوازده", "oh nine one two")
NAME = "Qarachorlu"
LEARNT = "my zebra quilt arrived torn in two"
SRT = f"""1
00:00:00,500 --> 00:00:04,100
[agent] Hello, Parsa company, my name is Sara. We will call you back tomorrow.

2
00:00:04,600 --> 00:00:09,000
[customer] This is {NAME}, {SPOKEN[1]} three four five six seven eight nine. {LEARNT}.

3
00:00:09,600 --> 00:00:14,000
[customer] I want to make a complaint. شماره‌ام {SPOKEN[0]} سیصد و چهل و پنج شصت و هفت هشتاد و نه است
xktranscriptmark.
"""
FILES = {
    ImportKind.SURVEYS: "id,Survey date,csat,Customer,Comment\n"
    f"xksurveyid,13/01/26,1,{NUMBER},xksurveymark bad\n",
    ImportKind.COMMENTS: "id,date,text,customer,author,reply\n"
    f"7,2026-01-13,xkcommentmark bad,{NUMBER},{NAME},xkreplymark\n",
    ImportKind.ORDERS: f"order id,customer,date\nxkordermark,{NUMBER},2026-01-12\n",
    ImportKind.CDR: f"uniqueid,start,disposition,src,billsec\n17.1,2026-01-12 10:00:00,ANSWERED,{NUMBER},9\n",
}
SOUND = ROOT / "data" / "demo" / "audio"


def make(folder: Path, url: str | None = None) -> Path:
    """The site in a folder, complete and closed; its database there, or at a URL."""
    settings = Settings(data_dir=folder / "var", language="en", database_url=url)
    fresh(settings.url)
    database = Database.open(settings.url)
    call = _heard(database, settings, folder / "in")
    assert feedback(database, settings, folder / "in") == len(FILES)
    shutil.rmtree(folder / "in")
    with database.write() as tx:
        _written(tx, call, customer_of(settings, NUMBER))
        _learnt(tx)
    key_texts(database)
    with database.write() as tx:
        keys = [*tx.scalars(select(t.surveys.c.text_key)), *tx.scalars(select(t.comments.c.text_key))]
        save_readings(tx, "model", [Reading(key, Feeling.NEGATIVE, -0.9, 0.9, "en") for key in keys if key])
    database.close()
    if url is None:
        _remains(Path(settings.data_dir) / "shenava.db")
    return folder


def _heard(database: Database, settings: Settings, folder: Path) -> int:
    folder.mkdir(parents=True)
    sound = SOUND / "en-booking-interrupted.ogg"
    named = folder / f"{NAME}-call{sound.suffix}"
    shutil.copy(sound, named)
    named.with_suffix(".srt").write_text(SRT, encoding="utf-8")
    table = folder / "calls.csv"
    table.write_text(f"file,customer,agent\n{named.name},{NUMBER},Sara\n", encoding="utf-8")
    plain = settings.model_copy(update={"seal": False})  # sealed bytes would be found by no search
    with open_desk(database, plain) as desk:
        (outcome,) = take_in(desk, plan(desk, [named, named.with_suffix(".srt")], table))
    assert outcome.status == "queued", outcome
    recording, audio = decode(named, maximum=7200)
    words = read_transcript(named.with_suffix(".srt"))
    options = replace(site_options(settings), made=datetime.now(UTC))
    found: Review = review_transcript(
        words,
        Sound(recording, audio),
        Tools(None, lambda _: default_scorecard("en")),
        options,
        lambda *_: None,
    )
    with database.write() as tx:
        call = tx.execute(select(t.calls)).one()
        save_review(tx, call.id, found, peaks(audio, 200))
        finish(tx, call.id)
    recordings = Recordings(settings.recordings_dir)
    copy = b"playable copy " + audio.samples[0, :999].tobytes()
    recordings.copy(call.media, "mark", lambda out: out.write(copy))
    return int(call.id)


def feedback(database: Database, settings: Settings, folder: Path) -> int:
    """Import the files of surveys, comments, orders and telephone records; gives how many rows are new."""
    new = 0
    by_kind = {one.kind: one for one in IMPORTERS}
    for kind, text in FILES.items():
        path = folder / f"{kind.value}.csv"
        path.write_text(text, encoding="utf-8")
        done = import_file(database, by_kind[kind], path, Choices({}), (house_of(settings), kind.value))
        assert done.rejected.rows.height == 0, (kind, done)
        new += done.imported
    return new


def _written(tx: Transaction, call: int, customer: str) -> None:
    """What people and rules wrote about the call; quotes get marks that stand in no transcript."""
    user = add_user(tx, NewUser("lead", Role.SUPERVISOR))
    now = utc_now()
    evaluation = tx.scalar(select(t.evaluations.c.id))
    some = select(t.criterion_results.c.key).where(t.criterion_results.c.evaluation_id == evaluation).limit(1)
    key = tx.scalar(some)
    here = (t.criterion_results.c.evaluation_id == evaluation) & (t.criterion_results.c.key == key)
    tx.execute(update(t.criterion_results).where(here).values(evidence=[[0, "xkevidencemark", None]]))
    assert tx.execute(update(t.promises).values(quote="xkpromisemark", when="xkwhenmark")).rowcount > 0
    assert tx.execute(update(t.call_complaints).values(quote="xkcomplaintmark")).rowcount > 0
    promise = tx.scalar(select(t.promises.c.id))
    tx.execute(insert(t.promise_events).values(promise_id=promise, note="xkpromisenote", created_at=now))
    tx.execute(insert(t.call_notes).values(call_id=call, user_id=user, text="xknotemark", created_at=now))
    facts = tx.execute(select(t.calls.c.agent_id, t.calls.c.key).where(t.calls.c.id == call)).one()
    moment = {"start": 0.0, "end": 4.0, "utterances": [0], "why": "xkwhymark", "title": "xktitlemark"}
    state = {"key": key, "state": "proposed", "added_by": user, "named": False, "created_at": now}
    lines = [[0, "agent", 0.0, "xkmomentmark"]]
    tx.execute(insert(t.exemplary_moments).values(call_id=call, lines=lines, **moment, **state))
    review = _reviewed(tx, call, user, key)
    dispute = {
        "call_id": call, "key": key, "scorecard": "default-en", "version": 1, "agent_id": facts.agent_id,
        "opened_by": user, "original": "met", "source": "auto", "review_id": review, "round": 1,
        "state": "open", "opened_at": now, "due": now + timedelta(days=1),
    }  # fmt: skip
    number = tx.scalar(insert(t.disputes).values(dispute).returning(t.disputes.c.id))
    event = {"dispute_id": number, "round": 1, "step": "opened", "user_id": user, "text": "xkdisputemark"}
    tx.execute(insert(t.dispute_events).values({**event, "at": now}))
    _around(tx, call, facts.key, customer, user)


def _reviewed(tx: Transaction, call: int, user: int, key: str | None) -> int:
    row = {
        "call_id": call, "kind": "review", "layer": "random", "week": 1, "reasons": [],
        "scorecard": "default-en", "version": 1, "reviewer_id": user, "assigned_at": utc_now(),
        "state": "finished",
        "auto_status": "scored", "replaced_reason": "xkreplacedmark",
    }  # fmt: skip
    number = int(tx.scalar(insert(t.reviews).values(row).returning(t.reviews.c.id)) or 0)
    verdict = {"position": 0, "automatic": "met", "confidence": 0.5, "changed": True}
    said = {"reason": "xkreasonmark", "note": "xkreviewnote"}
    tx.execute(insert(t.review_verdicts).values(review_id=number, key=key, **verdict, **said))
    return number


def _around(tx: Transaction, call: int, key: str, customer: str, user: int) -> None:
    now = utc_now()
    session = {
        "criterion": "empathy", "focus": "", "coach_id": user, "try_aloud": "", "goal": "",
        "action": "", "notes": "", "prepared_at": now, "follow_up_note": "",
    }  # fmt: skip
    state = next(iter(t.coaching_sessions.c.state.type.enums))
    made = insert(t.coaching_sessions).values({**session, "state": state}).returning(t.coaching_sessions.c.id)
    moment = {"position": 0, "call_id": call, "utterances": [0], "quote": "xkcoachmark", "verdict": "met"}
    tx.execute(insert(t.coaching_moments).values(session_id=tx.scalar(made), good=True, **moment))
    alert = {"rule": "abuse", "group_key": "", "state": "open", "count": 1, "first_day": 1, "last_day": 1}
    number = tx.scalar(
        insert(t.alerts).values({**alert, "facts": {}, "created_at": now}).returning(t.alerts.c.id)
    )
    tx.execute(insert(t.alert_causes).values(alert_id=number, rule="abuse", cause=key, created_at=now))
    step = next(iter(t.alert_events.c.step.type.enums))
    tx.execute(insert(t.alert_events).values(alert_id=number, step=step, note="xkalertmark", created_at=now))
    follow = {"customer_hash": customer, "reason": FollowUpReason.COMPLAINT, "created_at": now}
    kept = tx.scalar(insert(t.follow_ups).values(follow).returning(t.follow_ups.c.id))
    tx.execute(insert(t.follow_up_events).values(follow_up_id=kept, note="xkfollowmark", created_at=now))
    comment = tx.scalar(select(t.comments.c.id))
    noted = {
        "comment_id": comment,
        "step": CommentStep.NOTED,
        "text": "xkstepmark",
        "user_id": user,
        "at": now,
    }
    tx.execute(insert(t.comment_events).values(noted))


def _learnt(tx: Transaction) -> None:
    """A published scorecard and a draft that learnt from a sentence of the call."""
    value = yaml.safe_load(shipped_texts()["default-en"])
    title = {"en": "It", "fa": "آن"}
    rule = {"key": "it", "title": title, "weight": 1, "rule": {"example": {"set": "empathy"}}}
    value["sections"] = [{"key": "a", "title": {"en": "A", "fa": "آ"}, "weight": 1, "criteria": [rule]}]
    value["examples"] = {"empathy": value["examples"]["empathy"]}
    value["examples"]["empathy"]["en"]["positive"].append(LEARNT)
    text = yaml.safe_dump(value | {"id": "learnt", "lexicons": {}}, allow_unicode=True, sort_keys=False)
    parse_scorecard(text, "learnt")
    publish(tx, "learnt", value["version"], text, language="en")
    begin_draft(tx, "learnt", value["version"], text, "lead")


def _remains(file: Path) -> None:
    """What an earlier version left: freed pages that nobody overwrote, and a copy from an upgrade."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("CREATE TABLE once (words TEXT)")
        raw.executemany("INSERT INTO once VALUES (?)", [("xkremainsmark " * 200,)] * 800)
        raw.execute("DROP TABLE once")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with closing(sqlite3.connect(file.with_name("shenava.before-0001.20260101T000000.db"))) as copy:
            raw.backup(copy)
            copy.execute("CREATE TABLE mark (words TEXT)")
            copy.execute("INSERT INTO mark VALUES ('xkcopymark')")
            copy.commit()


TEXTS = (
    "xktranscriptmark", "xkevidencemark", "xkpromisemark", "xkwhenmark", "xkcomplaintmark", "xkpromisenote",
    "xknotemark", "xkmomentmark", "xktitlemark", "xkwhymark", "xkdisputemark", "xkreplacedmark",
    "xkreasonmark", "xkreviewnote", "xkcoachmark", "xkalertmark", "xkfollowmark", "xkstepmark",
    "xksurveymark", "xksurveyid", "xkcommentmark", "xkreplymark", "xkordermark", "xkremainsmark",
    "xkcopymark", NAME, LEARNT, NUMBER, NUMBER[1:], *SPOKEN,
)  # fmt: skip


def needles(folder: Path) -> dict[str, list[bytes]]:
    """What is to be searched for: texts in every coding they could be in, blobs and sounds by a slice."""
    settings = Settings(data_dir=folder / "var")
    customer = customer_of(settings, NUMBER)
    keys = [text_key("xksurveymark bad"), text_key("xkcommentmark bad"), customer_of(settings, NAME)]
    # An index keeps of a term what its neighbour has not; the first two letters are always shared.
    found = {
        text: [
            form for part in (text, text.lower()) for form in _forms(part[2:] if part[:2] == "xk" else part)
        ]
        for text in (*TEXTS, customer, *keys)
    }
    with closing(sqlite3.connect(settings.data_dir / "shenava.db")) as raw:
        for content, peak in raw.execute("SELECT content, peaks FROM transcripts"):
            found |= {"transcript blob": [content[40:90]], "waveform": [peak[20:60]]}
            assert b"xktranscriptmark" in zlib.decompress(content)
    for file in settings.recordings_dir.rglob("*.*"):
        data = file.read_bytes()
        found[file.name[60:]] = [data[len(data) // 2 :][:60]]
    return found


def _forms(text: str) -> Iterator[bytes]:
    yield from (text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be"))
    if not text.isascii():
        yield text.encode("unicode_escape")


def traces(folder: Path, wanted: dict[str, list[bytes]]) -> dict[str, list[str]]:
    """Which of them are in which files, file names too; the key that makes hashes is left out."""
    found: dict[str, list[str]] = {}
    for file in (one for one in folder.rglob("*") if one.is_file() and one.parent.name != "keys"):
        data = file.name.encode() + file.read_bytes()
        for name, forms in wanted.items():
            if any(form in data for form in forms):
                found.setdefault(name, []).append(file.name)
    return found


def owned(database: Database) -> frozenset[str]:
    with database.read() as tx:
        return all_media(tx)
