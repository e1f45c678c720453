"""The list of calls as a person uses it: filters, search, days, pages, the way back to all of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.calls.controls import period_bounds
from dashboard.calls.query import read_query
from dashboard.data import site
from dashboard.data.listing import every_row
from dashboard.data.site import Scope
from dashboard.i18n import number, speaking
from qa.calendar import from_jalali, jalali
from qa.store.call import calls
from qa.store.call.reviews import save_review
from tests.dashboard import call_samples
from tests.dashboard.centre import Language, address, html, open_copy, open_page, opened_keys
from tests.dashboard.desk import Site
from tests.store.samples import new_call, saying, sha

SignIn = Callable[[str], None]
SIZE = 25


@pytest.fixture
def boss(filled: Site, sign_in_as: SignIn) -> Site:
    filled.add("boss")
    sign_in_as("boss")
    return filled


def expected(**params: str) -> list[str]:
    query = read_query(params)
    return [row.key for row in every_row(Scope.all(), query.filters, query.order)]


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"order": "lowest"},
        {"order": "shortest"},
        {"agent": "6"},
        {"team": "1", "queue": "2"},
        {"band": "flag"},
        {"critical": "yes"},
        {"critical": "no", "order": "highest"},
        {"status": "failed"},
        {"language": "en", "direction": "inbound"},
        {"lost": "dead_air"},
        {"from": "²", "agent": "--1", "band": "x", "after": "rubbish"},
    ],
    ids=str,
)
def test_the_rows_are_those_of_the_address(boss: Site, params: dict[str, str]) -> None:
    keys = expected(**params)
    at = open_page("calls", **params)
    assert not at.exception
    assert keys
    assert opened_keys(at) == keys[:SIZE]
    assert f"{number(len(keys))} call" in html(at)


def test_more_and_back_walk_through_every_call(boss: Site) -> None:
    at = open_page("calls", order="lowest", team="1")
    keys, seen, firsts = expected(order="lowest", team="1"), [], []
    while True:
        seen += opened_keys(at)
        firsts.append(opened_keys(at)[0])
        if not [button for button in at.button if button.key == "calls_more"]:
            break
        at.button(key="calls_more").click().run()
    assert seen == keys
    for first in firsts[-2::-1]:
        at.button(key="calls_back").click().run()
        assert opened_keys(at)[0] == first
    assert "after" not in address(at)
    assert not [button for button in at.button if button.key == "calls_back"]


def test_a_link_into_the_middle_leads_back_to_the_first_page(boss: Site) -> None:
    at = open_page("calls")
    at.button(key="calls_more").click().run()
    other = open_page("calls", after=address(at)["after"])
    assert opened_keys(other) == opened_keys(at)
    other.button(key="calls_back").click().run()
    assert opened_keys(other) == expected()[:SIZE]


def test_a_filter_starts_from_the_first_page(boss: Site) -> None:
    at = open_page("calls")
    at.button(key="calls_more").click().run()
    at.multiselect(key="calls_band").select("flag").run()
    assert address(at)["band"] == "flag"
    assert "after" not in address(at)
    assert opened_keys(at) == expected(band="flag")[:SIZE]


def test_each_control_writes_the_address(boss: Site) -> None:
    at = open_page("calls")
    at.multiselect(key="calls_agent").select("3").run()
    at.multiselect(key="calls_agent").select("6").run()
    at.selectbox(key="calls_critical").select("no").run()
    at.selectbox(key="calls_order").select("highest").run()
    at.text_input(key="calls_q").set_value("  ").run()
    found = address(at)
    assert (found["agent"], found["critical"], found["order"]) == ("3,6", "no", "highest")
    assert "q" not in found
    assert opened_keys(at) == expected(agent="3,6", critical="no", order="highest")[:SIZE]


def test_show_all_empties_the_controls_too(boss: Site) -> None:
    at = open_page("calls", q="return", band="flag", critical="yes")
    assert at.text_input(key="calls_q").value == "return"
    assert at.multiselect(key="calls_band").value == ["flag"]
    at.button(key="calls_clear").click().run()
    assert set(address(at)) <= {"lang"}
    assert at.text_input(key="calls_q").value == ""
    assert at.multiselect(key="calls_band").value == []
    assert at.selectbox(key="calls_critical").value == ""
    assert opened_keys(at) == expected()[:SIZE]


def test_nothing_found_offers_the_way_out(boss: Site) -> None:
    at = open_page("calls", q="zeppelin")
    assert "No such calls" in html(at)
    at.button(key="state_calls_action").click().run()
    assert opened_keys(at) == expected()[:SIZE]
    assert at.text_input(key="calls_q").value == ""


def test_an_empty_desk_has_no_filter_to_take_off(desk_site: Site, sign_in_as: SignIn) -> None:
    desk_site.add("boss")
    sign_in_as("boss")
    at = open_page("calls")
    assert "No calls yet" in html(at)
    assert not [button for button in at.button if button.key == "state_calls_action"]


@pytest.mark.parametrize("typed", ["می‌خوام", "میخوام", "می خوام", "مي‌خوام", "میخوام سفارش"])
def test_search_knows_the_spellings_of_persian(boss: Site, typed: str) -> None:
    with site.database().write() as tx:
        made = calls.register(tx, new_call(77))
        told = saying(call_samples.review("fa"), "سلام، من می‌خوام سفارشم را پیگیری کنم")
        save_review(tx, made.call_id, told)
    assert opened_keys(open_page("calls", q=typed)) == [sha(77)[:12]]


@pytest.fixture
def persian(
    desk_site: Site, centres: Callable[[Language], Path], sign_in_as: SignIn
) -> Callable[..., AppTest]:
    open_copy(centres("fa"), desk_site).add("boss")
    sign_in_as("boss")

    def opened(**params: str) -> AppTest:
        return open_page("calls", "fa", **params)

    return opened


def chosen(at: AppTest, name: str) -> tuple[int, ...]:
    return tuple(at.selectbox(key=f"calls_{name}_{part}").value for part in ("year", "month", "day"))


def test_days_are_chosen_in_jalali(persian: Callable[..., AppTest]) -> None:
    with speaking("fa"):
        first, last = from_jalali(1405, 6, 31), from_jalali(1405, 7, 15)
        at = persian(**{"from": str(first), "to": str(last)})
        assert (chosen(at, "from"), chosen(at, "to")) == ((1405, 6, 31), (1405, 7, 15))
        assert at.selectbox(key="calls_from_month").options[6] == "مهر"
        assert at.selectbox(key="calls_from_year").options[0] >= "۱۴۰۵"
        at.selectbox(key="calls_from_month").select(7).run()  # Mehr has 30 days
    assert not at.exception
    assert chosen(at, "from") == (1405, 7, 30)
    assert address(at)["from"] == str(from_jalali(1405, 7, 30))
    assert not opened_keys(at)  # from after to
    with speaking("fa"):
        at.selectbox(key="calls_from_day").select(1).run()
    assert opened_keys(at) == expected(**{"from": str(from_jalali(1405, 7, 1)), "to": str(last)})[:SIZE]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_named_period_and_chosen_days(boss: Site, language: Language) -> None:
    with speaking(language):
        at = open_page("calls", language)
        at.selectbox(key="calls_period").select("last").run()
        bounds = period_bounds("last")
        assert bounds is not None
        assert (address(at)["from"], address(at)["to"]) == tuple(map(str, bounds))
        assert jalali(bounds[0]).weekday() == (0 if language == "fa" else 2)  # Saturday, Monday
        at.selectbox(key="calls_period").select("days").run()
        assert at.selectbox(key="calls_period").value == "days"
        this = period_bounds("week")
        assert this is not None
        assert address(at)["from"] == str(this[0])
        at.button(key="calls_clear").click().run()
        assert at.selectbox(key="calls_period").value == ""


def test_chosen_days_in_english(boss: Site) -> None:
    at = open_page("calls", **{"from": "20700", "to": "20706"})
    assert at.date_input(key="calls_day_from").value.isoformat() == "2026-09-04"
    at.date_input(key="calls_day_to").set_value(at.date_input(key="calls_day_from").value).run()
    assert address(at)["to"] == "20700"
    assert opened_keys(at) == expected(**{"from": "20700", "to": "20700"})[:SIZE]
