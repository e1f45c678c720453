"""The customers' lists and one customer's page: following up, closing, asking on the telephone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from dashboard.data import care, site
from dashboard.data.care import CareFilter, FollowUpReason, SurveyKind
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from qa.calendar import local_day
from qa.store.call.calls import register
from qa.store.kinds import CallStatus, Feeling, ImportKind
from qa.store.made.generated import generated_source
from qa.store.tables import calls, comments, import_sources, surveys
from qa.store.voice.sentiments import Reading, save_readings, text_key
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.store.samples import new_call

SignIn = Callable[[str], None]
A, B = "a" * 64, "b" * 64
WORDS = "Eleven days for a refund"
ALL = Scope.all()


def fill(now: datetime) -> None:
    """One customer called and complained since; another called for the first time."""
    with site.database().write() as tx:
        for hours, customer in ((9, A), (3, B)):
            started = now - timedelta(hours=hours)
            facts = {"customer_hash": customer, "started_at": started, "local_day": local_day(started, UTC)}
            made = register(tx, new_call(hours, **facts)).call_id
            tx.execute(update(calls).where(calls.c.id == made).values(status=CallStatus.DONE))
        generated_source(tx, ImportKind.COMMENTS, "web")
        source = tx.scalar(select(import_sources.c.id))
        save_readings(tx, "m", [Reading(text_key(WORDS), Feeling.NEGATIVE, -0.9, 0.9, "en")])
        values = {
            "source_id": source,
            "key": "k",
            "text": WORDS,
            "text_key": text_key(WORDS),
            "customer_hash": A,
        }
        tx.execute(insert(comments).values(**values, posted_at=now - timedelta(hours=5), channel="web form"))


@pytest.fixture
def lead(desk_site: Site, sign_in_as: SignIn) -> Site:
    fill(datetime.now(UTC))
    desk_site.add("lead", Role.MANAGER, display_name="Nazanin Moradi")
    desk_site.add("mina", Role.SUPERVISOR, display_name="Mina Rahimi", teams=frozenset())
    sign_in_as("lead")
    return desk_site


def test_a_matter_is_given_to_somebody_and_closed_with_what_came_of_it(lead: Site) -> None:
    (one,) = care.alone(ALL, CareFilter(), 9).page
    key = f"complaint_{one.subject}"
    at = open_page("customers")
    assert "1 matter waits for somebody." in html(at)
    at.button(key=f"follow_{key}").click().run()
    at.selectbox(key=f"owner_{key}").set_value(lead.users["mina"])
    at.selectbox(key=f"due_{key}").set_value(2)
    at.button(key=f"assign_{key}").click().run()
    assert not at.exception
    assert "Mina Rahimi, due in 2 days" in html(at)
    at.button(key=f"follow_{key}").click().run()
    at.button(key=f"close_{key}").click().run()
    assert [error.value for error in at.error] == ["Write in the note what came of it."]
    at.text_input(key=f"note_{key}").set_value("refund sent")
    at.button(key=f"close_{key}").click().run()
    assert care.alone(ALL, CareFilter(), 9).page == ()
    assert "Nobody is left alone" in html(at)
    page = html(open_page("customer", customer=A))
    assert "refund sent" in page
    assert "given to Mina Rahimi" in page


def test_a_first_service_is_asked_about_on_the_telephone(lead: Site) -> None:
    at = open_page("customers", list="first")
    asked = [str(button.key) for button in at.button if str(button.key).startswith("ask_")]
    assert asked == [f"ask_{A[:16]}", f"ask_{B[:16]}"]
    at.button(key=asked[1]).click().run()
    at.button(key=f"keep_{B[:16]}").click().run()
    assert [error.value for error in at.error] == ["Choose the answer first."]
    at.button_group(key=f"score_{B[:16]}_csat").set_value(4).run()
    at.text_area(key=f"said_{B[:16]}").set_value("fine, call 09121234567")
    at.button(key=f"keep_{B[:16]}").click().run()
    assert not at.exception
    with site.database().read() as tx:
        (row,) = tx.execute(
            select(surveys.c.kind, surveys.c.score, surveys.c.text, surveys.c.customer_hash)
        ).all()
    assert tuple(row) == (SurveyKind.CSAT, 4, "fine, call <MOBILE>", B)
    assert [one.customer for one in care.first(ALL, CareFilter(), 9).rows] == [A]


def test_the_page_of_a_customer(lead: Site) -> None:
    at = open_page("customer", customer=A)
    assert not at.exception
    body = html(at)
    assert "first contact" in body
    assert WORDS in body
    assert "Course of sentiment" in body
    assert "Left alone" in body
    assert "No such customer" in html(open_page("customer", customer="f" * 64))
    assert "No such customer" in html(open_page("customer", customer="nonsense"))


def test_the_filters_narrow(lead: Site) -> None:
    assert "1 matter" in html(open_page("customers", reason=FollowUpReason.COMPLAINT.value))
    assert "Nobody is left alone" in html(open_page("customers", reason=FollowUpReason.LOW_SURVEY.value))
    assert "Nobody is left alone" in html(open_page("customers", service="travel"))
