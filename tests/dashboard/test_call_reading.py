"""What the call page makes of findings: numbers, looks of words, channels, silences, limits, comments."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.call.lanes import BARS, channel_of, shape
from dashboard.call.lines import parts
from dashboard.call.measures import limit_rules, measures
from dashboard.call.notes import comment_of, take
from dashboard.call.proofs import Proof, numbered
from dashboard.call.silences import silences
from dashboard.data import accounts, calls, scorecards
from dashboard.data.kinds import Role
from dashboard.identity import viewer_of
from qa.errors import InvalidSetting, NotFound
from qa.measure import Limits
from qa.records import Measurement, Reason, Span, Speaker, Utterance, Word
from tests.dashboard import call_samples
from tests.dashboard.desk import Site


def test_evidence_is_numbered_in_time_and_keeps_its_weight() -> None:
    transcript = call_samples.review().transcript
    found = numbered(call_samples.scoring("en"), transcript)
    assert [(p.number, p.start, p.tone) for p in found.moments] == [
        (1, 1.0, ""),  # greeting met
        (2, 1.0, "weak"),  # own name partly, later in the scorecard
        (3, 49.0, "now"),  # the promise that fails the call
        (4, 49.0, "weak"),  # the interruption: a second without words
    ]
    assert found.of["no_unrealistic_promise"] == (3,)
    assert "empathy" not in found.of


def test_what_two_criteria_share_has_one_number_and_the_heavier_look() -> None:
    scoring = call_samples.scoring("en")
    promise = next(c for c in scoring.criteria if c.key == "no_unrealistic_promise")
    again = replace(promise, key="register")
    found = numbered(replace(scoring, criteria=(again, promise)), call_samples.review().transcript)
    assert found.of == {"register": (1,), "no_unrealistic_promise": (1,)}
    assert found.moments[0].tone == "now"


def test_without_times_evidence_keeps_its_number() -> None:
    transcript = call_samples.review().transcript
    timeless = replace(transcript, utterances=tuple(replace(u, span=None) for u in transcript.utterances))
    scoring = call_samples.scoring("en")
    promise = next(c for c in scoring.criteria if c.key == "no_unrealistic_promise")
    bare = tuple(replace(e, span=None) for e in promise.judgement.evidence)
    only = replace(promise, judgement=replace(promise.judgement, evidence=bare))
    found = numbered(replace(scoring, criteria=(only,)), timeless)
    assert [(p.number, p.start, p.utterance) for p in found.moments] == [(1, None, 5)]


def said(text: str, *sure: float) -> Utterance:
    words = tuple(
        Word(w, Span(i, i + 1), p) for i, (w, p) in enumerate(zip(text.split(), sure, strict=False))
    )
    return Utterance(0, Speaker.AGENT, Span(0, 9), text, None, words)


@pytest.mark.parametrize(
    ("utterance", "quote", "wanted"),
    [
        (said("all is well"), "", ["all is well|||-"]),
        (said("all is well", 0.9, 0.49, 0.5), "", ["all |||-", "is||unsure|-", " well|||-"]),
        (said("all is well"), "is well", ["all |||-", "is well|||now"]),
        (said("all is well"), "was well", ["all is well|||-"]),  # not in these words
        (said("it is <EMAIL>", 0.9, 0.9, 0.1), "", ["it is |||-", "e-mail address|EMAIL||-"]),
        (said("the the", 0.9, 0.2), "", ["the |||-", "the||unsure|-"]),  # the second one
    ],
)  # fmt: skip
def test_looks_of_words(utterance: Utterance, quote: str, wanted: list[str]) -> None:
    proofs = [Proof(1, 0.0, 0, quote, "now")] if quote else []
    assert ["|".join(part) for part in parts(utterance, proofs)] == wanted


@pytest.mark.parametrize(
    ("text", "hits", "wanted"),
    [
        ("all is well", [(0, 3), (7, 11)], ["all|||-|1", " |||-", "is |||now", "well|||now|2"]),
        ("all is well", [(4, 6)], ["all |||-", "is|||now|1", " well|||now"]),
        ("it is <EMAIL>", [(7, 12)], ["it is |||-", "e-mail address|EMAIL||-|1"]),  # «email» is looked for
    ],
)
def test_searched_words_are_marked_beside_what_else_is_to_be_seen(
    text: str, hits: list[tuple[int, int]], wanted: list[str]
) -> None:
    found = parts(said(text), [Proof(1, 0.0, 0, "is well", "now")], hits)
    assert ["|".join(part) for part in found] == wanted


@given(st.text(alphabet="ab ._\u200cی", max_size=40), st.text(alphabet="ab ", max_size=5))
def test_no_letter_is_lost(text: str, quote: str) -> None:
    utterance = Utterance(0, Speaker.AGENT, None, text, None, (Word("a", Span(0, 1), 0.1),))
    assert "".join(part[0] for part in parts(utterance, [Proof(1, None, 0, quote, "")])) == text


@pytest.mark.parametrize("agent", [0, 1])
def test_the_agent_is_on_the_channel_that_is_loud_while_agents_speak(agent: int) -> None:
    peaks = call_samples.peaks()[[1, 0] if agent == 0 else [0, 1]]
    pair = (Speaker.AGENT, Speaker.CUSTOMER)
    assert channel_of(peaks, call_samples.speech(), pair, call_samples.LENGTH) == agent


@given(st.integers(1, 5000), st.floats(0.01, 1))
def test_a_waveform_fits_the_screen(count: int, loud: float) -> None:
    found = shape(np.linspace(0, loud, count, dtype=np.float32))
    assert 0 < len(found) <= BARS
    assert all(0 <= value <= 1 for value in found)
    assert count == 1 or max(found) == 1


SILENT = (Span(0, 4), Span(10, 30), Span(40, 55))


@pytest.mark.parametrize(
    ("dead", "kinds"),
    [
        (Measurement("dead_air_seconds", 20.0, "s", None, (SILENT[1],)), ["silence", "dead", "announced"]),
        (Measurement("dead_air_seconds", None, "s", Reason.DRAFT), ["silence", "silence", "silence"]),
        (None, ["silence", "silence", "silence"]),
    ],
    ids=["measured", "not measurable: nobody says announced", "not taken"],
)
def test_kinds_of_silence(dead: Measurement | None, kinds: list[str]) -> None:
    taken = [Measurement("non_talk", 0.4, "share", None, SILENT), *([dead] if dead else [])]
    assert [each.kind for each in silences(taken, Limits())] == kinds


def test_measures_beside_their_limits(desk_site: Site) -> None:
    card = scorecards.card("default-en", 1)
    assert {"dead_air_count", "interruptions_agent", "talk_share_agent"} <= set(limit_rules(card))
    rows = {row["name"]: row for row in measures(call_samples.measures(), card)}
    talk = rows["Agent's talk share"]
    assert (talk["value"], talk["limit"], talk["outside"]) == ("32 %", "35 % to 65 %", True)
    cut = rows["Interruptions by the agent"]
    assert (cut["value"], cut["limit"], cut["outside"], cut["at"]) == ("1", "at most 1", False, 49.0)
    rate = rows["Customer's speech rate"]
    assert (rate["value"], rate["reason"]) == ("–", "the model is too small for this language")
    assert all(row["limit"] == "" for row in measures(call_samples.measures(), None))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"text": 3},
        {"text": "x" * 2001},
        {"text": "x", "at": -1},
        {"text": "x", "at": "1"},
        {"text": "x", "at": float("nan")},
        {"text": "x", "answers": "1"},
    ],
)
def test_a_browser_cannot_send_just_anything(sent: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting):
        comment_of(sent)


def test_comments_are_for_those_who_lead_and_see_the_call(desk_site: Site, tmp_path: Path) -> None:
    key = call_samples.store(tmp_path)
    for name, role in (("boss", Role.MANAGER), ("lead", Role.SUPERVISOR), ("sara", Role.AGENT)):
        desk_site.add(name, role)
    boss, lead, sara = (
        viewer_of(user) for name in ("boss", "lead", "sara") if (user := accounts.by_name(name))
    )
    sent = {"text": " Listen ", "at": 14.2, "answers": None}
    with pytest.raises(InvalidSetting):
        take(sent, key, sara)
    with pytest.raises(PermissionError):
        take(sent, key, lead)  # of no team
    assert take(sent, key, boss) is False
    detail = calls.load_call(key, boss.scope)
    assert detail is not None
    (note,) = detail.notes
    assert (note.text, note.at) == ("Listen", 14.2)
    assert take({"remove": note.id}, key, boss) is True
    with pytest.raises(NotFound):
        take({"remove": note.id + 1}, key, boss)
