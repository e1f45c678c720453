"""The page of the audit log, and who opened a call: told to those who may know it, not before they may."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from dashboard.audit.words import ACTS, BREAKS, KINDS, STEPS
from dashboard.data import audit, calls, recordings, site
from dashboard.data.acting import acting, audited_alone
from dashboard.data.audit import Act, AuditFilter, Break
from dashboard.data.kinds import Role
from dashboard.data.review import Person
from dashboard.identity import COOKIE
from qa.store.kinds import RoundState
from qa.store.scope import Scope
from qa.store.tables import audit_log, calibration_rounds
from tests.dashboard import call_samples
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.dashboard.test_calibration_pages import a_round, proved
from tests.shared import ROOT

SignIn = Callable[[str], None]
AGENT = "Sara Ahmadi"


@pytest.fixture
def seen(desk_site: Site, tmp_path: Path) -> tuple[str, int]:
    """A call of Sara's that Omid and Neda opened, and Omid heard."""
    key = call_samples.store(tmp_path, scoring=proved())
    found = calls.load_call(key, Scope.all())
    assert found is not None
    assert found.head.agent_id is not None
    for name in ("boss", "neda", "omid"):
        desk_site.add(name, Role.MANAGER, display_name=name.title())
    desk_site.add("sara", Role.AGENT, agent_id=found.head.agent_id, display_name=AGENT)
    for name in ("omid", "neda", "sara"):
        acting(desk_site.users[name])
        calls.load_call(key, Scope.all())
    acting(desk_site.users["omid"])
    recordings.sound_of(key, Scope.all())
    acting(None)
    return key, found.head.id


def test_the_page_shows_filters_and_checks(
    seen: tuple[str, int], desk_site: Site, sign_in_as: SignIn
) -> None:
    key, _number = seen
    sign_in_as("boss")
    page = open_page("audit")
    body = html(page)
    assert not page.exception
    assert all(text in body for text in ("Recording played", "Omid", "Neda", key, "not looked at yet"))
    page.button(key="audit_check").click().run()
    assert "whole" in html(page)
    assert audit.standing(Role.MANAGER).last is not None
    one = html(open_page("audit", who=str(desk_site.users["omid"]), act=str(Act.CALL_VIEWED)))
    assert ("Recording played" in one, one.count("Call opened")) == (False, 1)
    assert "Only what was done with the call" in html(open_page("audit", call=key))
    strange = open_page("audit", who="x", act="danced", call="../..", days="-4", before="~")
    assert not strange.exception
    assert "No such entries" in html(open_page("audit", before="1"))
    assert [line.act for line in audit.page(Role.MANAGER, AuditFilter(act=Act.AUDIT_READ), 9)] == [
        "audit log read"
    ]


def test_a_log_that_was_changed_says_where(seen: tuple[str, int], sign_in_as: SignIn) -> None:
    audit.look(Role.MANAGER)
    with closing(sqlite3.connect(site.settings().data_dir / "shenava.db", isolation_level=None)) as raw:
        raw.execute("DROP TRIGGER audit_log_update")
        raw.execute("UPDATE audit_log SET detail = 'no json' WHERE position = 2")
    audit.look(Role.MANAGER)
    sign_in_as("boss")
    body = html(open_page("audit", "fa"))
    assert "دست‌خورده" in body
    assert "در ردیف ۲" in body


def test_the_file_holds_what_the_page_is_narrowed_to_and_nothing_runs(
    seen: tuple[str, int], desk_site: Site, client: TestClient
) -> None:
    key, _number = seen
    audited_alone(Act.SETTING_CHANGED, "=1+1")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    rows = client.get("/qa/export/audit.csv", params={"call": key}).text.splitlines()
    assert rows[0] == "\ufeff" + ",".join(audit.HEADINGS)
    assert len(rows) == 1 + 4
    assert all(f"call:{key}" in row for row in rows[1:])
    assert ",'=1+1," in client.get("/qa/export/audit.csv", params={"act": "setting changed"}).text
    c = audit_log.c
    with site.database().read() as tx:
        exported = tx.scalars(select(c.user_id).where(c.subject == "export:audit")).all()
    assert exported == [desk_site.users["boss"]] * 2


def test_agents_learn_who_opened_their_calls_by_role_and_leads_by_name(
    seen: tuple[str, int], desk_site: Site, sign_in_as: SignIn
) -> None:
    key, number = seen
    agent = calls.load_call(key, Scope.all())
    assert agent is not None
    assert agent.head.agent_id is not None
    own, me = Scope.of_agent(agent.head.agent_id), desk_site.users["sara"]
    told = audit.opened_by(own, number, me)
    assert [(one.name, one.role, one.times, one.heard) for one in told] == [
        (None, "manager", 1, True),
        (None, "manager", 1, False),
    ]
    assert audit.opened_by(Scope.of_agent(999), number, me) == ()  # somebody else's call
    sign_in_as("sara")
    body = html(open_page("call", call=key))
    assert ("only opened" in body, "Omid" in body) == (True, False)
    mine = html(open_page("mine"))
    assert "others opened 1 call of yours and played 1" in mine
    sign_in_as("boss")
    body = html(open_page("call", call=key))
    assert all(text in body for text in ("Omid, Manager", "Neda, Manager", f"{AGENT}, Agent"))


def test_who_judges_blind_is_not_told_of_and_not_told(
    seen: tuple[str, int], desk_site: Site, sign_in_as: SignIn
) -> None:
    key, number = seen
    detail = calls.load_call(key, Scope.all())
    assert detail is not None
    assert detail.head.agent_id is not None
    own, me = Scope.of_agent(detail.head.agent_id), desk_site.users["sara"]
    people = {name: Person(user, Scope.all()) for name, user in desk_site.users.items()}
    one = a_round(people, (key,))  # Boss and Neda judge
    acting(desk_site.users["boss"])
    calls.load_call(key, Scope.all())
    acting(None)
    omid = desk_site.users["omid"]
    assert [opening.user_id for opening in audit.opened_by(own, number, me)] == [omid]
    assert audit.opened_of(own, detail.head.agent_id, me).people == 1
    names = {opening.name for opening in audit.opened_by(Scope.all(), number, omid)}
    assert names == {AGENT}
    sign_in_as("boss")  # who judges it blind is not swayed by who opened it
    assert "Omid, Manager" not in html(open_page("call", call=key))
    blind = Scope(everything=True, reader=desk_site.users["boss"], blind=frozenset({number}))
    assert audit.opened_by(blind, number, desk_site.users["boss"]) == ()
    with site.database().write() as tx:
        debriefed = update(calibration_rounds).where(calibration_rounds.c.id == one.id)
        tx.execute(debriefed.values(state=RoundState.DEBRIEF))
    assert {opening.user_id for opening in audit.opened_by(own, number, me)} == {
        omid, desk_site.users["neda"], desk_site.users["boss"],
    }  # fmt: skip


def sources() -> str:
    files = [path for folder in ("qa", "dashboard") for path in (ROOT / folder).rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if "words.py" not in path.name)


def test_every_act_step_and_subject_has_words() -> None:
    assert (set(ACTS), set(BREAKS)) == (set(Act), set(Break))
    text = sources()
    steps = set(re.findall(r"""\bstep=f?"([a-z][a-z ]*)["]""", text))
    steps |= set(re.findall(r"""\bstep="[a-z ]+" if \w+(?:\.\w+)* else "([a-z ]+)\"""", text))
    assert len(steps) > 40
    assert sorted(steps - set(STEPS)) == []
    about = set(re.findall(r"""Act\.[A-Z_]+, f?"([a-z-]+)[:"]""", text))
    about |= set(re.findall(r"""audited(?:_alone)?\((?:tx|database), "[a-z -]+", f?"([a-z-]+)[:"]""", text))
    assert len(about) > 20
    assert sorted(about - set(KINDS)) == []
