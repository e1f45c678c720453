"""The comments desk in a real browser: a complaint from first sight to thanks, and its customer's page."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.data import comments, site
from dashboard.data.comments import CommentFilter, CommentStep
from dashboard.data.kinds import Role
from qa.store.scope import Scope
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, visit
from tests.dashboard.desk import Site, session_of, site_at
from tests.dashboard.test_customer_pages import WORDS, A, fill
from tests.store.fresh import fresh

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A desk with one complaint of a customer who has called, and a manager."""
    desk_browser.chromium()
    folder = tmp_path_factory.mktemp("comments")
    with site_at(folder):
        fresh(site.settings().url)
        fill(datetime.now(UTC))
        Site(folder).add("lead", Role.MANAGER, display_name="Nazanin Moradi")
        with desk_browser.cold_server(folder) as running:
            yield running


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
    (row,) = comments.page(Scope.all(), CommentFilter(), comments.CommentOrder.URGENT, 9, 0)
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
