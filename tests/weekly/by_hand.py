"""The figures of a week worked out once more, from the rows with the standard library alone.

Nothing of qa.analytics, qa.weekly or qa.gather is used: plain loops over plain SQL.
"""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from statistics import fmean
from zoneinfo import ZoneInfo

Value = tuple[float | None, int]
Row = sqlite3.Row
TEHRAN = ZoneInfo("Asia/Tehran")


def when(microseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(microseconds=microseconds)


def day(microseconds: int) -> int:
    return (when(microseconds).astimezone(TEHRAN).date() - datetime(1970, 1, 1).date()).days


def average(values: Iterable[float | None]) -> Value:
    known = [value for value in values if value is not None]
    return (fmean(known) if known else None, len(known))


def part(rows: list[Row], good: Callable[[Row], bool]) -> Value:
    return (sum(good(row) for row in rows) / len(rows) if rows else None, len(rows))


def calls(con: sqlite3.Connection, week: int, where: str) -> dict[str, Value]:
    span = f"c.local_day BETWEEN {week} AND {week + 6} AND ({where})"
    counted = con.execute(
        f"SELECT c.* FROM calls c WHERE c.score IS NOT NULL AND c.left_out IS NULL AND {span}"
    ).fetchall()
    found = {
        "quality": average(row["score"] for row in counted),
        "pass_share": part(counted, lambda row: row["score"] >= 85),
        "no_failure": part(
            counted,
            lambda r: not (r["failed_customer"] or r["failed_business"] or r["failed_compliance"]),
        ),
        "heard": (float(len(counted)), len(counted)),
    }
    for kind in ("customer", "business", "compliance"):
        found[f"no_failure_{kind}"] = part(counted, lambda row, k=kind: not row[f"failed_{k}"])  # type: ignore[misc]
    measures = {
        "dead_air": "dead_air_seconds",
        "talk_share": "talk_share_agent",
        "interruptions": "interruptions_agent",
    }
    for key, name in measures.items():
        values = dict(
            con.execute("SELECT call_id, value FROM measurements WHERE name = ?", (name,)).fetchall()
        )
        found[key] = average(values.get(row["id"]) for row in counted)
    return found


def surveys(con: sqlite3.Connection, week: int, where: str) -> dict[str, Value]:
    rows = con.execute(
        f"SELECT s.* FROM surveys s LEFT JOIN calls c ON c.id = s.call_id WHERE {where}"
    ).fetchall()
    rows = [row for row in rows if 0 <= day(row["answered_at"] or row["sent_at"]) - week <= 6]
    found: dict[str, Value] = {"response": part(rows, lambda row: row["score"] is not None)}
    of = {
        kind: [row for row in rows if row["kind"] == kind and row["score"] is not None]
        for kind in ("csat", "nps", "ces")
    }
    found["csat"] = part(of["csat"], lambda row: row["score"] > row["scale"] - {5: 2, 3: 1}[row["scale"]])
    scores = [row["score"] for row in of["nps"]]
    promoted, lost = sum(score >= 9 for score in scores), sum(score <= 6 for score in scores)
    found["nps"] = (100 * (promoted - lost) / len(scores) if scores else None, len(scores))
    found["ces"] = average(row["score"] for row in of["ces"])
    return found


def returning(con: sqlite3.Connection, week: int, where: str, today: int) -> dict[str, Value]:
    rows = con.execute(
        "SELECT id, customer_hash, queue_id, started_at, local_day FROM calls WHERE direction = 'inbound' "
        "AND customer_hash IS NOT NULL AND queue_id IS NOT NULL"
    ).fetchall()
    inside = {
        row["id"]
        for row in con.execute(
            f"SELECT c.id FROM calls c WHERE c.local_day BETWEEN {week} AND {week + 6} AND ({where})"
        )
    }
    theirs: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        theirs.setdefault((row["customer_hash"], row["queue_id"]), []).append(row["started_at"])
    old = [row for row in rows if row["id"] in inside and row["local_day"] <= today - 7]
    seven = 7 * 86_400_000_000

    def alone(row: Row) -> bool:
        at = row["started_at"]
        return not any(0 < other - at <= seven for other in theirs[row["customer_hash"], row["queue_id"]])

    return {"first_contact": part(old, alone)}


def telephone(con: sqlite3.Connection, week: int, queue: int | None) -> dict[str, Value]:
    names = dict(con.execute("SELECT id, name FROM queues").fetchall())
    wanted = list(names.values()) if queue is None else [names[queue]]
    stays: dict[str, dict[str, float | None]] = {}
    for row in con.execute("SELECT * FROM queue_events ORDER BY at, id"):
        if row["queue"] not in wanted:
            continue
        stay = stays.setdefault(row["unique_id"], {"at": None, "waited": None, "talked": None, "lost": None})
        if row["event"] == "ENTERQUEUE":
            stay["at"] = row["at"]
        elif row["event"] == "CONNECT":
            stay["waited"] = row["first"]
        elif row["event"] == "ABANDON":
            stay["waited"], stay["lost"] = row["third"], 1
        elif row["event"] == "COMPLETECALLER":
            stay["talked"] = row["second"]
    inside = [s for s in stays.values() if s["at"] is not None and 0 <= day(int(s["at"])) - week <= 6]
    records = [
        {"waited": row["waited"], "talked": row["talked"], "lost": None}
        for row in con.execute("SELECT * FROM contacts WHERE outcome = 'answered'")
        if queue is None and 0 <= day(row["started_at"]) - week <= 6
    ]
    both = [*inside, *records]
    timed = [s for s in both if s["lost"] or s["waited"] is not None]
    quick = sum(not s["lost"] and (s["waited"] or 0) <= 20 for s in timed)
    return {
        "service_level": (quick / len(timed) if timed else None, len(timed)),
        "abandoned": (sum(bool(s["lost"]) for s in both) / len(both) if both else None, len(both)),
        "waiting": average(s["waited"] for s in both),
        "handling": average(s["talked"] for s in both if not s["lost"]),
    }


def promises(con: sqlite3.Connection, week: int, where: str, now: datetime) -> dict[str, Value]:
    rows = con.execute(
        f"SELECT p.*, c.local_day FROM promises p JOIN calls c ON c.id = p.call_id WHERE {where}"
    ).fetchall()
    due = [
        row for row in rows if 0 <= (day(row["due_at"]) if row["due_at"] else row["local_day"]) - week <= 6
    ]
    decided = [row for row in due if row["state"] in ("kept", "broken")]
    midnight = datetime(1970, 1, 1, tzinfo=TEHRAN).date() + timedelta(days=week + 7)
    end = min(now, datetime(midnight.year, midnight.month, midnight.day, tzinfo=TEHRAN))
    late = [
        row
        for row in rows
        if row["due_at"]
        and when(row["due_at"]) < end
        and (row["state"] == "open" or when(row["changed_at"]) >= end)
    ]
    return {
        "promises_kept": part(decided, lambda row: row["state"] == "kept"),
        "promises_overdue": (float(len(late)), len(late)),
    }


def comments(con: sqlite3.Connection, week: int, now: datetime) -> dict[str, Value]:
    steps: dict[int, list[Row]] = {}
    for row in con.execute("SELECT * FROM comment_events ORDER BY id"):
        steps.setdefault(row["comment_id"], []).append(row)
    labels = dict(con.execute("SELECT text_key, coalesce(corrected, label) FROM text_sentiments").fetchall())
    every = con.execute("SELECT * FROM comments").fetchall()
    ended = {
        (row["source_id"], row["external_id"])
        for row in every
        if any(step["step"] in ("resolved", "thanked") for step in steps.get(row["id"], []))
    }
    aside = {
        row["id"]
        for row in every
        if row["reply_to"]
        and (
            (labels.get(row["text_key"]) or "negative") != "negative"
            or (row["source_id"], row["reply_to"]) in ended
        )
    }
    told, negative = [], []
    for row in every:
        if not 0 <= day(row["posted_at"]) - week <= 6:
            continue
        mine = steps.get(row["id"], [])
        replies = [step["at"] for step in mine if step["step"] == "replied"]
        wait = min(replies) - row["posted_at"] if replies else None
        late = wait is None and (now - when(row["posted_at"])) > timedelta(hours=2)
        if row["id"] not in aside and (wait is not None or late):
            told.append(wait is not None and wait <= 2 * 3_600_000_000)
        if labels.get(row["text_key"]) == "negative":
            negative.append(any(step["step"] in ("resolved", "thanked") for step in mine))
    return {
        "replied_in_time": (sum(told) / len(told) if told else None, len(told)),
        "recovered": (sum(negative) / len(negative) if negative else None, len(negative)),
    }
