"""Every column that can hold words or identity, and every folder: what becomes of it when a customer is
forgotten. A new table or folder fails here until somebody decides.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import JSON, Column, Enum, LargeBinary, String
from sqlalchemy.types import TypeDecorator

from qa.store.tables import metadata
from tests.made_once import made_once
from tests.privacy import customer as known
from tests.privacy.customer import needles
from tests.shared import ROOT

ERASED = {  # the test of forgetting finds a mark in each of them before, and none after
    "alert_events": "note",
    "call_complaints": "quote",
    "call_notes": "text",
    "calls": "file_name media transcript_file customer_hash",
    "coaching_moments": "quote",
    "comment_events": "text",
    "comments": "text text_key author_hash customer_hash",
    "contacts": "customer_hash",
    "criterion_results": "evidence",
    "dispute_events": "text",
    "exemplary_moments": "lines title why",
    "follow_up_events": "note",
    "follow_ups": "customer_hash",
    "orders": "external_id customer_hash",
    "promise_events": "note",
    "promises": "quote when",
    "review_verdicts": "reason note",
    "reviews": "replaced_reason",
    "scorecard_drafts": "content",
    "scorecard_versions": "content",
    "surveys": "text text_key external_id customer_hash",
    "text_sentiments": "text_key",
    "transcripts": "content peaks",
}
WITH_IT = {  # goes or is emptied in the same step as a column above, but the site of the test leaves it empty
    "calls": "reason",
    "coaching_moments": "utterances",
    "comments": "external_id reply_to",
    "exemplary_moments": "key utterances",
    "care_marks": "key",
    "jobs": "reason",
    "open_matters": "customer_hash",
    "past_contacts": "customer_hash",
    "queue_events": "customer_hash",
    "redactions": "kind",
    "sentiment_corrections": "text_key model",
    "surveys": "call_ref",
    "transcripts": "language engine model sentiment",
}
KEPT = {  # and why
    "action_items": ("what", "about people of the house; nobody is asked to name customers"),
    "action_item_events": ("note", "the same"),
    "annotations": ("text", "what happened at the site, for all to read"),
    "audit_log": (
        "act user_name user_role subject detail previous hash",
        "who did what to which call; may only be added to",
    ),
    "coaching_members": ("own_words", "an agent's own words about the own work"),
    "coaching_private_notes": ("text", "about the agent, read by the writer alone"),
    "coaching_sessions": (
        "criterion focus try_aloud goal action notes evidence follow_up_note",
        "about the agent",
    ),
    "contacts": ("unique_id", "the telephone system's number of a call; names nobody"),
    "queue_events": ("unique_id", "the same"),
    "erasures": ("request facts", "the proof: a keyed hash of the keyed hash, and counts"),
    "legal_holds": (
        "customer_hash reason",
        "a hold on the customer stops the erasure; a lifted one is proof",
    ),
    "rejections": (
        "file_name sha256 reason path",
        "refused files, of which nobody knows the customer; masked",
    ),
}
STAFF = {  # names people and parts of the house
    "agents": "name_key name",
    "backtests": "made_by",
    "contacts": "queue agent",
    "imports": "person",
    "push_keys": "person",
    "queue_events": "queue member",
    "queues": "name_key name",
    "rescoring_runs": "created_by",
    "scorecard_assignments": "created_by",
    "scorecard_drafts": "updated_by",
    "scorecard_versions": "note published_by",
    "pending_sign_ins": "token_hash",
    "recovery_codes": "code_hash",
    "second_factors": "sealed",
    "sessions": "sid_hash address",
    "signin_attempts": "name_key address",
    "surveys": "agent queue",
    "teams": "name_key name",
    "users": "name_key name display_name password_hash subject language",
    "voice_profiles": "vector",
    "workers": "executor host version",
    "outbox": "recipient",
    "reply_templates": "name text",
    "calibration_rounds": "name",
}
NEVER = {  # keys, kinds, counts, settings and sums of files
    "action_items": "kpi criterion",
    "alert_causes": "rule cause",
    "alerts": "rule group_key facts",
    "audit_anchors": "hash seal",
    "audit_head": "hash",
    "backtests": "scorecard sha256 result",
    "calibration_rounds": "scorecard",
    "calls": "key sha256 codec language left_out flags",
    "care_marks": "source",
    "comment_aspects": "aspect",
    "comment_events": "template",
    "comment_readings": "version",
    "comments": "key channel product service",
    "contacts": "key service",
    "criterion_results": "key section rule looked_for",
    "disputes": "key scorecard",
    "evaluations": "scorecard failed_by",
    "file_removals": "place",
    "import_sources": "name mapping dates",
    "imports": "file_name via refusal reasons",
    "jobs": "stage executor",
    "measurements": "name unit reason evidence",
    "orders": "key service",
    "outbox": "key kind payload error",
    "push_keys": "source key_hash",
    "queue_events": "key event",
    "queues": "language service scorecard",
    "reference_verdicts": "key",
    "reply_templates": "key language",
    "rescoring_runs": "scorecard executor reason",
    "review_verdicts": "key",
    "reviews": "reasons scorecard human_failed_by",
    "role_changes": "change",
    "rollup_days": "kind content",
    "rollup_marks": "source",
    "rollup_parts": "kind layout content",
    "rollup_remainders": "kind content",
    "rollup_stale": "kind",
    "sampling_plans": "settings",
    "scorecard_assignments": "place language scorecard",
    "scorecard_drafts": "scorecard",
    "scorecard_versions": "scorecard language sha256",
    "section_results": "key",
    "seen_verdicts": "key",
    "site_settings": "key value",
    "stage_seconds": "executor stage",
    "surveys": "key service",
    "target_changes": "kpi",
    "targets": "kpi",
    "text_sentiments": "model language",
}
FOLDERS = {
    "cache": "readings by the hash of a text",
    "certificates": "holds counts and keyed hashes",
    "keys": "holds no data of customers; without it nobody finds a customer by the number",
    "locks": "empty files",
    "models": "weights, and readings by the hash of a text",
    "quarantine": "refused files, of which nobody knows the customer: said in the certificate",
    "recordings": "erased",
    "reports": "figures of whole weeks",
    "uploads": "removed when the work on them ends, at the latest after six hours",
}


def decided() -> Iterator[str]:
    for table, columns in [
        *((table, columns) for kind in (ERASED, WITH_IT, STAFF, NEVER) for table, columns in kind.items()),
        *((table, columns) for table, (columns, _) in KEPT.items()),
    ]:
        yield from (f"{table}.{column}" for column in columns.split())


def holds_words(column: Column[object]) -> bool:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, String | JSON | LargeBinary) and not isinstance(kind, Enum)


def test_every_column_that_can_hold_words_has_one_decision() -> None:
    there = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if holds_words(column)
    }
    said = list(decided())
    assert len(said) == len(set(said)), "one decision each"
    assert there - set(said) == set(), "decide what forgetting a customer does with these (docs/privacy.md)"
    assert set(said) - there == set(), "these are gone"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "known-customer", known.make)


def test_the_test_of_forgetting_plants_a_mark_in_every_erased_column(made: Path) -> None:
    forms = [form for every in needles(made).values() for form in every]
    files = ("calls.media", "calls.transcript_file")  # their content is searched for
    bare = []
    with closing(sqlite3.connect(made / "var" / "shenava.db")) as raw:
        for table, columns in ERASED.items():
            for column in columns.split():
                values = [row[0] for row in raw.execute(f'SELECT "{column}" FROM {table}') if row[0]]
                data = b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in values)
                if not any(form in data for form in forms) and f"{table}.{column}" not in files:
                    bare.append(f"{table}.{column}")
    assert bare == []


def test_every_folder_of_the_site_has_a_decision() -> None:
    found = set()
    for file in [*(ROOT / "qa").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")]:
        text = file.read_text("utf-8")
        if "data_dir" in text:
            found |= set(re.findall(r'data_dir\s*/\s*"([a-z_-]+)"', text))
            found |= set(re.findall(r'^FOLDER = "([a-z_-]+)"', text, re.MULTILINE))
    assert found - set(FOLDERS) == set(), "decide what forgetting a customer does with these"
