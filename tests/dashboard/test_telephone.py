"""The telephone's week on the overview: both weeks from queue records, for those who see everything."""

import gc
import logging
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Thread

import polars as pl
import pytest
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.data import contacts, targets, weekly
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.overview.reading import this_week, usual_week
from dashboard.server import warming
from qa.calendar import as_date, day_bounds
from qa.feedback import Choices, house_of, import_file
from qa.feedback.queue_log import QUEUE_LOG
from qa.store.rollups.held import held_of
from qa.store.rollups.of_contacts import contact_rows
from qa.weekly.records import Week
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site


def log_of(first: int, stays: list[tuple[int, float, int, int | None]]) -> str:
    """A queue log: day of the week, hour, seconds waited, seconds talked (``None``: gave up)."""
    lines = []
    for number, (day, hour, waited, talked) in enumerate(stays):
        midnight = datetime.combine(as_date(first + day), time(), settings().zone).astimezone(UTC).timestamp()
        entered, call = int(midnight + hour * 3600), f"1767603600.{number}"
        lines.append(f"{entered}|{call}|Gate|NONE|ENTERQUEUE||{number}|1")
        if talked is None:
            lines.append(f"{entered + waited}|{call}|Gate|NONE|ABANDON|1|1|{waited}")
        else:
            lines.append(f"{entered + waited}|{call}|Gate|SIP/1|CONNECT|{waited}|x|1")
            lines.append(f"{entered + waited + talked}|{call}|Gate|SIP/1|COMPLETECALLER|{waited}|{talked}|1")
    return "\n".join(lines) + "\n"


def test_service_level_of_both_weeks(filled: Site, sign_in_as: Callable[[str], None], tmp_path: Path) -> None:
    first = this_week("en") - 7
    stays = [
        (0, 9.0, 10, 60),
        (1, 9.0, 30, 120),
        (6, 23.999, 10, None),
        (-1, 12.0, 5, 30),
        (-7, 0.0, 5, 30),
        (7, 0.0, 1, 1),
    ]
    path = tmp_path / "queue_log"
    path.write_text(log_of(first, stays), encoding="utf-8")
    import_file(database(), QUEUE_LOG, path, Choices({}), (house_of(settings()), "pbx"))
    both = contacts.weeks(Scope.all(), first)
    gate = both.filter(pl.col("queue") == "Gate").group_by("week").agg(pl.col("n").sum())
    assert dict(gate.iter_rows()) == {-1: 2, 0: 3}
    assert contacts.weeks(Scope.of_teams([1]), first).is_empty()
    boss = filled.add("boss", Role.MANAGER)
    targets.change(Role.MANAGER, boss, None, {"service_level": 0.75})
    sign_in_as("boss")
    body = html(open_page("overview", "en", week=str(first)))
    assert "Service level (%)" in body
    zone = settings().zone
    now = contact_rows(database(), day_bounds(first, zone)[0], day_bounds(first + 6, zone)[1])
    stays = [
        (how, waited)
        for how, waited in now.select("outcome", "waited").rows()
        if how in {"answered", "abandoned"}
    ]
    known = [(how, waited) for how, waited in stays if how == "abandoned" or waited is not None]
    quick = sum(how == "answered" and waited <= 20 for how, waited in known)
    assert f"{100 * quick / len(known):.1f}" in body
    assert "target 75" in body
    talked = now["talked"].drop_nulls().to_list()
    assert f"{sum(talked) / len(talked):.1f}" in body, "mean handling time"
    filled.add("sue", Role.SUPERVISOR, teams=frozenset({1}))
    sign_in_as("sue")
    assert "Service level (%)" not in html(open_page("overview", "en", week=str(first)))


def test_what_is_loaded_is_not_gone_through_again() -> None:
    try:
        warming.settle()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_the_first_look_is_worked_out_before_anybody_looks(
    filled: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """After the start: sums are held and the week is there; a site that cannot be read is told in the log."""
    assert filled
    warming.look()

    def read_again(*_asked: object) -> Week:
        raise AssertionError

    monkeypatch.setattr(weekly, "read_week", read_again)
    first = usual_week(Scope.all(), "en")
    assert first is not None
    assert weekly.week(Scope.all(), weekly.Ask(first, "en")).ask.week == first
    assert held_of(database()).bytes > 0
    monkeypatch.setattr(warming, "load", lambda: None)
    monkeypatch.setattr(warming, "look", read_again)
    warming.warm()
    told = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert told == ["the first figures could not be worked out"]


def test_warming_alone_works_in_nobodys_session_without_a_word() -> None:
    said: list[int | None] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.thread)  # type: ignore[method-assign]
    logger = logging.getLogger(warming.SESSIONS)
    logger.addHandler(handler)

    def work() -> None:
        with warming.without_sessions():
            get_script_run_ctx()
            other = Thread(target=get_script_run_ctx)
            other.start()
            other.join()
            heard.append(other.ident)
        get_script_run_ctx()

    heard: list[int | None] = []
    warmer = Thread(target=work)
    warmer.start()
    warmer.join()
    logger.removeHandler(handler)
    assert said == [*heard, warmer.ident]
