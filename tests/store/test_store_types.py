"""Column types mean the same on both databases."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, StatementError

from qa.store.call.calls import register
from qa.store.database import Database
from qa.store.tables import agents, calls, jobs, rejections, site_settings
from qa.store.types import EPOCH, MICROSECOND, UTCDateTime, clean, dump_json, utc_now
from qa.store.work.jobs import enqueue
from tests.store.samples import new_call

TEHRAN = timezone(timedelta(hours=3, minutes=30))


def test_a_moment_comes_back_in_utc_to_the_microsecond(database: Database) -> None:
    moment = datetime(2026, 3, 21, 1, 15, 0, 123_457, tzinfo=TEHRAN)
    with database.write() as tx:
        register(tx, new_call(1, started_at=moment))
        found = tx.scalar(select(calls.c.started_at).where(calls.c.started_at == moment))
    assert found == moment
    assert found.utcoffset() == timedelta(0)
    assert found.hour == 21


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="no time zone"), database.write() as tx:
        register(tx, new_call(1, started_at=datetime(2026, 3, 21, 1, 15)))


def test_moments_compare_across_zones(database: Database) -> None:
    with database.write() as tx:
        register(tx, new_call(1, started_at=datetime(2026, 3, 21, 1, 15, tzinfo=TEHRAN)))
        after = select(calls.c.id).where(calls.c.started_at > datetime(2026, 3, 20, 21, 44, tzinfo=UTC))
        before = select(calls.c.id).where(calls.c.started_at > datetime(2026, 3, 20, 21, 45, tzinfo=UTC))
        assert len(tx.scalars(after).all()) == 1
        assert tx.scalars(before).all() == []


@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29), timezones=st.just(TEHRAN)))
def test_every_moment_survives_the_integer_form(moment: datetime) -> None:
    kind, dialect = UTCDateTime(), sqlite.dialect()
    assert kind.process_result_value(kind.process_bind_param(moment, dialect), dialect) == moment
    assert EPOCH.replace(microsecond=1) == EPOCH + MICROSECOND


def test_none_in_json_is_sql_null(database: Database) -> None:
    with database.write() as tx:
        rows: list[dict[str, object]] = [
            {"key": "a", "value": None, "updated_at": utc_now()},
            {"key": "b", "value": {"نام": [1, None]}, "updated_at": utc_now()},
        ]
        tx.execute(insert(site_settings), rows)
        assert tx.scalars(text("SELECT key FROM site_settings WHERE value IS NULL")).all() == ["a"]
        assert tx.scalar(select(site_settings.c.value).where(site_settings.c.key == "b")) == {
            "نام": [1, None]
        }


@pytest.mark.parametrize(
    ("column", "value"),
    [("status", "finished"), ("direction", "sideways"), ("source", ""), ("band", "Pass")],
)
def test_a_word_outside_its_set_is_refused_by_the_database(
    database: Database, column: str, value: str
) -> None:
    with database.write() as tx:
        register(tx, new_call(1))
    with pytest.raises(IntegrityError, match=f"ck_calls_{column}"), database.write() as tx:
        tx.execute(text(f"UPDATE calls SET {column} = :value"), {"value": value})


def test_a_link_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        tx.execute(insert(agents).values(name_key="a", name="a", team_id=99))


def test_deleting_a_call_deletes_its_parts(database: Database) -> None:
    with database.write() as tx:
        made = register(tx, new_call(1))
        enqueue(tx, made.call_id)
        tx.execute(calls.delete())
        assert tx.scalars(select(jobs.c.call_id)).all() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("تماس.wav", "تماس.wav"),
        (
            b"\xc8\xc7.wav".decode("utf-8", "surrogateescape"),
            "??.wav",
        ),  # a Windows-1256 name on a UTF-8 system
        ("a\0b.wav", "ab.wav"),  # PostgreSQL has no NUL in text
    ],
)
def test_any_file_name_can_be_kept(database: Database, name: str, kept: str) -> None:
    with database.write() as tx:
        tx.execute(insert(rejections).values(file_name=name, reason="because"))
        tx.execute(update(rejections).values(reason="a\0\ud800"))
        assert tx.execute(select(rejections.c.file_name, rejections.c.reason)).one() == (kept, "a?")


PIECES = st.text(st.sampled_from('a\\u0"\0\ud800\U0001f600ی'), max_size=8)
VALUES = st.recursive(
    PIECES | st.integers() | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PIECES, inner, max_size=3),
    max_leaves=8,
)


def cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(part) for part in value]
    if isinstance(value, dict):
        return {clean(key): cleaned(part) for key, part in value.items()}
    return value


@settings(max_examples=300)
@given(VALUES)
def test_json_is_cleaned_and_nothing_else_changes(value: object) -> None:
    assert json.loads(dump_json(value)) == cleaned(value)
    dump_json(value).encode()
