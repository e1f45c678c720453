"""The page of alerts: the rules on a centre's data, taking one on, what is set up and never shown."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.data import alerts, site
from dashboard.data.alerts import AlertState
from dashboard.data.kinds import Role
from qa.alerts import RULES, Sight, evaluate
from qa.alerts.burst import burst
from qa.alerts.kpi import lines
from qa.deliver.choices import webhook_secret
from qa.gather.week import House, read_week
from qa.store.scope import Scope
from qa.weekly import Ask
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]


@pytest.fixture
def raised(filled: Site, sign_in_as: SignIn) -> Site:
    filled.add("boss", Role.MANAGER)
    sign_in_as("boss")
    assert evaluate(site.database(), site.settings(), RULES, datetime.now(UTC))
    return filled


def test_the_rules_see_what_the_weekly_page_shows(filled: Site) -> None:
    now = datetime.now(UTC)
    sight = Sight(site.database(), site.settings(), now, "en")
    week = read_week(House(sight.database, sight.settings, Scope.all()), Ask(sight.last_week, "en"), now)
    found = {line.kpi: line for line in lines(sight)}
    assert set(found) >= {"quality", "csat", "no_failure_customer", "no_failure_compliance", "abandoned"}
    for key, line in found.items():
        figure = week.reading(key).figure
        assert line.chart.values[-1] == pytest.approx(figure.now.value), key
        assert (line.n, line.chart.last) == (figure.now.n, figure.chart.last), key
        assert line.chart.centre == pytest.approx(figure.chart.centre), key


def test_who_looks_again_raises_nothing_twice(raised: Site) -> None:
    now = datetime.now(UTC)
    assert evaluate(site.database(), site.settings(), RULES, now + timedelta(minutes=5)) == ()
    rules = {alert.rule for alert in alerts.page(Scope.all(), AlertState, 50).rows}
    assert rules >= {"critical", "promise"}


@pytest.mark.parametrize(
    ("negative", "every", "what"),
    [
        # a quiet course; a day of many; as many comments as ever, but nearly all negative; too few to matter
        ([3, 4] * 14 + [4], [12, 12] * 14 + [12], None),
        ([3, 4] * 14 + [20], [12, 12] * 14 + [70], "count"),
        ([6, 2] * 14 + [11], [24, 8] * 14 + [12], "share"),
        ([0, 1] * 14 + [4], [6, 6] * 14 + [6], None),
    ],
)
def test_a_burst_is_a_signal_and_not_a_threshold(
    negative: list[int], every: list[int], what: str | None
) -> None:
    import numpy as np

    found = burst(np.array(negative, float), np.array(every, float))
    assert (found["what"] if found else None) == what


def test_taking_one_on_with_an_action_item_and_closing_it(raised: Site) -> None:
    first = alerts.page(Scope.all(), AlertState, 50).rows[0]
    at = open_page("alerts")
    at.button(key=f"alert_do_{first.id}").click().run()
    at.text_input(key=f"alert_note_{first.id}").set_value("I call the team").run()
    at.button(key=f"alert_item_{first.id}").click().run()
    assert not at.exception
    assert "I call the team" in html(at)
    person = alerts.Person(raised.users["boss"], Scope.all())
    assert alerts.items_of(person, first.id) == 1
    at.button(key=f"alert_do_{first.id}").click().run()
    at.button(key=f"alert_close_{first.id}").click().run()
    assert alerts.counts(Scope.all())[AlertState.CLOSED] == 1
    assert f"alert_do_{first.id}" not in [button.key for button in at.button]


def test_setting_up_who_is_told_and_the_secret_stays_inside(raised: Site) -> None:
    at = open_page("alerts")
    at.text_area(key="alert_mail").set_value("boss@")
    at.button(key="FormSubmitter:telling-Save").click().run()
    assert "mail address" in at.error[0].value
    at.text_area(key="alert_mail").set_value("boss@example.org\n boss@example.org")
    at.text_input(key="alert_webhook").set_value("https://hooks.example.org/secret-part")
    at.text_input(key="alert_secret").set_value("a secret of the house")
    at.button(key="FormSubmitter:telling-Save").click().run()
    assert not at.error
    assert alerts.choices().mail == ("boss@example.org",)
    assert webhook_secret(site.settings()) == b"a secret of the house"
    at = open_page("alerts")
    assert at.text_input(key="alert_secret").value == ""
    at.checkbox(key="alert_rule_burst").uncheck()
    at.button(key="alert_rules_save").click().run()
    assert alerts.choices().off == ("burst",)
    at.button(key="alert_try").click().run()
    assert "1 waits" in html(at)


def test_a_supervisor_sees_own_alerts_and_sets_up_nothing(filled: Site, sign_in_as: SignIn) -> None:
    evaluate(site.database(), site.settings(), RULES, datetime.now(UTC))
    filled.add("lead", Role.SUPERVISOR, teams=frozenset({1}))
    sign_in_as("lead")
    at = open_page("alerts")
    seen = alerts.page(Scope.of_teams({1}), AlertState, 50).rows
    assert {alert.team_id for alert in seen} == {1}
    assert len([b for b in at.button if str(b.key).startswith("alert_do_")]) == len(seen)
    assert not at.text_area
    with pytest.raises(PermissionError):
        alerts.post(Role.SUPERVISOR)
