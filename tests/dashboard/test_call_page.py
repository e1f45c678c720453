"""The call page: what each role sees of a call, and what the player is given to draw."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.call.lines import lines
from dashboard.data import calls, site
from dashboard.data.kinds import Role
from dashboard.i18n import speaking
from qa.records import LeftOut, Speaker, Transcript, Utterance
from qa.store import people
from qa.store.call import calls as stored
from qa.store.call.reviews import save_review
from qa.store.call.words import Early, save_words
from qa.store.kinds import CallSource
from qa.store.work import jobs
from qa.store.work.claims import beat
from tests.dashboard import call_samples
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.store.job_rows import claimed
from tests.store.samples import new_call

SignIn = Callable[[str], None]


def open_call(key: str | None, language: str = "en", **more: str) -> AppTest:
    return open_page("call", language, **({"call": key} if key else {}), **more)


def content(at: AppTest) -> dict[str, Any]:
    """What the one player of the page was given."""
    (player,) = at.get("bidi_component")
    return json.loads(player.proto.json)


@pytest.fixture
def boss(desk_site: Site, sign_in_as: SignIn) -> Site:
    desk_site.add("boss", display_name="Nazanin Moradi")
    sign_in_as("boss")
    return desk_site


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Agent", "card number", "0:46", "0")), ("fa", ("کارشناس", "شمارهٔ کارت", "۰:۴۶", "صفر"))],
)
def test_a_call_in_both_languages(boss: Site, tmp_path: Path, language: str, words: tuple[str, ...]) -> None:
    agent, kind, time, zero = words
    key = call_samples.store(tmp_path, language)
    with speaking(language):
        at = open_call(key, language, t="14")
    assert not at.exception
    given = content(at)
    assert given["at"] == 14.0
    assert given["audio"] == f"/qa/audio/{key}"
    assert [lane["role"] for lane in given["lanes"]] == ["agent", "customer"]
    assert given["lanes"][0]["who"] == agent
    card = next(line for line in given["lines"] if line.get("id") == 4)
    assert (card["time"], card["role"]) == (time, "customer")
    assert [kind, "CARD_NUMBER", "", "-"] in card["parts"]
    assert "<CARD_NUMBER>" not in json.dumps(given["lines"])
    assert given["score"]["value"] == zero
    assert given["score"]["tone"] == "now"
    assert [silence[2] for silence in given["silences"]] == ["announced", "dead"]
    assert [line["gap"] for line in given["lines"] if "gap" in line] == ["announced", "dead"]
    assert given["overlaps"] == [[49.0, 50.0]]
    assert len(given["notices"]) == 1  # a draft


def test_the_words_a_call_was_found_by_are_marked_in_any_spelling(boss: Site, tmp_path: Path) -> None:
    key = call_samples.store(tmp_path, "fa")
    at = open_call(key, "fa", q="«كتري را پس» ممنون card", said="customer")
    given = content(at)
    hits = {line["id"]: line["parts"] for line in given["lines"] if "gap" not in line}
    marked = {number: [(p[0], p[4]) for p in parts if len(p) > 4] for number, parts in hits.items()}
    assert {number: found for number, found in marked.items() if found} == {
        1: [("کتری را پس", "1")],  # the whole phrase
        4: [("شمارهٔ کارت", "1")],
        6: [("ممنون", "1")],  # not the one of the agent
    }
    assert given["sought"] == "«كتري را پس» ممنون card"
    (link,) = [one.proto for one in at.get("page_link") if one.proto.page.endswith("calls")]
    assert link.label == "همهٔ موردها"
    assert "said=customer" in link.query_string


@pytest.mark.parametrize("wrong", [None, "feedfeedfeed", "x' OR 1=1 --"])
def test_a_missing_call_and_one_of_another_team_look_the_same(
    desk_site: Site, sign_in_as: SignIn, tmp_path: Path, wrong: str | None
) -> None:
    south = call_samples.store(tmp_path, team="South")
    with site.database().write() as tx:
        north = people.team_id(tx, "North")
    desk_site.add("lead", Role.SUPERVISOR, teams=frozenset({north}))
    sign_in_as("lead")
    pages = [open_call(key) for key in (wrong, south)]
    for at in pages:
        assert not at.exception
        assert "No such call" in html(at)
        assert not at.get("bidi_component")
    # The link to the other language holds the address that was asked for.
    one, other = (re.sub(r"next=[^\"]*", "", html(at)) for at in pages)
    assert one == other


@pytest.mark.parametrize(
    ("role", "writes"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.MANAGER, True),
        (Role.SUPERVISOR, True),  # of the team
        (Role.AGENT, False),  # of the call
    ],
)
def test_who_writes_comments(
    desk_site: Site, sign_in_as: SignIn, tmp_path: Path, role: Role, writes: bool
) -> None:
    key = call_samples.store(tmp_path)
    with site.database().write() as tx:
        team = people.team_id(tx, "North")
        agent = people.agent_id(tx, "Sara Ahmadi")
    more = {Role.SUPERVISOR: {"teams": frozenset({team})}, Role.AGENT: {"agent_id": agent}}.get(role, {})
    user = desk_site.add("user", role, **more)
    calls.add_comment(key, site.Scope.all(), user, calls.Comment("Listen to this", 14.0))
    sign_in_as("user")
    given = content(open_call(key))
    assert given["may_write"] is writes
    assert [(note["text"], note["time"]) for note in given["notes"]] == [("Listen to this", "0:14")]


def test_a_call_in_the_queue_and_one_that_failed_say_so(boss: Site) -> None:
    with site.database().write() as tx:
        queued, failed = (stored.register(tx, new_call(seed)) for seed in (1, 2))
        for each in (queued, failed):
            jobs.enqueue(tx, each.call_id)
        jobs.fail(tx, failed.call_id, "The file holds no sound.")
    at = open_call(queued.key)
    assert "It waits for its turn" in html(at)
    with site.database().write() as tx:
        beat(tx, claimed(tx, queued.call_id), "transcribe", 0.5)
    at = open_call(queued.key)
    assert not at.exception
    assert at.get("progress")[0].proto.value == 50
    at = open_call(failed.key)
    assert "The file holds no sound." in html(at)
    assert not at.get("bidi_component")


def test_words_are_shown_while_the_score_is_still_to_come(boss: Site) -> None:
    heard = call_samples.review("en")
    with site.database().write() as tx:
        call = stored.register(tx, new_call(1))
        jobs.enqueue(tx, call.call_id)
        beat(tx, claimed(tx, call.call_id), "measure", 0.0)
        early = Early(heard.recording, heard.speech, call_samples.peaks())
        assert save_words(tx, call.call_id, heard.transcript, heard.redactions, early)
    at = open_call(call.key)
    assert not at.exception
    assert "This call is not done yet" in html(at)
    assert at.get("progress")
    given = content(at)
    assert heard.transcript.utterances[0].text in json.dumps(given["lines"], ensure_ascii=False)
    assert given["measures"] == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"left_out": LeftOut.TOO_SHORT}, "Left out of all averages: the call is shorter"),
        ({"roles_confidence": 0.5}, "It is not sure who is the agent"),
        ({"speech": None, "transcript": None}, "cannot tell agent and customer apart"),  # numbered voices
    ],
)
def test_what_a_reader_must_know(boss: Site, tmp_path: Path, changes: dict[str, object], words: str) -> None:
    if "transcript" in changes:
        heard = call_samples.review().transcript
        unknown = tuple(replace(u, speaker=Speaker.SPEAKER_1) for u in heard.utterances)
        changes = changes | {"transcript": replace(heard, utterances=unknown)}
    given = content(open_call(call_samples.store(tmp_path, **changes)))
    assert any(words in notice for notice in given["notices"])


def test_generated_data_has_no_recording_and_says_so(boss: Site) -> None:
    with site.database().write() as tx:
        made = stored.register(tx, new_call(3, media=None, generated=True, source=CallSource.COMMAND))
        review = call_samples.review()
        bare = replace(review, recording=None, transcript=replace(review.transcript, utterances=(), flags=()))
        save_review(tx, made.call_id, bare)
    given = content(open_call(made.key))
    assert (given["audio"], given["missing"]) == ("", "generated")
    assert all(lane["peaks"] is None and lane["spans"] for lane in given["lanes"])
    assert any("Generated data" in notice for notice in given["notices"])


def test_nothing_but_text_of_the_transcript_leaves(boss: Site, tmp_path: Path) -> None:
    given = content(open_call(call_samples.store(tmp_path)))
    first = next(line for line in given["lines"] if line.get("id") == 0)
    whole: Utterance = call_samples.utterances("en")[0]
    assert "".join(part[0] for part in first["parts"]) == whole.text
    assert "unsure" not in [part[2] for part in first["parts"]]  # a draft: the notice says it of all words
    sure = Transcript("en", "openai", "base", call_samples.utterances("en"))
    assert ["morning,", "", "unsure"] in [part[:3] for part in lines(sure, (), ())[0]["parts"]]


@pytest.mark.parametrize(("role", "may"), [(Role.SUPERVISOR, True), (Role.AGENT, False)])
def test_who_may_swap_the_roles(
    desk_site: Site, sign_in_as: SignIn, tmp_path: Path, role: Role, may: bool
) -> None:
    key = call_samples.store(tmp_path)
    with site.database().write() as tx:
        team, agent = people.team_id(tx, "North"), people.agent_id(tx, "Sara Ahmadi")
    more = {"teams": frozenset({team})} if role is Role.SUPERVISOR else {"agent_id": agent}
    desk_site.add("user", role, **more)
    sign_in_as("user")
    at = open_call(key)
    swap = [button for button in at.button if button.key == "roles_SWAP"]
    assert bool(swap) is may
    if not may:
        return
    before = [line["role"] for line in content(at)["lines"] if "id" in line]
    at = swap[0].click().run()
    assert not at.exception
    given = content(at)
    other = {"agent": "customer", "customer": "agent"}
    assert [line["role"] for line in given["lines"] if "id" in line] == [other[one] for one in before]
    assert any(notice.startswith("Who is who was set by user") for notice in given["notices"])
    assert given["score"]["value"] != "–"
