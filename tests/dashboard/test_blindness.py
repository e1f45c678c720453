"""Who judges a call blind: no read and no page says what a machine or another person found in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from dashboard.data import (
    accounts,
    agreement,
    attention,
    calibration,
    demo,
    disputes,
    frames,
    listing,
    promises,
    recordings,
    review,
    site,
    trying,
    work,
)
from dashboard.data import calls as data_calls
from dashboard.data.kinds import Role
from dashboard.data.listing import CallFilter, Order, PageOf
from dashboard.data.promises import LedgerFilter
from dashboard.data.review import Mark, Person
from dashboard.identity import COOKIE
from qa.gather import sums
from qa.records import Promise
from qa.rescore.backtest import Backtest, Moved, Side
from qa.settings import ROOT
from qa.store.card.backtests import save_backtest
from qa.store.kinds import Layer
from qa.store.lists.tallies import dispute_tally
from qa.store.promise.promises import save_promises
from qa.store.scope import Scope
from qa.store.tables import reviews
from tests.dashboard import call_samples
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.dashboard.test_calibration_pages import a_round, proved
from tests.store.desk import card

MACHINE, PERSON = 63.71, 41.97
"""Scores that stand nowhere else."""
QUOTE = "refund will certainly"
BACKTEST = "18.53"
FINDINGS = (str(MACHINE), str(PERSON), QUOTE, BACKTEST, "not met", "NOT_MET")
NOW = datetime(2026, 11, 21, tzinfo=UTC)

Read = Callable[[Person, str, int], object]
LISTED = CallFilter()
READS: dict[
    str, Read
] = {  # each shows the call to who takes no part, and nothing of it to who judges it blind
    "agreement.tables": lambda p, key, n: [(t.scorecard, t.raters) for t in agreement.tables(p.scope)],
    "attention.count_calls": lambda p, key, n: attention.count_calls(p.scope, CallFilter(critical=True)),
    "attention.critical_calls": lambda p, key, n: attention.critical_calls(p.scope, LISTED, 50)[0],
    "disputes.every": lambda p, key, n: disputes.every(p.scope),
    "disputes.frame": lambda p, key, n: disputes.frame(p.scope),
    "disputes.of_call": lambda p, key, n: disputes.of_call(n, p.scope),
    "frames.calls": lambda p, key, n: frames.calls(p.scope, LISTED),
    "frames.criteria": lambda p, key, n: frames.criteria(p.scope, LISTED),
    "frames.figures": lambda p, key, n: frames.figures(p.scope, LISTED),
    "frames.verdicts": lambda p, key, n: frames.verdicts(p.scope, LISTED),
    "sums.summed": lambda p, key, n: sums.summed(site.database(), p.scope, LISTED),
    "tallies.dispute_tally": lambda p, key, n: dispute_tally(site.database(), p.scope, LISTED),
    "listing.every_row": lambda p, key, n: list(listing.every_row(p.scope, LISTED, Order.LOWEST)),
    "listing.page": lambda p, key, n: listing.page(p.scope, LISTED, PageOf()).rows,
    "listing.page by words": lambda p, key, n: (
        listing.page(p.scope, CallFilter(search="kettle"), PageOf()).rows
    ),
    "promises.counts": lambda p, key, n: promises.counts(p.scope, LedgerFilter(NOW)).total,
    "promises.page": lambda p, key, n: promises.page(p.scope, LedgerFilter(NOW), 50).rows,
    "review.frame": lambda p, key, n: review.frame(p.scope, 5000).filter(pl.col("kind") == "review"),
    "review.human_of": lambda p, key, n: review.human_of(n, p.scope),
    "trying.last": lambda p, key, n: _moved(p.scope),
}
HIDES: dict[str, Read] = {  # these give the call, without any finding
    "calls.load_call": lambda p, key, n: data_calls.load_call(key, p.scope),
    "calibration.to_do": lambda p, key, n: calibration.to_do(p),
    "review.open_review": lambda p, key, n: [review.open_review(r.id, p) for r in calibration.to_do(p)],
    "review.queue": lambda p, key, n: review.queue(p),
    "recordings.sound_of": lambda p, key, n: recordings.sound_of(key, p.scope),
    "work.board": lambda p, key, n: work.board(p.scope),
}
REACHING = {
    "voice/answer_list.py",  # what customers answered, without the score of a call judged blind
    "voice/buyers.py",  # what customers answered last, without their call
    "call/calls.py",  # the number of a call by its key, and whether its sound may be heard
    "call/detail.py",  # the page of the call, blinded
    "voice/feedback_frames.py",  # what customers answered
    "coaching/library.py",  # moments of own calls before anybody consented, none of a call judged blind
    "desk/assigning.py",  # the own blind review, to work on
    "desk/reading.py",  # the own blind review, without the machine's verdicts
}
"""In ``qa/store``. Every other read asks ``Scope.clause``, which leaves such calls out."""


def test_only_reads_that_hide_findings_themselves_reach_calls_judged_blind() -> None:
    found = {path for path in (ROOT / "qa").rglob("*.py") if "scope.reach()" in path.read_text("utf-8")}
    assert {path.relative_to(ROOT / "qa" / "store").as_posix() for path in found} == REACHING


def _moved(scope: Scope) -> object:
    tried = trying.last(card().id, None, scope)
    return () if tried is None else tried.result.moved


def _tried(key: str) -> Backtest:
    side = Side(1, 80.0, None, None, (1,), {}, {})
    moved = Moved(key, MACHINE, float(BACKTEST), "flag", "flag", ())
    return Backtest(card().id, 1, side, side, {}, 1, (moved,))


@pytest.fixture
def judged(desk_site: Site, tmp_path: Path) -> tuple[str, int, dict[str, Person]]:
    """A call with everything that can be found in one, which ``boss`` and ``neda`` are to judge blind."""
    key = call_samples.store(
        tmp_path, scoring=replace(proved(), score=MACHINE, score_before_critical=MACHINE)
    )
    detail = data_calls.load_call(key, Scope.all())
    assert detail is not None
    number, agent = detail.head.id, detail.head.agent_id
    for name in ("boss", "neda", "omid"):
        desk_site.add(name, Role.ADMINISTRATOR, display_name=name.title())
    desk_site.add("sara", Role.AGENT, agent_id=agent)
    omid = Person(desk_site.users["omid"], Scope.all())
    disputes.contest(key, "empathy", "I said so", (desk_site.users["sara"], agent))
    made = review.take(key, omid)
    found = review.open_review(made, omid)
    assert found is not None
    review.keep(made, omid, [Mark(v.key, v.automatic) for v in found.verdicts], 9.0)
    review.finish(made, omid)
    with site.database().write() as tx:
        save_promises(tx, number, [Promise(5, QUOTE, 49.0, NOW, "tonight", 0.9)])
        save_backtest(tx, card().id, "draft", _tried(key).shape(), "Omid")
        random = {"human_score": PERSON, "layer": Layer.RANDOM, "week": 20_000}
        tx.execute(update(reviews).where(reviews.c.id == made).values(**random))
    people = {name: Person(each, Scope.all()) for name, each in desk_site.users.items()}
    a_round(people, (key,))
    agreement._computed.clear()
    demo.refresh()
    return key, number, {name: _as_signed_in(desk_site, name) for name in ("boss", "omid")}


def _as_signed_in(desk: Site, name: str) -> Person:
    found = accounts.signed_in(desk.session(name))
    assert found is not None
    return Person(found.user.id, found.user.scope)


def told(answer: Any) -> str:
    """All that a read gave, in full."""
    return str(answer.to_dicts()) if isinstance(answer, pl.DataFrame) else repr(answer)


def test_reads(judged: tuple[str, int, dict[str, Person]]) -> None:
    key, number, people = judged
    for name, read in READS.items():
        seen, blind = read(people["omid"], key, number), read(people["boss"], key, number)
        assert told(seen) not in ("0", "()", "[]", "None"), name  # the read does give the call to others
        assert told(blind) in ("0", "()", "[]", "None"), name
    for name, read in HIDES.items():
        found = told(read(people["boss"], key, number))
        assert [finding for finding in FINDINGS if finding in found.replace(SAID, "")] == [], name
    assert str(MACHINE) in told(HIDES["calls.load_call"](people["omid"], key, number))


SAID = call_samples.SAID[5][3]
"""The transcript itself is what a blind reviewer reads."""


SHOWN = {"calls": ">63.7<", "promises": QUOTE, "disputes": "Sara Ahmadi", "overview": "Sara Ahmadi"}
"""What these pages show of the call to who takes no part in the round."""


def test_pages_and_files(
    judged: tuple[str, int, dict[str, Person]],
    desk_site: Site,
    client: TestClient,
    sign_in_as: Callable[[str], None],
) -> None:
    key, _number, _people = judged
    for name, hidden in (("omid", False), ("boss", True)):
        client.cookies.set(COOKIE, desk_site.session(name))
        file = client.get("/qa/export/calls.csv").text
        assert (key in file, "63.7" in file) == (not hidden, not hidden)
    for name, hidden in (("omid", False), ("boss", True)):
        sign_in_as(name)
        for page, mark in SHOWN.items():
            assert (mark in html(open_page(page))) == (not hidden), (name, page)
    body = html(open_page("calls"))
    assert "1 call that you have to judge blind" in body
    assert key not in body
