"""The customer's mood on the call page: the same ends as the judge's, in words; the agent is not in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.call.mood import course, told
from dashboard.data.calls import load_call
from dashboard.i18n import speaking
from qa.records import Tone
from qa.store.scope import Scope
from tests.dashboard import call_samples
from tests.dashboard.desk import Site

COURSES = [  # scores in order, what is said
    ((-0.9, 0.0, 0.8), "The mood rises: −0.9 in the first third, 0.8 in the last"),
    ((0.8, 0.9, 0.0, -0.2, -0.6, -0.8), "The mood falls: 0.9 in the first third, −0.7 in the last"),
    ((0.0, -1.0, 0.1), "The mood stays: 0.0 in the first third, 0.1 in the last"),
]


@pytest.mark.parametrize(("scores", "said"), COURSES)
def test_in_words(scores: tuple[float, ...], said: str) -> None:
    with speaking("en"):
        assert told(list(enumerate(scores))) == said


def test_only_what_the_customer_said(desk_site: Site, tmp_path: Path) -> None:
    detail = load_call(call_samples.store(tmp_path), Scope.all())
    assert detail is not None
    tones = tuple(Tone(number, "neutral", number / 10) for number in range(7))
    assert course(replace(detail, tones=tones)) == [(6.0, 0.1), (46.0, 0.4), (57.0, 0.6)]
    assert course(detail) == []  # nothing is drawn where nothing is known
