"""The page of privacy: rules are looked at before they work, a customer is forgotten by a typed word."""

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from dashboard.call.notices import notices
from dashboard.data import behind, care, privacy, site, voice
from dashboard.data.calls import load_call
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from qa.privacy.retention import read_schedule
from qa.store import tables as t
from qa.store.voice.answer_list import AnswerFilter
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.made_once import made_once
from tests.privacy import customer as known
from tests.privacy.customer import NUMBER, needles, traces

SignIn = Callable[[str], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "known-customer", known.make)


@pytest.fixture
def known_site(desk_site: Site, made: Path, sign_in_as: SignIn, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(behind, "PATIENCE", 60.0)  # what is counted is there, however busy the machine
    site.forget()
    shutil.copytree(made / "var", desk_site.folder, dirs_exist_ok=True)
    desk_site.add("boss", display_name="Mina Karimi")
    sign_in_as("boss")
    return desk_site


def test_a_customer_is_forgotten_by_a_typed_word(known_site: Site, made: Path) -> None:
    wanted = needles(made)
    with site.database().read() as tx:
        key = tx.scalar(select(t.calls.c.key))
    at = open_page("privacy")
    at.text_input(key="forget_who").set_value("0912-345 6789").run()
    at.button(key="forget_look").click().run()
    assert "recordings with their copies" in html(at)
    assert at.button(key="forget_do").disabled
    at.text_input(key="forget_word").set_value("Erase").run()
    asked = AnswerFilter("csat", voice.span(20_000, 21_000))
    answers = voice.listed(Scope.all(), asked, 25)
    assert voice.listed(Scope.all(), asked, 25) is answers
    waiting = care.alone(Scope.all(), care.CareFilter(), 25)
    assert care.alone(Scope.all(), care.CareFilter(), 25) is waiting
    at.button(key="forget_do").click().run()
    assert not at.exception
    assert voice.listed(Scope.all(), asked, 25) is not answers, "no list holds their words on"
    assert care.alone(Scope.all(), care.CareFilter(), 25) is not waiting
    assert {name for name in traces(known_site.folder, wanted) if name != "key"} == set()
    assert NUMBER not in html(at)
    (certificate,) = privacy.certificates(Role.ADMINISTRATOR)
    assert certificate.by == "Mina Karimi"
    assert "No. 1" in html(at)
    detail = load_call(str(key), Scope.all())
    assert detail is not None
    assert "erased at the customer's request" in " ".join(notices(detail))
    assert not open_page("call", call=str(key)).exception


def test_removal_is_switched_on_after_a_look(known_site: Site) -> None:
    at = open_page("privacy")
    assert "switched off" in html(at)
    at.number_input(key="rule_audio_None").set_value(30).run()
    at.button(key="rule_save").click().run()
    assert "30 days" in html(at)
    assert at.button(key="rule_on").disabled
    at.checkbox[0].check().run()
    at.button(key="rule_on").click().run()
    assert "removed daily by the worker" in html(at)
    with site.database().read() as tx:
        assert read_schedule(tx).on


def test_what_takes_long_to_count_is_counted_behind_the_page(
    known_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, count = Event(), privacy.look_over
    monkeypatch.setattr(privacy, "look_over", lambda *given: go.wait(60) and count(*given))
    monkeypatch.setattr(behind, "PATIENCE", 0.0)
    at = open_page("privacy")
    assert "is being counted" in html(at)
    assert "Recordings" not in html(at)
    at.number_input(key="rule_audio_None").set_value(30).run()
    at.button(key="rule_save").click().run()
    assert "30 days" not in html(at)
    assert [one for one in at.button if one.key == "rule_on"] == [], "nobody has seen what would go"
    go.set()
    monkeypatch.setattr(behind, "PATIENCE", 60.0)
    mark = privacy.overview().mark
    while privacy.kept(mark).working:
        pass
    at.run()
    assert "Recordings" in html(at)
    assert "Counted today" in html(at)
    assert "30 days" in html(at)


def test_others_read_and_change_nothing(known_site: Site, sign_in_as: SignIn) -> None:
    known_site.add("reza", Role.SUPERVISOR)
    sign_in_as("reza")
    at = open_page("privacy")
    assert "What is kept" in html(at)
    assert [str(one.key) for one in at.button if str(one.key).startswith(("rule", "forget", "hold"))] == []
    with pytest.raises(PermissionError):
        privacy.look(Role.SUPERVISOR, NUMBER)
