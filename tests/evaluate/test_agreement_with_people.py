"""``bench score``: its statistics against other packages, its figures on conversations that people rated."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from qa.errors import NotFound
from qa.evaluate.agreeing import agreements, auc, spearman
from qa.evaluate.conversations import rated_chats, satisfied_calls
from qa.evaluate.examples import PHRASES, evaluate_set
from qa.records import Speaker
from qa.scorecard import held_out_sets, load_scorecard
from qa.scorecard.read import OPTIONAL
from tests.shared import shared_data

PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), min_size=3, max_size=30)
TURN = {"text_src": ["Hi.", "All done."], "text_mt": ["Oi."], "floor": "outbound", "IQ": 4, "Politeness": 1}
ASKED = {"text_src": ["Oi?"], "text_mt": ["Hello?"], "floor": "inbound", "IQ": 1, "Politeness": 0}


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_statistics_are_those_of_other_packages(pairs: list[tuple[int, int]]) -> None:
    scores, answers = (np.array(column, float) for column in zip(*pairs, strict=True))
    if len(set(scores)) > 1 and len(set(answers)) > 1:
        assert spearman(scores, answers) == pytest.approx(spearmanr(scores, answers).statistic)
    else:
        assert np.isnan(spearman(scores, answers))
    if len(set(answers)) > 1:
        assert auc(scores, answers) == pytest.approx(roc_auc_score(answers, scores))
    else:
        assert np.isnan(auc(scores, answers))


def write(folder: Path, name: str, rows: list[object]) -> None:
    (folder / name).mkdir()
    (folder / name / "some.json").write_text(json.dumps(rows), encoding="utf-8")


def test_the_agent_s_turns_alone_are_rated_and_unrated_dialogues_left_out(tmp_path: Path) -> None:
    blank = {**TURN, "IQ": None, "Politeness": None}
    rated = {"turns": [ASKED, TURN, blank, {**TURN, "IQ": 1, "Politeness": 0}], "dialog": {"Task Sucess": 3}}
    unrated = {"turns": [TURN], "dialog": {"Task Sucess": -1}}
    write(tmp_path, "E1_x", [rated, unrated])
    (chat,) = rated_chats(tmp_path)
    assert chat.answers == {"quality": 2.5, "success": 3.0, "politeness": 0.5}
    said = chat.call.transcript.utterances
    assert [(one.speaker, one.text) for one in said[:2]] == [
        (Speaker.CUSTOMER, "Hello?"),
        (Speaker.AGENT, "Hi. All done."),
    ]


def test_the_same_words_count_once(tmp_path: Path) -> None:
    text = "**Call** **Agent:** Hello. **Customer:** Hi there. **Agent (Ann):** Bye."
    write(tmp_path, "E3_x", [{"Content": text, "satisfied": "Yes"}, {"Content": text, "satisfied": "Yes"}])
    (one,) = satisfied_calls(tmp_path)
    assert one.answers == {"satisfied": 1.0}
    said = [utterance.text.strip("* ") for utterance in one.call.transcript.utterances]
    assert said == ["Hello.", "Hi there.", "Bye."]


def test_a_folder_without_them_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="E1"):
        rated_chats(tmp_path)


@pytest.mark.parametrize("name", ["empathy", "ownership", "survey", "closed_unanswered"])
def test_unseen_lines_are_found_better_than_by_phrases(name: str) -> None:
    rows = {(row.language, row.way): row for row in evaluate_set(name)}
    for language in ("en", "fa"):
        found = rows[language, "example"]
        assert (found.positive, found.negative) == (6, 6)
        assert found.auc is not None
        assert found.auc >= 0.9
        assert found.precision == 1
        if name in PHRASES:
            assert found.recall >= rows[language, "phrase"].recall
    assert set(PHRASES) < set(held_out_sets())


def test_chat_scores_order_some_real_chats_as_people_do() -> None:
    chats = rated_chats(shared_data("E1_maia_dqe").parent)[::36]  # what is asserted holds of any number
    rows = agreements(load_scorecard(OPTIONAL / "chat-en.yaml"), chats)
    for row in rows:
        print(f"{row.question}: rho {row.value:.2f} ({row.low:.2f} to {row.high:.2f}), n={row.n}")
        assert row.question == "politeness" or row.low <= row.value <= row.high  # nearly all are polite
        assert row.statistic == "rho"
    assert {row.question for row in rows} == {"quality", "success", "politeness"}
