"""The address of the list: whatever stands in it is read, or narrows nothing."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from dashboard import address
from dashboard.calls import controls, days, summary
from dashboard.calls.query import ORDERS, PARTS, in_address, read_query
from dashboard.data import listing
from dashboard.data.kinds import Band, CallStatus, Direction
from dashboard.data.listing import CallFilter, Order, PageOf, page
from dashboard.data.site import Scope, database
from dashboard.i18n import speaking
from qa.calendar import from_jalali, jalali
from qa.errors import InvalidSetting
from tests.dashboard.desk import Site

EVERYTHING = Scope.all()
JUNK = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "²",
            "٣",
            "--5",
            "-1",
            "1e9",
            "9" * 40,
            "1,2,x",
            "\0",
            "a\0b",
            "' OR 1=1",
            "~",
            "nan~1",
            "1~" + "9" * 30,
        ]
    ),
    st.integers().map(str),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", CallFilter()),
        ("from=20000&to=20006", CallFilter(first_day=20000, last_day=20006)),
        ("agent=3,4&team=1", CallFilter(agents=frozenset({3, 4}), teams=frozenset({1}))),
        ("agent=3,x,²", CallFilter(agents=frozenset({3}))),  # what can be read counts
        ("band=flag,none", CallFilter(bands=frozenset({Band.FLAG}))),
        ("status=waiting,running", CallFilter(statuses=frozenset({CallStatus.WAITING, CallStatus.RUNNING}))),
        ("direction=outbound", CallFilter(directions=frozenset({Direction.OUTBOUND}))),
        ("critical=yes", CallFilter(critical=True)),
        ("critical=no", CallFilter(critical=False)),
        ("critical=perhaps", CallFilter()),
        ("sound=yes", CallFilter(recorded=True)),
        ("sound=no", CallFilter(recorded=False)),
        ("abuse=yes", CallFilter(abusive=True)),
        ("complaint=no", CallFilter(complained=False)),
        ("sound=loud", CallFilter()),
        ("lost=dead_air", CallFilter(lost_at="dead_air")),
        ("lost=Dead Air!", CallFilter()),
        ("language=fa", CallFilter(languages=frozenset({"fa"}))),
        ("language=<b>", CallFilter()),
        ("q=می‌خوام", CallFilter(search="میخوام")),
        ("from=-5&to=²", CallFilter()),
        ("from=9999999", CallFilter()),  # after the last year that has a calendar
        ("after=5~1&order=lowest", CallFilter()),
    ],
)
def test_what_an_address_asks_for(query: str, expected: CallFilter) -> None:
    found = read_query(dict(parse_qsl(query)))
    assert found.filters == expected
    assert found.narrowed is (expected != CallFilter())


def test_no_number_stands_in_the_address_of_a_search() -> None:
    assert in_address(" refund of the order ") == "refund of the order"
    for typed in (
        "0912 123 4567",
        "call 09121234567",
        "۰۹۱۲۱۲۳۴۵۶۷",
        "card 4111 1111 1111 1111",
        "a@b.example",
    ):
        kept = in_address(typed)
        assert not any(letter.isdigit() for letter in kept), kept
        assert "@" not in kept


def test_orders() -> None:
    assert {read_query({"order": name}).order for name in ORDERS} == set(Order)
    assert read_query({"order": "by colour"}).order is Order.NEWEST


@given(st.dictionaries(st.sampled_from([*PARTS, "order", "after"]), JUNK))
def test_junk_is_read_without_an_error(params: dict[str, str]) -> None:
    filters = read_query(params).filters
    for day in (filters.first_day, filters.last_day):
        assert day is None or 0 <= day <= address.LAST_DAY
    cursor = address.cursor_of(params.get("after"))
    assert cursor is None or cursor == params["after"]


def test_junk_reaches_the_database_without_an_error(filled: Site) -> None:
    @given(st.dictionaries(st.sampled_from([*PARTS, "order", "after"]), JUNK))
    def ask(params: dict[str, str]) -> None:
        query = read_query(params)
        try:
            found = page(
                EVERYTHING, query.filters, PageOf(address.cursor_of(params.get("after")), 5, query.order)
            )
        except InvalidSetting:
            return  # the page starts from the first row then
        assert len(found.rows) <= 5
        for language in ("en", "fa"):
            with speaking(language):
                assert all(summary.words_of(query, EVERYTHING, {}))

    ask()


@given(st.integers(0, address.LAST_DAY))
def test_a_day_comes_back_from_the_address(day: int) -> None:
    assert address.day_of(str(day)) == day


@pytest.mark.parametrize("text", ["", "-1", "100000", "٣", "²", "1.5", " 3", "0x10"])
def test_what_is_no_day(text: str) -> None:
    assert address.day_of(text) is None


@given(st.integers(1390, 1420), st.integers(1, 12), st.integers(1, 31))
def test_a_day_past_the_end_of_a_jalali_month_is_its_last(year: int, month: int, day: int) -> None:
    found = jalali(days.last_valid(year, month, day))
    assert (found.year, found.month) == (year, month)
    assert found.day == day or (found.day < day and jalali(days.last_valid(year, month, day) + 1).day == 1)


def test_esfand_of_a_leap_year() -> None:
    assert days.last_valid(1403, 12, 31) == from_jalali(1403, 12, 30)
    assert days.last_valid(1404, 12, 31) == from_jalali(1404, 12, 29)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("name", ["", "week", "last", "four", "twelve"])
def test_a_named_period_is_known_again(desk_site: Site, name: str, language: str) -> None:
    with speaking(language):
        bounds = controls.period_bounds(name)
        params = {} if bounds is None else {"from": str(bounds[0]), "to": str(bounds[1])}
        assert controls.period_of(params) == name
        if bounds is not None:
            assert controls.period_of({"from": str(bounds[0] + 1), "to": str(bounds[1])}) == "days"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=20000&to=20006", ["۱۳ تا ۱۹ مهر ۱۴۰۳"]),
        ("from=20000", ["از ۱۳ مهر ۱۴۰۳"]),
        ("to=20000", ["تا ۱۳ مهر ۱۴۰۳"]),
        ("critical=no&band=flag", ["نیازمند رسیدگی", "بدون خطای بحرانی"]),
        ("abuse=no&complaint=yes", ["بدون توهین", "مشتری شکایت کرد"]),
        ("lost=dead_air", ["امتیاز ازدست‌رفته در: سکوت"]),
    ],
)
def test_filters_in_words(desk_site: Site, query: str, words: list[str]) -> None:
    with speaking("fa"):
        found = summary.words_of(read_query(dict(parse_qsl(query))), EVERYTHING, {"dead_air": "سکوت"})
    assert found == words


def test_the_number_of_very_many_calls_is_counted_once_a_moment(
    filled: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrowed = CallFilter(directions=frozenset({Direction.OUTBOUND}))
    exact = [page(EVERYTHING, one, PageOf(limit=5)).total for one in (CallFilter(), narrowed)]
    monkeypatch.setattr(listing, "MANY", 1)
    asked: list[str] = []

    def note(*call: object) -> None:
        asked.append(str(call[2]))

    event.listen(database().engine, "before_cursor_execute", note)
    try:
        for _look in range(2):
            found = [page(EVERYTHING, one, PageOf(limit=5)) for one in (CallFilter(), narrowed)]
            assert [one.total for one in found] == exact
            assert found[0].rows
        assert sum("count(*)" in one for one in asked) == 2  # of four looks
    finally:
        event.remove(database().engine, "before_cursor_execute", note)
        listing._totals.clear()
