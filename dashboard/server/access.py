"""The log of requests: what was asked for and how long it took, without queries, names and tokens."""

import logging
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.measures import measures
from qa.logs import about

log = logging.getLogger(__name__)

SECRET = re.compile(r"(/(?:media|component|_stcore/upload_file|qa/audio))/.*")
"""Addresses whose end opens a file or a session by itself."""
CALL = re.compile(r"/qa/audio/([0-9a-f]{12})")
QUIET = frozenset({"/healthz", "/readyz", "/metrics", "/_stcore/health"})
"""Asked every few seconds by machines."""


def shown(path: str) -> str:
    """A path as it may stand in a log."""
    found = SECRET.fullmatch(path)
    return f"{found[1]}/…" if found else path


class AccessLog:
    """Counts every answer, and logs it where ``QA_LOG_LEVEL`` is ``info``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and note what became of it."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, begun = 500, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            measures().requests.labels(status=f"{status // 100}xx").inc()
            if scope["path"] not in QUIET:
                _tell("request", scope, status, time.perf_counter() - begun)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        with measures().sockets.track_inprogress():
            try:
                await self.app(scope, receive, send)
            finally:
                _tell("page closed", scope, 101, time.perf_counter() - begun)


def _tell(event: str, scope: Scope, status: int, seconds: float) -> None:
    path = scope["path"]
    call = CALL.fullmatch(path)
    told = about(
        event.replace(" ", "."),
        method=scope.get("method", "GET"),
        path=shown(path),
        status=status,
        seconds=round(seconds, 4),
        **({"call": call[1]} if call else {}),
    )
    log.info(event, extra=told)
