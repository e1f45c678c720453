"""The ledger's page: what it lists, and what a person decides there."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from dashboard.data import promises
from dashboard.data.promises import LedgerFilter, PromiseState
from dashboard.data.site import Scope
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]


@pytest.fixture
def boss(filled: Site, sign_in_as: SignIn) -> Site:
    filled.add("boss")
    sign_in_as("boss")
    return filled


def ledger(**wanted: object) -> tuple[promises.LedgerRow, ...]:
    return promises.page(Scope.all(), LedgerFilter(datetime.now(UTC), **wanted), 500).rows  # type: ignore[arg-type]


@pytest.mark.parametrize("shown", ["open", "overdue", "kept", "broken", "all", "nonsense"])
def test_the_address_says_what_is_listed(boss: Site, shown: str) -> None:
    at = open_page("promises", shown=shown)
    assert not at.exception
    expected = {
        "overdue": ledger(overdue=True),
        "all": ledger(),
        "nonsense": ledger(states=frozenset({PromiseState.OPEN})),
    }.get(shown) or ledger(states=frozenset({PromiseState(shown)}) if shown != "nonsense" else frozenset())
    listed = [button.key for button in at.button if str(button.key).startswith("decide_")]
    assert listed == [f"decide_{row.id}" for row in expected[:25]]
    assert listed  # the centre holds some of each kind


def test_a_decision_is_stored_with_its_author(boss: Site) -> None:
    first = ledger(overdue=True)[0]
    at = open_page("promises", shown="overdue")
    at.button(key=f"decide_{first.id}").click().run()
    at.radio(key=f"answer_{first.id}").set_value(PromiseState.BROKEN)
    at.text_input(key=f"note_{first.id}").set_value("nobody called")
    at.button(key=f"store_{first.id}").click().run()
    assert not at.exception
    (event,) = promises.events(Scope.all(), first.id)
    assert (event.state, event.note, event.by) == (PromiseState.BROKEN, "nobody called", "boss")
    assert first.id not in {row.id for row in ledger(overdue=True)}


def test_the_overview_counts_what_is_overdue(boss: Site) -> None:
    at = open_page("overview")
    count = len(ledger(overdue=True))
    assert count > 0
    assert f"{count} promise{' is' if count == 1 else 's are'} overdue" in html(at)
    links = [link.proto for link in at.get("page_link") if link.proto.page.rstrip("/").endswith("promises")]
    assert [proto.query_string for proto in links] == ["shown=overdue"]


def test_a_call_shows_its_own_promises(boss: Site) -> None:
    some = ledger()[0]
    at = open_page("call", call=some.key)
    assert not at.exception
    own = [row.id for row in ledger() if row.key == some.key]
    assert [button.key for button in at.button if str(button.key).startswith("decide_")] == [
        f"decide_{row}" for row in own
    ]
