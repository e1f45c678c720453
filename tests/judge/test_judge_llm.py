"""The judge that asks a language model, against a real HTTP server that speaks OpenAI's protocol."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from qa.records import Judgement
from tests.judge.calls import A, C, call, judged

RULE = "llm: {question: Does the agent apologise}"
GOOD = {"verdict": "met", "confidence": 0.9, "quotes": [{"line": 100, "words": "i am SORRY"}]}
SAID = [(A, "I am sorry for the delay."), (C, "My card is <CARD_NUMBER>")]


class Server(ThreadingHTTPServer):
    """Gives the planned answers in order, the last one again and again; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plan: list[Any] = []
        self.asked: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body | {"path": self.path, "key": self.headers["Authorization"]})
        plan = self.server.plan
        answer = plan.pop(0) if len(plan) > 1 else plan[0]
        if isinstance(answer, float):
            time.sleep(answer)
            answer = GOOD
        if isinstance(answer, int):
            self._send(answer, {"error": {"message": "no"}})
            return
        content = answer if isinstance(answer, str) else json.dumps(answer)
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        self._send(
            200, {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
        )

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except BrokenPipeError:
            pass  # the client has given up, as it should

    def log_message(self, *arguments: object) -> None:
        del arguments


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setenv("QA_LLM_URL", f"http://127.0.0.1:{made.server_address[1]}/v1")
    monkeypatch.setenv("QA_LLM_MODEL", "small")
    monkeypatch.setenv("QA_LLM_KEY", "secret")
    monkeypatch.setenv("QA_LLM_SECONDS", "0.5")
    monkeypatch.setenv("QA_LLM_RETRIES", "1")
    yield made
    made.shutdown()
    made.server_close()


def verdict(server: Server, *plan: object) -> Judgement:
    server.plan = list(plan)
    return judged(RULE, call(*SAID))


def test_a_good_answer(server: Server) -> None:
    found = verdict(server, GOOD)
    assert (found.verdict, found.rule) == ("met", "llm/1")
    assert [(piece.utterance, piece.quote) for piece in found.evidence] == [(100, "I am sorry")]
    assert found.confidence == pytest.approx(0.72)
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions"
    assert asked["key"] == "Bearer secret"
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert "<CARD_NUMBER>" in asked["messages"][1]["content"], "the model sees the redacted words"


BAD = [
    ("invented quote", GOOD | {"quotes": [{"line": 100, "words": "we apologise deeply"}]}, "quoted words"),
    ("no quote", GOOD | {"quotes": []}, "quoted words"),
    ("no JSON", "The agent apologised.", "could not be read"),
    ("unknown verdict", GOOD | {"verdict": "excellent"}, "could not be read"),
    ("confidence of 7", GOOD | {"confidence": 7}, "could not be read"),
    ("refused", 400, "did not answer"),
    ("down", 500, "did not answer"),
    ("too slow", 1.5, "did not answer"),
]


@pytest.mark.parametrize(("name", "answer", "reason"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_answer_is_cannot_tell_with_its_reason(
    server: Server, name: str, answer: object, reason: str
) -> None:
    found = verdict(server, answer)
    assert found.verdict == "cannot tell", name
    assert reason in found.looked_for
    assert found.confidence == 0


def test_a_failure_that_passes_is_tried_again(server: Server) -> None:
    assert verdict(server, 500, GOOD).verdict == "met"
    assert len(server.asked) == 2


def test_a_quote_from_another_line_is_put_right(server: Server) -> None:
    found = verdict(server, GOOD | {"quotes": [{"line": 101, "words": "sorry"}]})
    assert [piece.utterance for piece in found.evidence] == [100]


def test_not_met_needs_no_quote(server: Server) -> None:
    assert verdict(server, {"verdict": "not met", "confidence": 0.9, "quotes": []}).verdict == "not met"


def test_off_until_a_site_names_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QA_LLM_URL", "QA_LLM_MODEL", "QA_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    found = judged(RULE, call(*SAID))
    assert found.verdict == "cannot tell"
    assert "no language model is set up" in found.looked_for


def test_nobody_listens_at_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("QA_LLM_MODEL", "small")
    monkeypatch.setenv("QA_LLM_RETRIES", "0")
    assert judged(RULE, call(*SAID)).verdict == "cannot tell"
