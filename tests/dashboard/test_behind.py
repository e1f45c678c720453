"""What is worked out behind a page: begun once, waited for a moment, shown with its time."""

from collections.abc import Iterator
from concurrent.futures import Future, wait
from datetime import datetime
from threading import Event

import pytest

from dashboard.data import behind
from dashboard.data.behind import Behind


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Work waits at it; a page waits for nothing."""
    monkeypatch.setattr(behind, "PATIENCE", 0.0)
    opened = Event()
    yield opened
    opened.set()


def test_a_page_waits_for_what_is_soon_there() -> None:
    found = Behind(lambda: 7, 60).look()
    assert (found.value, found.working) == (7, False)
    assert found.at is not None


def test_the_figure_before_stands_until_the_new_one_is_there(gate: Event) -> None:
    numbers = iter((1, 2, 3))

    def work() -> int:
        gate.wait(60)
        return next(numbers)

    one = Behind(work, 0)  # old at once
    first = one.look()
    assert (first.value, first.at, first.working) == (None, None, True)
    assert one.look() == first, "one is at work, no second is begun"
    gate.set()
    while one.look().value is None:
        pass
    gate.clear()
    while not (held := one.look()).working:
        pass
    seen = one.look()
    assert (seen.value, seen.at, seen.working) == (held.value, held.at, True)
    assert seen.value is not None


def test_what_went_wrong_is_said_once_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "PATIENCE", 60.0)
    fates = iter((ZeroDivisionError, None))

    def work() -> int:
        fate = next(fates)
        if fate is not None:
            raise fate
        return 7

    one = Behind(work, 60)
    with pytest.raises(ZeroDivisionError):
        one.look()
    assert one.look().value == 7


def test_what_ends_after_the_look_is_at_work_for_it(gate: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a page would show neither a figure nor that it is coming."""
    one, taken = Behind(lambda: gate.wait(60), 60), Behind._taken

    def late(self: Behind[bool], running: "Future[tuple[bool, datetime]]") -> bool:
        found = taken(self, running)
        gate.set()
        wait([running], 60)
        return found

    monkeypatch.setattr(Behind, "_taken", late)
    first = one.look()
    assert (first.value, first.working) == (None, True)
    assert one.look().value is True
