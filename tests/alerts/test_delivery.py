"""Mail and webhooks against real servers: what arrives, what is tried again, what survives a kill."""

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from qa.alerts import RULES, Rule, Sight, evaluate
from qa.deliver.choices import Choices, save_choices, set_webhook_secret
from qa.deliver.errand import Sender
from qa.errors import InvalidSetting
from qa.settings import Settings
from qa.store.alert.alert_kinds import Channel, MessageState
from qa.store.alert.alerts import Found
from qa.store.alert.outbox import LEASE, PAUSES, NewMessage, list_messages, put
from qa.store.database import Database
from qa.store.engine.migrate import upgrade
from tests.alerts.servers import certificate, mail_server, webhook
from tests.shared import ROOT

SECRET = "a secret of the house"
NOON = datetime.combine(datetime.now(UTC).date() + timedelta(days=1), time(8, 30), UTC)  # 12:00 in Tehran


class Seen:
    """A rule that finds what it is told to."""

    name, lasting, closes, pause = "critical", True, False, 0.0

    def __init__(self, *causes: str, generated: bool = False) -> None:
        self.found = tuple(Found(cause, "20770:", 20_770, None, generated) for cause in causes)

    def look(self, sight: Sight) -> tuple[Found, ...]:
        return self.found


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alerts") / "shenava.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def settings(tmp_path: Path, template: Path) -> Settings:
    (tmp_path / "shenava.db").write_bytes(template.read_bytes())
    return Settings(data_dir=tmp_path, public_url="https://qa.example.org/desk/")


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    opened = Database.open(settings.url)
    yield opened
    opened.close()


def choose(database: Database, **more: object) -> None:
    with database.write() as tx:
        save_choices(tx, Choices(**more))  # type: ignore[arg-type]


def raised(database: Database, settings: Settings, rule: Rule) -> int:
    return len(evaluate(database, settings, (rule,), NOON))


def states(database: Database) -> dict[str, int]:
    with database.read() as tx:
        found = {state.value: len(list_messages(tx, state)) for state in MessageState}
    return {state: count for state, count in found.items() if count}


def test_an_alert_by_mail_over_starttls_with_a_sign_in(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    with mail_server(own) as box:
        mailing = settings.model_copy(
            update={
                "smtp_host": "localhost",
                "smtp_port": box.port,
                "smtp_user": "shenava",
                "smtp_password": "kettle",
                "mail_from": "Shenava <qa@example.org>",
            }
        )
        choose(database, mail=("boss@example.org", "lead@example.org"), language="fa")
        raised(database, mailing, Seen("a", "b"))
        sender = Sender(database, mailing)
        assert [sender.send_one(NOON) for _ in range(3)] == [True, True, False]
        wrong = Sender(database, mailing.model_copy(update={"smtp_password": "wrong"}))
        raised(database, mailing, Seen("c", "d"))  # joins the open alert: no second letter
        assert wrong.send_one(NOON) is False
    assert {letter["To"] for letter in box.letters} == {"boss@example.org", "lead@example.org"}
    text = box.letters[0].get_content()  # type: ignore[attr-defined]
    assert box.letters[0]["Subject"] == "شنوا: ۲ تماس خطای بحرانی دارد"
    assert "https://qa.example.org/desk/alerts?alert=1" in text
    assert len({letter["Message-ID"] for letter in box.letters}) == 2


@pytest.mark.parametrize(
    ("change", "answer", "state", "error"),
    [
        # what may pass is tried again, what will not is dead at once
        ({}, "451 later", MessageState.WAITING, "mail:451"),
        ({}, "554 no", MessageState.DEAD, "mail:554"),
        ({"smtp_security": "starttls"}, "250 OK", MessageState.WAITING, "mail:no-encryption"),
        ({"smtp_port": 1}, "250 OK", MessageState.WAITING, "mail:no-answer"),
        ({"smtp_security": "tls"}, "250 OK", MessageState.WAITING, "mail:certificate"),
    ],
)
def test_what_a_mail_server_may_say(
    settings: Settings,
    database: Database,
    change: dict[str, object],
    answer: str,
    state: MessageState,
    error: str,
) -> None:
    choose(database, mail=("boss@example.org",))
    with mail_server() as box:
        box.answer = answer
        mailing = settings.model_copy(
            update={"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_security": "none"} | change
        )
        raised(database, mailing, Seen("a"))
        assert Sender(database, mailing).send_one(NOON)
    with database.read() as tx:
        (message,) = list_messages(tx, state)
    assert (message.error, box.letters) == (error, [])


def test_a_webhook_is_signed_says_counts_alone_and_is_tried_again(
    settings: Settings, database: Database
) -> None:
    set_webhook_secret(settings, SECRET)
    assert ((settings.keys_dir / "webhook.key").stat().st_mode & 0o777) == 0o600
    with webhook() as hook:
        hook.answers = [503, 200]
        choose(database, webhook=hook.url)
        raised(database, settings, Seen("call-key-1", "call-key-2"))
        sender = Sender(database, settings)
        assert [sender.send_one(NOON), sender.send_one(NOON)] == [True, False]
        assert sender.send_one(NOON + PAUSES[0])
    first, second = hook.posts
    assert states(database) == {"sent": 1}
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    for post in hook.posts:
        stamp = post.headers["X-Shenava-Timestamp"]
        wanted = hmac.new(SECRET.encode(), stamp.encode() + b"." + post.body, hashlib.sha256).hexdigest()
        assert post.headers["X-Shenava-Signature"] == f"sha256={wanted}"
    body = json.loads(first.body)
    assert (body["rule"], body["count"], body["title"]) == (
        "critical",
        2,
        "2 calls failed a critical criterion",
    )
    assert b"call-key" not in first.body


@pytest.mark.parametrize(
    ("code", "state"),
    # a redirect is not followed; what the receiver refuses is dead; what may pass waits
    [(302, "dead"), (404, "dead"), (429, "waiting"), (500, "waiting"), (204, "sent")],
)
def test_answers_of_a_webhook(settings: Settings, database: Database, code: int, state: str) -> None:
    set_webhook_secret(settings, SECRET)
    with webhook() as hook:
        hook.answers = [code]
        choose(database, webhook=hook.url)
        raised(database, settings, Seen("a"))
        assert Sender(database, settings).send_one(NOON)
    assert (states(database), len(hook.posts)) == ({state: 1}, 1)


def test_without_a_secret_nothing_leaves(settings: Settings, database: Database) -> None:
    with webhook() as hook:
        choose(database, webhook=hook.url)
        raised(database, settings, Seen("a"))
        Sender(database, settings).send_one(NOON)
    assert (states(database), hook.posts) == ({"dead": 1}, [])


def test_quiet_hours_hold_alerts_and_let_them_go_afterwards(settings: Settings, database: Database) -> None:
    set_webhook_secret(settings, SECRET)
    with webhook() as hook:
        choose(database, webhook=hook.url, quiet_from="22:00", quiet_until="07:00")
        raised(database, settings, Seen("a"))
        sender, zone = Sender(database, settings), settings.zone
        night = NOON.astimezone(zone).replace(hour=23)
        assert sender.send_one(night) is False
        assert sender.send_one(night + timedelta(hours=8)) is True
    assert len(hook.posts) == 1


def test_alerts_about_the_demo_stay_in_the_house(settings: Settings, database: Database) -> None:
    choose(database, webhook="http://127.0.0.1:9/", mail=("boss@example.org",))
    assert raised(database, settings, Seen("a", generated=True)) == 1
    assert states(database) == {}


@pytest.mark.parametrize("answered", [False, True])  # killed while it asks, and right after the answer
def test_a_kill_in_between_loses_nothing_and_doubles_nothing_by_key(
    settings: Settings, database: Database, *, answered: bool
) -> None:
    set_webhook_secret(settings, SECRET)
    with webhook() as hook:
        choose(database, webhook=hook.url)
        raised(database, settings, Seen("a"))
        process = _sender(settings, die=answered)
        if not answered:
            hook.before = lambda: os.kill(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
        assert (states(database), len(hook.posts)) == ({"waiting": 1}, 1)
        hook.before = lambda: None
        sender = Sender(database, settings)
        now = datetime.now(UTC)
        assert sender.send_one(now) is False  # another worker may still be at it
        assert sender.send_one(now + LEASE) is True
    assert states(database) == {"sent": 1}
    assert len({post.headers["Idempotency-Key"] for post in hook.posts}) == 1


def _sender(settings: Settings, *, die: bool) -> "subprocess.Popen[bytes]":
    code = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from qa.deliver import errand
from qa.settings import Settings
from qa.store.database import Database
settings = Settings(data_dir=Path(sys.argv[1]))
if sys.argv[2] == "die":
    errand.sent = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
errand.Sender(Database.open(settings.url), settings).send_one(datetime.now(UTC))
"""
    arguments = [sys.executable, "-c", code, str(settings.data_dir), "die" if die else "go"]
    return subprocess.Popen(arguments, cwd=ROOT)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"mail": ("boss@",)}, "no mail address"),
        ({"mail": ("a@b.org\nBcc: x@y.org",)}, "no mail address"),
        ({"webhook": "ftp://host/x"}, "no web address"),
        ({"webhook": "https://"}, "no web address"),
        ({"quiet_from": "22:00"}, "both"),
        ({"quiet_from": "25:00", "quiet_until": "07:00"}, "22:00"),
    ],
)
def test_choices_that_cannot_be_used_change_nothing(
    settings: Settings, database: Database, chosen: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidSetting, match=said) as refused:
        choose(database, **chosen)
    assert "host" not in refused.value.message.replace("https://host/path", "")
    with pytest.raises(InvalidSetting, match="at least 16"):
        set_webhook_secret(settings, "short")


def test_every_rule_has_its_words() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES) == 5


def test_a_file_goes_with_its_letter_and_a_letter_whose_file_is_gone_is_dead(
    settings: Settings, database: Database
) -> None:
    body = {"subject": "Weekly report", "text": "Week of 14 to 20 Nov", "files": ["reports/week.pdf"]}
    (settings.data_dir / "reports").mkdir()
    (settings.data_dir / "reports" / "week.pdf").write_bytes(b"%PDF-1.3 made here")
    with database.write() as tx:
        for key in ("first", "second"):
            put(tx, NewMessage(key, Channel.MAIL, "report", "boss@example.org", body))
    with mail_server() as box:
        more = {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_security": "none"}
        sender = Sender(database, settings.model_copy(update=more))
        assert sender.send_one(NOON)
        (settings.data_dir / "reports" / "week.pdf").unlink()
        assert sender.send_one(NOON)
    (letter,) = box.letters
    (part,) = letter.iter_attachments()  # type: ignore[attr-defined]
    assert (part.get_filename(), part.get_content_type()) == ("week.pdf", "application/pdf")
    assert part.get_content() == b"%PDF-1.3 made here"
    assert states(database) == {"sent": 1, "dead": 1}
