"""Agents, teams and queues: one name, one row."""

import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import InvalidSetting, NotFound
from qa.store import people
from qa.store.database import Database
from qa.store.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sara Ahmadi", "  sara   ahmadi "),  # spaces and case
        ("علي كريمي", "علی کریمی"),  # an Arabic keyboard
        ("علی‌رضا", "علی رضا"),  # half-space or space
        ("کارشناس ۱۲", "کارشناس 12"),  # Persian digits
        ("٥٠٠", "500"),  # Arabic digits
        ("سـارا", "سارا"),  # tatweel
        ("مُحَمَّد", "محمد"),  # vowel marks
        ("\u202bسارا\u202c", "سارا"),  # direction marks
        ("ﺳﺎﺭﺍ", "سارا"),  # presentation forms
        ("STRASSE", "straße"),
    ],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Sara", "Sarah"), ("500", "5001"), ("علی", "علا"), ("q-500", "q 500")]
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["", "  ", "\u200c", "\u200f\u202b", "ـ"])
def test_a_name_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(InvalidSetting, match="name is empty"):
        name_key(name)


@given(st.text(min_size=1))
def test_a_key_is_its_own_key(name: str) -> None:
    try:
        key = name_key(name)
    except InvalidSetting:
        return
    assert name_key(key) == key
    assert not any(unicodedata.category(letter) == "Zs" and letter != " " for letter in key)


def test_a_name_is_made_once_and_shown_as_first_typed(database: Database) -> None:
    with database.write() as tx:
        first = people.agent_id(tx, " علي  كريمي ")
        assert people.agent_id(tx, "علی کریمی") == first
        assert people.team_id(tx, "Night") == people.team_id(tx, "night")
        assert people.queue_id(tx, "500") == people.queue_id(tx, "۵۰۰")
        assert [agent.name for agent in people.list_agents(tx)] == ["علي كريمي"]


def test_an_agent_joins_a_team_once_and_is_moved_by_hand(database: Database) -> None:
    with database.write() as tx:
        day, night = people.team_id(tx, "day"), people.team_id(tx, "night")
        sara = people.agent_id(tx, "Sara")
        assert people.team_of(tx, sara) is None
        people.agent_id(tx, "Sara", team=day)
        people.agent_id(tx, "Sara", team=night)  # a later file does not move her
        assert people.team_of(tx, sara) == day
        people.assign(tx, sara, night)
        assert [(a.name, a.team) for a in people.list_agents(tx)] == [("Sara", "night")]
        people.assign(tx, sara, None)
        assert people.team_of(tx, sara) is None
        with pytest.raises(NotFound, match="agent 99"):
            people.assign(tx, 99, day)


def test_a_queue_has_settings(database: Database) -> None:
    with database.write() as tx:
        queue = people.queue_id(tx, "500")
        people.set_queue(tx, queue, people.QueueSettings("fa", "refunds", "default_fa"))
        found = people.get_queue(tx, queue)
        assert (found.language, found.service, found.scorecard) == ("fa", "refunds", "default_fa")
        assert people.list_queues(tx) == (found,)
        for missing in (
            lambda: people.get_queue(tx, 99),
            lambda: people.set_queue(tx, 99, people.QueueSettings()),
        ):
            with pytest.raises(NotFound, match="queue 99"):
                missing()


def test_processes_that_meet_a_new_name_together_make_it_once(url: str) -> None:
    ready, found = threading.Barrier(6), []

    def meet() -> None:
        own = Database.open(url)
        ready.wait()
        with own.write() as tx:
            found.append(people.agent_id(tx, "Sara", team=people.team_id(tx, "Night")))
        own.close()

    threads = [threading.Thread(target=meet) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
