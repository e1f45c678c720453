"""Whatever changes, shows or gives out something says which act it writes into the audit log, or why none.

A new route, command or writer of the pages fails here until somebody decides.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import typer

from dashboard.rights import commands as rights
from dashboard.server import routes
from qa.cli import app
from qa.store.audit import Act
from tests.shared import ROOT

DATA = ROOT / "dashboard" / "data"
WORKING = ("review", "rescore", "feedback", "ingest", "demo", "report", "alerts", "deliver")
"""Packages of ``qa`` between pages and store, whose functions may write."""
IN_THE_PRIVACY = "SETTING_CHANGED and RETENTION_APPLIED, where it is done (qa/privacy/retention.py)"
SUMS = "sums of calls, made anew from what is there"
IN_THE_BACKUP = "BACKUP_MADE and RESTORED, where it is made and put back (qa/backup)"
IN_THE_IMPORT = "IMPORTED, where what became of the file is written (qa/store/voice/import_log.py)"
LOOKED = "a file is looked at, nothing is stored"

WRITERS: dict[str, Act | str] = {
    "accounts.add": Act.USER_CHANGED,
    "accounts.change": Act.USER_CHANGED,
    "accounts.close_all_sessions": Act.SIGN_OUT,
    "accounts.close_session": Act.SIGN_OUT,
    "accounts.open_session": Act.SIGN_IN,
    "accounts.record_attempt": Act.SIGN_IN_FAILED,
    "accounts.set_disabled": Act.USER_CHANGED,
    "accounts.set_password": Act.PASSWORD,
    "accounts.signed_in": "a sign of life once a minute, which the session keeps",
    "acting.audited_alone": "it is what writes",
    "actions.add": Act.ACTION_CHANGED,
    "actions.change": Act.ACTION_CHANGED,
    "agreement.look": Act.SETTING_CHANGED,
    "alerts.acknowledge": Act.ALERT_CHANGED,
    "alerts.close": Act.ALERT_CHANGED,
    "alerts.make_item": Act.ACTION_CHANGED,
    "alerts.save": Act.SETTING_CHANGED,
    "alerts.send_again": Act.ALERT_CHANGED,
    "alerts.send_trial": Act.ALERT_CHANGED,
    "audit.file": Act.EXPORTED,
    "audit.page": Act.AUDIT_READ,
    "calibration.close": Act.CALIBRATED,
    "calibration.end_blind": Act.CALIBRATED,
    "calibration.make": Act.CALIBRATED,
    "calibration.set_agreed": Act.CALIBRATED,
    "calibration.set_reference": Act.CALIBRATED,
    "calls.add_comment": Act.CALL_CHANGED,
    "calls.load_call": Act.CALL_VIEWED,
    "calls.remove_comment": Act.CALL_CHANGED,
    "cards.cards": Act.SCORECARD_CHANGED,
    "care.assign": Act.FOLLOW_UP_CHANGED,
    "care.close": Act.FOLLOW_UP_CHANGED,
    "care.keep_answer": Act.FOLLOW_UP_CHANGED,
    "care.timeline": Act.CUSTOMER_VIEWED,
    "clips.heard": Act.CALL_VIEWED,
    "clips.prepare": Act.COACHED,
    "coaching.acknowledge": Act.COACHED,
    "coaching.agree": Act.COACHED,
    "coaching.discard": Act.COACHED,
    "coaching.follow_up": Act.COACHED,
    "coaching.plan_day": Act.COACHED,
    "coaching.prepare": Act.COACHED,
    "coaching.write_plan": "the draft of a plan, kept as it is typed; agreeing to it is an act",
    "coaching.write_private_note": "what one writes for oneself is told to nobody, also that it is there",
    "comments.add": Act.COMMENT_CHANGED,
    "comments.save_template": Act.SETTING_CHANGED,
    "demo.remove": Act.DEMO_CHANGED,
    "demo.start": Act.DEMO_CHANGED,
    "disputes.answer": Act.DISPUTED,
    "disputes.close": Act.DISPUTED,
    "disputes.contest": Act.DISPUTED,
    "disputes.reopen": Act.DISPUTED,
    "drafting.assign": Act.SCORECARD_CHANGED,
    "drafting.begin": Act.SCORECARD_CHANGED,
    "drafting.discard": Act.SCORECARD_CHANGED,
    "drafting.duplicate": Act.SCORECARD_CHANGED,
    "drafting.publish": Act.SCORECARD_CHANGED,
    "drafting.save": "a draft judges no call; publishing it is an act",
    "drafting.unassign": Act.SCORECARD_CHANGED,
    "experience.save_weights": Act.SETTING_CHANGED,
    "imports.known_sources": LOOKED,
    "imports.look": LOOKED,
    "imports.meaning": LOOKED,
    "imports.ready": LOOKED,
    "imports.take": IN_THE_IMPORT,
    "intake.check": LOOKED,
    "intake.take_in": Act.IMPORTED,
    "listing.every_row": "pieces of a file, which is an export",
    "listing.page": Act.CALLS_SEARCHED,
    "library.answer": Act.LIBRARY_CHANGED,
    "library.propose": Act.LIBRARY_CHANGED,
    "library.withdraw": Act.LIBRARY_CHANGED,
    "person.acknowledge": Act.CALL_CHANGED,
    "privacy.hold": Act.HOLD_CHANGED,
    "privacy.lift": Act.HOLD_CHANGED,
    "privacy.set_rule": IN_THE_PRIVACY,
    "privacy.switch": IN_THE_PRIVACY,
    "promises.decide": Act.PROMISE_CHANGED,
    "promises.set_due": Act.PROMISE_CHANGED,
    "push.find": "when a key was used last, to the minute",
    "push.make": Act.KEY_CHANGED,
    "push.push": IN_THE_IMPORT,
    "push.push_one": IN_THE_IMPORT,
    "push.revoke": Act.KEY_CHANGED,
    "recordings.clip_of": Act.AUDIO_PLAYED,
    "recordings.sound_of": Act.AUDIO_PLAYED,
    "report.content": Act.REPORTED,
    "report.save": Act.SETTING_CHANGED,
    "rescoring.start": Act.RESCORED,
    "rescoring.stop": Act.RESCORED,
    "review.decide": Act.SETTING_CHANGED,
    "review.finish": Act.REVIEWED,
    "review.keep": "a draft, kept at every click; finishing it is an act",
    "review.make_plan": Act.REVIEWED,
    "review.replace": Act.REVIEWED,
    "review.take": Act.REVIEWED,
    "roles.set_roles": Act.CALL_CHANGED,
    "second_factor.check": Act.SECOND_FACTOR,
    "second_factor.confirm": Act.SECOND_FACTOR,
    "second_factor.enrol": "a key that no code was typed for yet counts for nothing",
    "second_factor.remove": Act.SECOND_FACTOR,
    "second_factor.renew": Act.SECOND_FACTOR,
    "second_factor.wait_for_code": "a right password waits; the sign-in is an act",
    "second_factor.wait_no_more": "a right password waits; the sign-in is an act",
    "targets.change": Act.TARGET_CHANGED,
    "themes.change": Act.SETTING_CHANGED,
    "trying.start": "a try changes no call and no scorecard",
    "uploads.on_disk": LOOKED,
    "watching.heard": Act.AUDIO_PLAYED,
    "watching.seen": "it is what writes views",
    "weekly.note": Act.SETTING_CHANGED,
    "weekly.take_back": Act.SETTING_CHANGED,
    "work.retry": Act.CALL_CHANGED,
}
NO_CALL = "counts for machines that watch, of no person and no call"
ROUTES: dict[str, str] = {  # by the function of ``dashboard/data`` that writes, or why none does
    "/healthz": NO_CALL,
    "/readyz": NO_CALL,
    "/metrics": NO_CALL,
    "/qa/login": "accounts.open_session, accounts.record_attempt",
    "/qa/code": "accounts.open_session, accounts.record_attempt",
    "/qa/second-factor": "second_factor.confirm, second_factor.renew, second_factor.remove",
    "/qa/logout": "accounts.close_session",
    "/qa/logout-everywhere": "accounts.close_all_sessions",
    "/qa/password": "accounts.set_password",
    "/qa/first-run": "accounts.add",
    "/qa/language": "how the pages look to one is nobody's business",
    "/qa/theme": "how the pages look to one is nobody's business",
    "/qa/organisation": "leads to the organisation's sign-in",
    "/qa/organisation/return": "accounts.open_session",
    "/qa/audio/{call_key}": "recordings.sound_of",
    "/qa/clip/{moment}": "recordings.clip_of",
    "/qa/export/audit.csv": "audit.file",
    "/qa/export/calls.{kind}": "acting.audited_alone",
    "/qa/api/{what}": "push.push, push.push_one",
}
NOTHING_STORED = "reads files, stores nothing and shows nothing that is stored"
LIST = "a list, as on the pages: a call is viewed where its words are opened"
COMMANDS: dict[str, Act | str] = {
    "agreement": Act.SETTING_CHANGED,
    "analyse": NOTHING_STORED,
    "audit list": Act.AUDIT_READ,
    "audit verify": "looks at the log and seals it; what it found is kept in a setting",
    "backup": IN_THE_BACKUP,
    "bench": "measures this machine on data of its own",
    "calls": Act.CALLS_SEARCHED,
    "capacity": "a calculation, of no call",
    "demo": Act.DEMO_CHANGED,
    "watchdog": "gives jobs back to the queue; no call is read",
    "doctor": "looks at the site, at no call",
    "export": Act.EXPORTED,
    "forget": "ERASED, where it is done (qa/privacy)",
    "hold add": Act.HOLD_CHANGED,
    "hold lift": Act.HOLD_CHANGED,
    "hold list": "holds by their number",
    "import": IN_THE_IMPORT,
    "ingest": Act.IMPORTED,
    "init": "shipped scorecards, which publish_shipped writes",
    "keys list": "keys without their secrets",
    "keys make": Act.KEY_CHANGED,
    "keys revoke": Act.KEY_CHANGED,
    "kpis": "figures of no single person",
    "promises": LIST,
    "redact": NOTHING_STORED,
    "report weekly": Act.REPORTED,
    "restore": IN_THE_BACKUP,
    "retention apply": IN_THE_PRIVACY,
    "retention schedule": IN_THE_PRIVACY,
    "retention set": IN_THE_PRIVACY,
    "retention show": "how long things are kept",
    "roles": Act.CALL_CHANGED,
    "rollups rebuild": SUMS,
    "rollups rezone": Act.SETTING_CHANGED,
    "rollups status": SUMS,
    "rollups verify": SUMS,
    "sample": Act.REVIEWED,
    "score": Act.RESCORED,
    "score-go-on": "ends what was asked for in the log",
    "scorecard backtest": "a try changes no call and no scorecard",
    "scorecard check": NOTHING_STORED,
    "scorecard list": "scorecards are no secret here",
    "scorecard publish": "publish_file writes it",
    "judge retrain": Act.SCORECARD_CHANGED,
    "sentiment file": NOTHING_STORED,
    "sentiment read": "the worker's own work, done now",
    "sentiment retrain": Act.SETTING_CHANGED,
    "serve": "the desk writes for itself",
    "show": Act.CALL_VIEWED,
    "status": "jobs by the key of their call",
    "transcribe": NOTHING_STORED,
    "users add": Act.USER_CHANGED,
    "users disable": Act.USER_CHANGED,
    "users list": "who may sign in, without secrets",
    "users passwd": Act.PASSWORD,
    "users second-factor": Act.SECOND_FACTOR,
    "vault enable": Act.KEYS_ROTATED,
    "vault open": Act.EXPORTED,
    "vault key": "a key that is kept nowhere",
    "vault rotate": Act.KEYS_ROTATED,
    "vault status": "looks at the files, opens none",
    "voices enrol": Act.VOICE_CHANGED,
    "voices forget": Act.VOICE_CHANGED,
    "voices list": "whose voice is enrolled",
    "work": "the machine's work on what was asked for in the log",
}


def functions_of(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def called(node: ast.AST) -> set[str]:
    """The last names of everything a function calls or hands on."""
    names = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    return names | {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def opens_a_write(node: ast.AST) -> bool:
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return any(
        isinstance(f, ast.Attribute) and f.attr == "write" and "database" in ast.unparse(f.value)
        for f in calls
    )


@cache
def writing() -> frozenset[str]:
    """Public functions of the packages in between that write, themselves or by one they call."""
    every = {
        f"{path.parent.name}.{path.stem}.{name}": node
        for package in WORKING
        for path in (ROOT / "qa" / package).rglob("*.py")
        for name, node in functions_of(path).items()
    }
    found = {name for name, node in every.items() if opens_a_write(node)}
    uses = {name: called(node) for name, node in every.items()}
    while True:
        names = {last for name in found if len(last := name.rpartition(".")[2]) > 4}
        more = {name for name in every if name not in found and uses[name] & names}
        if not more:
            return frozenset(name.rpartition(".")[2] for name in found)
        found |= more


def reach(name: str, functions: dict[str, ast.FunctionDef]) -> Iterator[ast.FunctionDef]:
    """A function and those of its module that it calls."""
    waiting, seen = [name], set()
    while waiting:
        now = waiting.pop()
        if now in seen or now not in functions:
            continue
        seen.add(now)
        yield functions[now]
        waiting += called(functions[now])


def brought(text: str) -> set[str]:
    """What a module has from the packages in between; modules of them count as all that they hold."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "qa":
            whole = node.module == "qa"
            inside = (node.module or "").split(".")[1:2] in [[one] for one in WORKING]
            given = [alias for alias in node.names if inside or (whole and alias.name in WORKING)]
            names |= {alias.asname or alias.name for alias in given}
    return names


def writers() -> dict[str, str]:
    """Every public function of ``dashboard/data`` that writes or tells the log, with its source."""
    found = {}
    for path in sorted(DATA.glob("*.py")):
        functions, between = functions_of(path), brought(path.read_text(encoding="utf-8"))
        through = {name for name in between if name in {"ingest", "planning", "calibrate"}}
        for name in (one for one in functions if not one.startswith("_")):
            nodes = list(reach(name, functions))
            uses = set().union(*(called(one) for one in nodes))
            direct = any(opens_a_write(one) for one in nodes) or uses & {"watching", "audited_alone"}
            if direct or any(one in between or uses & through for one in uses & writing()):
                found[f"{path.stem}.{name}"] = "\n".join(ast.unparse(one) for one in nodes)
    return found


def test_every_writer_of_the_pages_says_what_it_writes() -> None:
    found = writers()
    assert sorted(set(found) - set(WRITERS)) == [], "new here: say which act they write, or why none"
    assert sorted(set(WRITERS) - set(found)) == []
    for name, act in WRITERS.items():
        if isinstance(act, Act):
            heard = name.split(".")[0] == "recordings" and "watching.heard" in found[name]
            assert f"Act.{act.name}" in found[name] or heard, f"{name} does not write {act.name}"


def test_every_route_says_what_it_writes() -> None:
    assert {route.path for route in routes()} == set(ROUTES)
    for path, told in ROUTES.items():
        named = [one for one in told.split(", ") if one.count(".") == 1 and " " not in one]
        source = inspect.getsource(inspect.getmodule(next(r for r in routes() if r.path == path).endpoint))  # type: ignore[arg-type]
        assert [one for one in named if one not in WRITERS] == []
        assert [one for one in named if one.rpartition(".")[2] not in source] == [], path


def commands(group: typer.Typer, before: str = "") -> Iterator[tuple[str, str]]:
    for one in group.registered_commands:
        assert one.callback is not None
        yield f"{before}{one.name or one.callback.__name__}", inspect.getsource(one.callback)
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{before}{inner.name} ")


def test_every_command_says_what_it_writes() -> None:
    found = {"bench" if name.startswith("bench ") else name: source for name, source in commands(app)}
    assert sorted(set(found) - set(COMMANDS)) == [], "new here: say which act they write, or why none"
    assert sorted(set(COMMANDS) - set(found)) == []
    module = dict(commands(app))
    for name, act in COMMANDS.items():
        if isinstance(act, Act) and name != "demo":
            said = f'"{act}"' in module[name] or f"Act.{act.name}" in module[name]
            assert said, f"{name} does not write {act.name}"


def test_every_command_has_its_row() -> None:
    """The table of roles (docs/roles.md) names every command once, with its act of the log."""
    there = {"bench" if name.startswith("bench ") else name for name, _source in commands(app)}
    assert sorted(one.name for one in rights.COMMANDS) == sorted(there), "new here: give it a row"
    for one in rights.COMMANDS:
        told = COMMANDS[one.name]
        assert not one.act or Act(one.act)
        assert not isinstance(told, Act) or one.act == told, one.name
        assert not (one.does == "nothing" and one.act), one.name
        assert one.does != "writes" or one.act or one.why, f"{one.name} writes and tells nobody"


def test_what_a_command_is_said_to_do_it_does() -> None:
    """What is said to read or do nothing opens no write."""
    sources = dict(commands(app))
    for one in (
        one for one in rights.COMMANDS if one.name in sources and one.does != "writes" and not one.act
    ):
        path = Path(inspect.getfile(callbacks()[one.name]))
        nodes = list(reach(callbacks()[one.name].__name__, functions_of(path)))
        assert nodes
        wrote = [node.name for node in nodes if opens_a_write(node) or "audited" in called(node)]
        assert wrote == [], f"{one.name} writes"


def callbacks(group: typer.Typer = app, before: str = "") -> dict[str, Callable[..., object]]:
    """What runs for each command."""
    found = {
        f"{before}{one.name or one.callback.__name__}": one.callback
        for one in group.registered_commands
        if one.callback is not None
    }
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        found |= callbacks(inner.typer_instance, f"{before}{inner.name} ")
    return found


def test_what_is_written_for_a_command_elsewhere_is_written() -> None:
    """Imports and publications, whatever begins them."""
    for path, function, act in (
        ("qa/store/voice/import_log.py", "note_import", "Act.IMPORTED"),
        ("qa/backup/making.py", "note_made", "Act.BACKUP_MADE"),
        ("qa/privacy/forgetting.py", "", "Act.ERASED"),
        ("qa/privacy/retention.py", "", "Act.SETTING_CHANGED"),
        ("qa/privacy/retention.py", "", "Act.RETENTION_APPLIED"),
        ("qa/backup/restoring.py", "_database", "Act.RESTORED"),
        ("qa/cli/setup.py", "publish_shipped", "'scorecard changed'"),
        ("qa/cli/setup.py", "publish_file", "'scorecard changed'"),
        ("qa/cli/demo.py", "_remove", "'demo centre changed'"),
        ("qa/cli/demo.py", "demo", "'demo centre changed'"),
        ("dashboard/server/export.py", "_made", "Act.EXPORTED"),
    ):
        found = functions_of(ROOT / path)
        assert any(act in ast.unparse(found[name]) for name in ([function] if function else found)), path
