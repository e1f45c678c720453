"""The comments desk in a real browser: a complaint from first sight to thanks, and its customer's page; a
complaint in a call from the list of those left alone to the second in the call, and to its end.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.data import comments, site
from dashboard.data.comments import CommentFilter, CommentStep
from dashboard.data.kinds import Role
from qa.calendar import local_day
from qa.complaint import find_complaints
from qa.records import Span, Speaker, Transcript, Utterance
from qa.store.call.calls import register
from qa.store.call.reviews import save_review
from qa.store.scope import Scope
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, visit
from tests.dashboard.desk import Site, session_of, site_at
from tests.dashboard.test_customer_pages import WORDS, A, fill
from tests.store.fresh import fresh
from tests.store.samples import new_call, review

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A desk with one complaint of a customer who has called, and a manager."""
    desk_browser.chromium()
    folder = tmp_path_factory.mktemp("comments")
    with site_at(folder):
        fresh(site.settings().url)
        fill(datetime.now(UTC))
        complain(datetime.now(UTC))
        Site(folder).add("lead", Role.MANAGER, display_name="Nazanin Moradi")
        with desk_browser.cold_server(folder) as running:
            yield running


SPOKEN = "Nobody called me back."


def complain(now: datetime) -> None:
    """A call of another customer, two hours ago: the agent, then the complaint in the ninth second."""
    said = ((Speaker.AGENT, "How can I help you?"), (Speaker.CUSTOMER, SPOKEN))
    lines = (Utterance(n, who, Span(n * 9.0, n * 9.0 + 3), text) for n, (who, text) in enumerate(said))
    words = Transcript("en", "imported", "json", tuple(lines))
    started = now - timedelta(hours=2)
    facts = {"customer_hash": "c" * 64, "started_at": started, "local_day": local_day(started, UTC)}
    facts |= {"media": None}  # words alone
    with site.database().write() as tx:
        made = register(tx, new_call(70, **facts)).call_id
        found = replace(review(70), transcript=words, complaints=find_complaints(words))
        save_review(tx, made, found)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def test_a_complaint_from_first_sight_to_thanks(opened: Browser, server: Server) -> None:
    tab = visit(opened, server.url).enter(session_of("lead")).open("/comments?lang=en").settled()
    page = tab.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator(".card").first).to_contain_text(WORDS)
    expect(page.locator(".card .chip.now")).to_contain_text("past target")
    page.get_by_role("combobox", name="Draft from a template").click()
    page.get_by_role("option", name="Remedy: Late refund").click()
    reply = page.get_by_label("Reply", exact=True)
    drafted = (
        "We are sorry that your refund took so long. It is sent within … working days, and"
        " Nazanin Moradi follows it until it has reached you."
    )
    expect(reply).to_have_value(drafted)
    reply.fill("Sent today; Nazanin rings you on Tuesday.")
    press(page, "Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Sent today; Nazanin rings you on Tuesday."
    tab.settled()
    press(page, "Record reply")
    expect(page.get_by_text("No such comments")).to_be_visible()  # nothing waits any more
    tab.open("/comments?lang=en&shown=all").settled()
    expect(page.locator(".steps")).to_contain_text("Sent today; Nazanin rings you on Tuesday.")
    page.get_by_role("button", name="Offer remedy").click()
    page.get_by_label("What is offered").fill("delivery fee")
    page.keyboard.press("Enter")
    press(page, "Record the offer")
    expect(page.locator(".steps li", has_text="Remedy offered")).to_contain_text("delivery fee")
    tab.settled()
    press(page, "Resolved")
    expect(page.locator(".steps li b", has_text="Resolved")).to_be_visible()
    tab.settled()
    press(page, "Customer thanked us")
    expect(page.locator(".steps li b", has_text="Customer thanked us")).to_be_visible()
    expect(page.locator(".strip-c", has_text="Won back")).to_contain_text("100.0")
    (row,) = comments.page(Scope.all(), CommentFilter(), comments.CommentOrder.URGENT, 9).rows
    steps = [event.step for event in comments.ledger(Scope.all(), row.id)]
    assert steps == [CommentStep.REPLIED, CommentStep.OFFERED, CommentStep.RESOLVED, CommentStep.THANKED]
    tab.settled()
    page.get_by_role("link", name="Open the customer").first.click()
    page.wait_for_url(f"**customer={A}**")
    tab.settled()
    expect(page.locator("h1")).to_contain_text(A[:6].upper())
    expect(page.locator(".steps")).to_have_count(2)
    page.get_by_role("link", name="Open it").first.click()  # the comment, the newest
    page.wait_for_url(f"**comment={row.id}**")
    assert tab.faults == []


def test_a_complaint_in_a_call_from_the_list_to_the_second_and_to_its_end(
    opened: Browser, server: Server
) -> None:
    tab = visit(opened, server.url).enter(session_of("lead"))
    page = tab.open("/customers?lang=en&reason=complaint in a call").settled().page
    page.get_by_role("link", name="Open the customer").click()
    page.wait_for_url(f"**customer={'c' * 64}**")
    tab.settled()
    steps = page.locator(".steps li b")
    expect(steps).to_have_text(["Complaint in a call", "Call"])
    page.get_by_role("link", name="Open it").first.click()
    page.wait_for_url("**t=9.0**")
    marked = page.locator(".ln", has=page.locator(".chip"))
    expect(marked).to_contain_text(SPOKEN)
    expect(marked.locator(".chip")).to_have_text("complaint")
    expect(marked).to_have_class("ln customer on")
    page.go_back()
    tab.settled()
    press(page, "Follow up")
    press(page, "Give it to this person")
    tab.settled()
    expect(page.locator(".row .chip")).to_contain_text("Nazanin Moradi, due in 1 day")
    press(page, "Follow up")
    page.get_by_label("Note", exact=True).fill("spoke, parcel found")
    page.keyboard.press("Enter")
    press(page, "Close: the note says what came of it")
    expect(page.get_by_text("spoke, parcel found")).to_be_visible()
    expect(page.get_by_text("no contact since")).to_have_count(0)
    assert tab.faults == []
