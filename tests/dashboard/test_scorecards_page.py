"""The page of scorecards: who may do what, from a draft to a published version and past calls."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import cards, drafting, rescoring, trying
from dashboard.data.cards import Assignment
from dashboard.data.kinds import Role
from dashboard.i18n import speaking
from dashboard.plain import label
from dashboard.scorecards.decided import MEANT, READERS
from qa.errors import InvalidScorecard
from qa.judge import JUDGES
from qa.scorecard.edit import with_fields
from qa.store.scope import Scope
from tests.dashboard.centre import Language, html, open_copy, open_page
from tests.dashboard.desk import Site

CARD = "default-en"
SignIn = Callable[[str], None]
WEIGHT = ("sections", 0, "weight")


def card(name: str = CARD) -> cards.Card:
    return next(one for one in cards.cards() if one.id == name)


def press(at: AppTest, key: str) -> AppTest:
    return at.button(key=key).click().run()


@pytest.fixture
def manager(desk_site: Site, sign_in_as: SignIn) -> Site:
    desk_site.add("boss", Role.MANAGER, display_name="Neda")
    sign_in_as("boss")
    return desk_site


def test_every_judge_is_read_to_people() -> None:
    assert {judge.name for judge in JUDGES} == set(READERS)
    shared = {path.stem for path in Path("data/examples").glob("*.yaml")} - {"ordinary"}
    assert shared == set(MEANT)


def test_a_weight_is_changed_and_published(manager: Site) -> None:
    at = press(open_page("scorecards", "en", card=CARD, view="edit"), "cards_begin")
    assert at.button(key="cards_save").disabled
    assert 'data-share="opening">10.0' in html(at)
    at.number_input(key="cards_sections_0_weight").set_value(30.0).run()
    assert 'data-share="opening">25.0' in html(at), "30 of 120 points"
    at = press(at, "cards_save")
    draft = card().draft
    assert draft is not None
    assert (draft.revision, draft.updated_by) == (2, "Neda")
    at.text_input(key="cards_note").set_value("Opening counts more").run()
    before = card().newest
    press(at, "cards_publish")
    now = card()
    assert now.draft is None
    assert now.newest is not None
    assert before is not None
    assert (now.newest.version, now.newest.note, now.newest.published_by) == (
        before.version + 1, "Opening counts more", "Neda",
    )  # fmt: skip
    assert cards.version_outline(CARD, now.newest.version).sections[0].share == pytest.approx(25)
    assert cards.version_text(CARD, before.version) == before.content, "the old version is as it was"


def test_a_broken_text_is_named_with_its_line_and_kept(manager: Site) -> None:
    at = press(open_page("scorecards", "en", card=CARD, view="edit"), "cards_begin")
    at.session_state["cards_way"] = "text"
    at.run()
    broken = at.text_area(key="cards_yaml").value.replace("weight: 10", "wieght: 10", 1)
    line = broken[: broken.index("wieght")].count("\n") + 1
    at.text_area(key="cards_yaml").set_value(broken).run()
    assert [error.value for error in at.error] == [
        label(f"{CARD}, line {line}: the field sections[1].wieght is not known; did you mean weight.")
    ]
    press(at, "cards_save")
    draft = card().draft
    assert draft is not None
    assert draft.content == broken, "unfinished work is not lost"
    with pytest.raises(InvalidScorecard, match="did you mean weight"):
        drafting.publish(Role.MANAGER, "Neda", draft, "no")


def test_a_copy_is_a_new_scorecard(manager: Site) -> None:
    with pytest.raises(InvalidScorecard, match="already"):
        drafting.duplicate(Role.MANAGER, "Neda", card(), "default-fa")
    made = drafting.duplicate(Role.MANAGER, "Neda", card(), "bank-en")
    assert drafting.publish(Role.MANAGER, "Neda", made, "first") == 1
    rule = Assignment("bank-en", language="en")
    drafting.assign(Role.MANAGER, "Neda", rule)
    assert [one.rule for one in card("bank-en").assignments] == [rule]
    assert "bank-en" in html(open_page("scorecards", "en"))
    drafting.unassign(Role.MANAGER, rule)
    assert card("bank-en").assignments == ()


def test_others_read_and_change_nothing(desk_site: Site, sign_in_as: SignIn) -> None:
    desk_site.add("lead", Role.SUPERVISOR, display_name="Reza")
    sign_in_as("lead")
    at = open_page("scorecards", "en", card=CARD, view="edit")
    assert at.segmented_control(key="cards_view").options == ["Read", "Compare"]
    assert "Greeting" in html(at)
    assert {button.key for button in at.button} & {"cards_begin", "assign_add", "again_start"} == set()
    draft = drafting.begin(Role.ADMINISTRATOR, "Neda", card())
    for role in (Role.SUPERVISOR, Role.AGENT):
        refused: list[Callable[[], object]] = [
            lambda role=role: drafting.begin(role, "Reza", card()),
            lambda role=role: drafting.save(role, "Reza", draft, ""),
            lambda role=role: drafting.publish(role, "Reza", draft, "why"),
            lambda role=role: drafting.discard(role, CARD),
            lambda role=role: drafting.duplicate(role, "Reza", card(), "x"),
            lambda role=role: drafting.assign(role, "Reza", Assignment(CARD)),
            lambda role=role: drafting.unassign(role, Assignment(CARD)),
            lambda role=role: trying.start(role, "Reza", draft, 10, None),
            lambda role=role: rescoring.start(role, "Reza", rescoring.Wanted(CARD, 1)),
            lambda role=role: rescoring.stop(role, 1),
        ]
        for attempt in refused:
            with pytest.raises(PermissionError):
                attempt()
    assert card().draft == draft


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_draft_is_compared_and_tried(
    desk_site: Site, sign_in_as: SignIn, centres: Callable[[Language], Path], language: Language
) -> None:
    open_copy(centres(language), desk_site).add("boss", Role.MANAGER, display_name="ندا")
    sign_in_as("boss")
    name = f"default-{language}"
    draft = drafting.begin(Role.MANAGER, "ندا", card(name))
    strict = with_fields(draft.content, name, {("bands", "pass"): 100, ("bands", "coach"): 100, WEIGHT: 40})
    draft = drafting.save(Role.MANAGER, "ندا", draft, strict)
    with speaking(language):
        at = open_page("scorecards", language, card=name, view="compare")
        assert {"en": "12.3", "fa": "۱۲٫۳"}[language] in html(at), "4 of 10 in a section of 40 in 130"
        trying.start(Role.MANAGER, "ندا", draft, 100, None)
        trying._works[name].thread.join(30)
        at = open_page("scorecards", language, card=name, view="edit")
        assert not at.exception
        found = trying.last(name, draft, Scope.all())
        assert found is not None
        assert (found.fresh, found.result.calls, found.made_by) == (True, 1, "ندا")
        assert len(at.get("plotly_chart")) == 1
