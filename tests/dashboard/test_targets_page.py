"""Targets: set for the site and for a team, told with who and when, used by the overview."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import targets
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from dashboard.overview.reading import this_week
from qa.errors import InvalidSetting
from qa.weekly import Group
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]


def field(at: AppTest, kpi: str) -> str:
    """The key of a KPI's number; it ends with the target that stands there."""
    return next(str(one.key) for one in at.number_input if str(one.key).startswith(f"target_{kpi}_"))


def about(at: AppTest, group: str) -> None:
    """Show the targets of a group of KPIs."""
    at.segmented_control(key="target_group").set_value(Group(group)).run()


def test_a_manager_sets_and_resets_the_targets_of_site_and_team(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("mina", Role.MANAGER, display_name="Mina Karimi")
    sign_in_as("mina")
    at = open_page("targets")
    assert "the defaults count" in html(at)
    at.number_input(key=field(at, "quality")).set_value(90.0)
    at.button(key="target_save").click().run()
    about(at, "Conversation")
    at.number_input(key=field(at, "dead_air")).set_value(6.0)
    at.button(key="target_save").click().run()
    about(at, "Quality")
    at.selectbox(key="target_for").select(1).run()
    assert at.number_input(key=field(at, "quality")).proto.placeholder == "as the site: 90"
    at.number_input(key=field(at, "no_failure")).set_value(99.5)
    at.button(key="target_save").click().run()
    assert not at.exception
    body = html(at)
    assert "No critical failure, at least (%): 99.5" in body
    assert "by Mina Karimi" in body
    set_or_default = {key: value for key, value in targets.goals(Scope.all()).items() if value is not None}
    assert set_or_default == {
        "quality": 90.0,
        "no_failure": 0.98,
        "dead_air": 6.0,
        "first_reply": 120.0,
        "service_level": 0.8,
    }
    team = targets.goals(Scope.all()) | {"no_failure": 0.995}
    assert targets.goals(Scope.of_teams([1])) == team
    assert targets.goals(Scope.of_agent(1)) == team  # the agent is in this team
    assert targets.goals(Scope.of_teams([1, 2])) == targets.goals(Scope.all())
    at.button(key="target_reset").click().run()
    assert "No critical failure, at least (%): set back" in html(at)
    assert "No critical failure, at least (%): 99.5" in html(at), "the change before it is still told"
    assert targets.goals(Scope.of_teams([1])) == targets.goals(Scope.all())
    overview = html(open_page("overview", week=str(this_week("en") - 7)))
    assert "target 90" in overview
    assert "target at most 6" in overview


def test_a_supervisor_of_one_team_sees_its_target(filled: Site, sign_in_as: SignIn) -> None:
    boss = filled.add("boss")
    targets.change(Role.ADMINISTRATOR, boss, 1, {"quality": 77.0})
    filled.add("reza", Role.SUPERVISOR, teams=frozenset({1}))
    sign_in_as("reza")
    assert "target 77" in html(open_page("overview", week=str(this_week("en") - 7)))


@pytest.mark.parametrize("value", [-1.0, 100.5, float("nan"), float("inf")])
def test_what_cannot_be_reached_is_refused_whole(filled: Site, value: float) -> None:
    boss = filled.add("boss")
    with pytest.raises(InvalidSetting, match="0 to 100"):
        targets.change(Role.ADMINISTRATOR, boss, None, {"no_failure": 0.5, "quality": value})
    assert targets.read_targets().own == {}


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
def test_others_cannot_set_them(filled: Site, role: Role) -> None:
    boss = filled.add("boss")
    with pytest.raises(PermissionError):
        targets.change(role, boss, None, {"quality": 80.0})
    assert targets.read_targets().changes == {}
